import { Texts } from '../fields/list.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { stacked } from '../fields/stacked.js';

const IdList = (example: string): PropertyDecorator =>
  stacked(
    MayBeLeftOut(),
    Texts({
      items: { minLength: 1, maxLength: 255 },
      maxItems: 1_000,
      uniqueItems: true,
      default: [],
      example: [example],
    }),
  );

/** The packages or dispatches that a webhook listens to; without either, all. */
export class ScopesInput {
  @IdList('pkg_def456')
  packageIds?: string[];

  @IdList('dsp_ghi789')
  dispatchIds?: string[];
}

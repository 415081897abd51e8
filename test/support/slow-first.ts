import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take much longer than their size suggests. Without durations of an earlier run, as on a build machine,
 * vitest begins with the largest files: these would come last, and one worker would end long after the others.
 */
const SLOW = ['test/browser/dashboard/every-page.spec.ts', 'test/browser/dashboard/live.spec.ts'];

/** Vitest's own order, but in each project the slow files first. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const byProject = Map.groupBy(await super.sort(files), ({ project }) => project.name);
    return [...byProject.values()].flatMap((sorted) => [
      ...sorted.filter(isSlow),
      ...sorted.filter((file) => !isSlow(file)),
    ]);
  }
}

const isSlow = ({ moduleId }: TestSpecification): boolean =>
  SLOW.some((path) => moduleId.endsWith(path));

import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take much longer than their size suggests. Without durations of an earlier run, as on a build machine,
 * vitest begins with the largest files: these would come last, and one worker would end long after the others.
 */
const SLOW = ['test/browser/dashboard/every-page.spec.ts', 'test/browser/dashboard/live.spec.ts'];

/**
 * Vitest's own order, but in each project the files with a browser last, the slow ones of them first: Chromium keeps the
 * cores busy, and some files before them measure how long something takes.
 */
export class FileOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const byProject = Map.groupBy(await super.sort(files), ({ project }) => project.name);
    return [...byProject.values()].flatMap((sorted) =>
      sorted.toSorted((a, b) => turn(a) - turn(b)),
    );
  }
}

function turn({ moduleId }: TestSpecification): number {
  if (!moduleId.includes('/test/browser/')) return 0;
  return SLOW.some((path) => moduleId.endsWith(path)) ? 1 : 2;
}

const GRAVE = ['high', 'critical'];

/**
 * Says which findings of `npm audit --json` need attention.
 *
 * @param {{ vulnerabilities: Record<string, { via: (string | { url: string, severity: string, title: string, name: string })[] }> }} report
 * @param {{ advisory: string, reason: string, until: string }[]} exceptions the advisory's URL, why it does not
 *   concern us, and the last day (2026-11-28) on which that is believed
 * @param {string} today `2026-11-28`
 * @returns {{ faults: string[], excused: string[] }} sentences
 */
export function judgeAdvisories({ vulnerabilities }, exceptions, today) {
  const advisories = new Map(
    Object.values(vulnerabilities)
      .flatMap(({ via }) => via)
      .filter((each) => typeof each === 'object')
      .map((each) => [each.url, each]),
  );
  const faults = [];
  const excused = [];
  for (const { url, severity, title, name } of advisories.values()) {
    const exception = exceptions.find(({ advisory }) => advisory === url);
    const what = `${name}: ${title} (${severity}, ${url})`;
    if (exception && exception.until >= today) excused.push(`${what}: ${exception.reason}`);
    else if (exception) faults.push(`${what}: its exception ended on ${exception.until}`);
    else if (GRAVE.includes(severity)) faults.push(what);
  }
  for (const { advisory } of exceptions) {
    if (!advisories.has(advisory)) faults.push(`Remove the exception for ${advisory}: it is over.`);
  }
  return { faults, excused };
}

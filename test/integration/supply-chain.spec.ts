import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { judgeAdvisories } from '../../scripts/judge-advisories.mjs';

const URL_OF_ONE = 'https://github.com/advisories/GHSA-0000-0000-0001';
const advisory = (severity: string, url = URL_OF_ONE) => ({
  name: 'left-pad',
  title: 'pads to the right',
  severity,
  url,
});
const reportOf = (...via: (string | ReturnType<typeof advisory>)[]) => ({
  vulnerabilities: { 'left-pad': { via } },
});
const exception = { advisory: URL_OF_ONE, reason: 'We never pad.', until: '2026-12-31' };

describe('the audit of dependencies', () => {
  it('fails for a grave advisory, and names it', () => {
    const { faults } = judgeAdvisories(reportOf(advisory('critical')), [], '2026-11-28');
    expect(faults).toEqual([`left-pad: pads to the right (critical, ${URL_OF_ONE})`]);
    expect(judgeAdvisories(reportOf(advisory('low')), [], '2026-11-28').faults).toEqual([]);
  });

  it('counts an advisory once, however many packages it reaches us by', () => {
    const report = {
      vulnerabilities: {
        a: { via: [advisory('high')] },
        b: { via: ['a', advisory('high')] },
      },
    };
    expect(judgeAdvisories(report, [], '2026-11-28').faults).toHaveLength(1);
  });

  it('excuses what is written down with a reason, until its day', () => {
    const report = reportOf(advisory('high'));
    const { faults, excused } = judgeAdvisories(report, [exception], '2026-12-31');
    expect(faults).toEqual([]);
    expect(excused[0]).toContain('We never pad.');
    expect(judgeAdvisories(report, [exception], '2027-01-01').faults).toHaveLength(1);
  });

  it('wants exceptions removed that are of no use any more', () => {
    const { faults } = judgeAdvisories({ vulnerabilities: {} }, [exception], '2026-11-28');
    expect(faults).toEqual([`Remove the exception for ${URL_OF_ONE}: it is over.`]);
  });
});

describe('the bill of materials', () => {
  it('lists every package with its version and checksum, and tells which are the product’s', async () => {
    const { stdout } = await promisify(execFile)('npm', ['run', '-s', 'sbom'], {
      maxBuffer: 2 ** 26,
    });
    const { bomFormat, components } = JSON.parse(stdout);
    expect(bomFormat).toBe('CycloneDX');
    const listed = new Map<string, any>(components.map((each: any) => [each.purl, each]));
    const { dependencies, devDependencies } = JSON.parse(await readFile('package.json', 'utf8'));
    const isDevelopment = ([name, version]: [string, string]) =>
      listed
        .get(`pkg:npm/${name.replace('@', '%40')}@${version}`)!
        .properties.some((property: any) => property.name === 'cdx:npm:package:development');
    expect(Object.entries<string>(dependencies).filter(isDevelopment)).toEqual([]);
    expect(Object.entries<string>(devDependencies).some(isDevelopment)).toBe(true);
    // A package inside another package is covered by that one's checksum.
    for (const { hashes, purl, properties } of components) {
      const isBundled = properties.some(({ name }: any) => name === 'cdx:npm:package:bundled');
      if (!isBundled) expect(hashes ?? [], purl).not.toHaveLength(0);
    }
  });
});

describe('packages', () => {
  it('are of exact versions, with a checksum each and from no one registry', async () => {
    const lock = JSON.parse(await readFile('package-lock.json', 'utf8'));
    const packages = Object.entries<any>(lock.packages).filter(([path]) => path !== '');
    for (const [path, { integrity, resolved, link, inBundle }] of packages) {
      // A package inside another package is covered by that one's checksum.
      expect(integrity ?? link ?? inBundle, path).toBeTruthy();
      expect(resolved, path).toBeUndefined();
    }
    const { dependencies, devDependencies } = JSON.parse(await readFile('package.json', 'utf8'));
    for (const version of Object.values({ ...dependencies, ...devDependencies })) {
      expect(version).toMatch(/^\d+\.\d+\.\d+/);
    }
  });
});

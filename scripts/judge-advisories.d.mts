export interface AuditReport {
  vulnerabilities: Record<
    string,
    { via: (string | { url: string; severity: string; title: string; name: string })[] }
  >;
}
export interface AuditException {
  advisory: string;
  reason: string;
  until: string;
}
export function judgeAdvisories(
  report: AuditReport,
  exceptions: readonly AuditException[],
  today: string,
): { faults: string[]; excused: string[] };

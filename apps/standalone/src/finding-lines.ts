import type { Finding } from '@sync-hub/runtime';

const MARKS: Readonly<Record<Finding['verdict'], string>> = { ok: 'ok      ', warning: 'WARNING ', problem: 'PROBLEM ' };

/** What a check of a site found, a line each, and what to do about it below. */
export function findingLines(site: string, findings: readonly Finding[]): string[] {
  const count = (verdict: Finding['verdict']): number => findings.filter((one) => one.verdict === verdict).length;
  return [
    ...findings.flatMap(({ check, verdict, found, fix }) => [`${MARKS[verdict]}${check}: ${found}`, ...(fix === null ? [] : [`          ${fix}`])]),
    `${site}: ${count('problem')} problems, ${count('warning')} warnings, ${count('ok')} ok.`,
  ];
}

import type { AuditLine, AuditStepField } from '@sync-hub/contracts';

export const STEP_FIELDS = [
  'trace',
  'attempt',
  'tookMs',
  'bytesRead',
  'bytesWritten',
  'versionRead',
  'versionBefore',
  'versionAfter',
] as const satisfies readonly AuditStepField[];

/** What a line says of the walk and the step that it was said in, and what else its details have. */
export function stepOfLine({ details }: Pick<AuditLine, 'details'>): {
  readonly step: readonly (readonly [AuditStepField, string | number])[];
  readonly others: readonly (readonly [string, unknown])[];
} {
  const { step: measured, ...rest } = details;
  const all: Readonly<Record<string, unknown>> = { ...rest, ...(typeof measured === 'object' ? measured : {}) };
  const step = STEP_FIELDS.flatMap((name) => {
    const value = all[name];
    return typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [];
  });
  const shown = new Set<string>(step.map(([name]) => name));
  return { step, others: Object.entries(rest).filter(([name]) => !shown.has(name)) };
}

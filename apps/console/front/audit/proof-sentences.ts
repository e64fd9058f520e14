import type { AuditKind, AuditProof } from '@sync-hub/contracts';
import type { AuditWords } from './words/index.js';

/** One sentence of what was found, and the row to look at, where it still is there. */
export interface ProofSaid {
  readonly kind: 'success' | 'error' | 'warning' | 'info';
  readonly text: string;
  readonly more: string | null;
  readonly row: { readonly kind: AuditKind; readonly id: string } | null;
}

type DayNamed = (day: string) => string;

const said = (kind: ProofSaid['kind'], text: string, more: string | null = null, row: ProofSaid['row'] = null): ProofSaid => ({ kind, text, more, row });

/** What days are, held against their seals: what is broken first; and no more than was seen. */
export function proofSentences(proofs: readonly AuditProof[], words: AuditWords, dayNamed: DayNamed): readonly ProofSaid[] {
  const broken = proofs.filter(({ verdict }) => verdict === 'broken');
  const sealed = proofs.filter(({ verdict, rows }) => (verdict === 'intact' || verdict === 'dropped') && rows > 0);
  const [all, days] = [daysOf(proofs), daysOf(sealed)];
  const rows = sealed.reduce((sum, one) => sum + one.rows, 0);
  const summary =
    broken.length > 0
      ? [said('error', words.verifiedBroken(all.length, daysOf(broken).length))]
      : days.length > 0
        ? [said('success', words.verified(days.length, rows))]
        : [];
  return [
    ...summary,
    ...broken.map((proof) => brokenSaid(proof, words, dayNamed)),
    ...proofs.flatMap((proof) => besides(proof, words, dayNamed)),
    ...emptyDays(proofs, words, dayNamed),
  ];
}

const daysOf = (proofs: readonly AuditProof[]): readonly string[] => [...new Set(proofs.map(({ day }) => day))];

function brokenSaid({ kind, day, rows, fault }: AuditProof, words: AuditWords, dayNamed: DayNamed): ProofSaid {
  const [of, by] = [dayNamed(day), words.kinds[kind]];
  const before = words.wholeBefore(rows);
  if (fault === null || 'seal' in fault) return said('error', words.sealFault(fault?.seal ?? '', of, by), before);
  return said('error', words.faults[fault.what](fault.id, of, by), before, fault.what === 'removed' ? null : { kind, id: fault.id });
}

function besides({ day, rows, notSealed, verdict }: AuditProof, words: AuditWords, dayNamed: DayNamed): readonly ProofSaid[] {
  const of = dayNamed(day);
  return [
    ...(verdict === 'key-missing' ? [said('warning', words.keyMissing(of))] : []),
    ...(verdict === 'dropped' ? [said('info', words.dropped(of))] : []),
    ...(notSealed > 0 ? [said('info', rows === 0 ? words.dayNotSealed(of, notSealed) : words.notSealed(of, notSealed))] : []),
  ];
}

function emptyDays(proofs: readonly AuditProof[], words: AuditWords, dayNamed: DayNamed): readonly ProofSaid[] {
  const isEmpty = (day: string): boolean => proofs.every((one) => one.day !== day || (one.verdict === 'intact' && one.rows === 0 && one.notSealed === 0));
  return daysOf(proofs)
    .filter(isEmpty)
    .map((day) => said('info', words.noRows(dayNamed(day))));
}

import { AUDIT_KINDS, type AuditChoices, type AuditLine, type AuditPage, type AuditProof, AuditRow } from '@sync-hub/contracts';
import { z } from 'zod';
import { exactly } from '../exactly.js';
import { count, names } from './parts.js';

export const AuditChoicesAnswer = exactly<AuditChoices>()(
  z.strictObject({ links: names, sites: names, categories: names, outcomes: names, stages: names, origins: names }),
).meta({ id: 'AuditChoices' });

export const AuditLineAnswer = exactly<AuditLine>()(AuditRow.extend({ origin: z.string().nullable() })).meta({ id: 'AuditLine' });

export const AuditPageAnswer = exactly<AuditPage>()(z.strictObject({ lines: z.array(AuditLineAnswer), next: z.string().nullable() })).meta({
  id: 'AuditPage',
});

/** As it was asked for; cut off, and not ended, where it fails half-way. */
export const AuditExportAnswer = z.string().meta({ description: 'Every line that fits; cut off, and not ended, where it fails half-way.' });

export const AuditDaysAnswer = z.strictObject({ days: z.array(z.iso.date()) });

const Proof = exactly<AuditProof>()(
  z.strictObject({
    kind: z.enum(AUDIT_KINDS),
    day: z.string(),
    rows: count,
    notSealed: count,
    verdict: z.enum(['intact', 'dropped', 'broken', 'key-missing']),
    fault: z.union([z.strictObject({ id: z.string(), what: z.enum(['altered', 'removed', 'between']) }), z.strictObject({ seal: z.string() })]).nullable(),
    head: z.string().nullable(),
  }),
).meta({ id: 'AuditProof' });

export const AuditProofsAnswer = z.strictObject({ proofs: z.array(Proof) });

import { z } from 'zod';

/** The number of an audit row in the database that it is of: whole, and as text, for it may be longer than a number of JSON. */
const RowId = z.string().regex(/^[1-9]\d{0,17}$/, 'the number of a row, as text');

/** So much of a row's short texts is taken; the longest that is written has less than 200. */
const text = z.string().max(400);
const moment = z.iso.datetime({ offset: true });

/** A row of an instance's audit as another instance is told of it: what was said when, ids and names only. What is not known here is refused: it would be lost. */
export const AuditRow = z.strictObject({
  id: RowId,
  messageId: text,
  type: text,
  site: text,
  link: text.nullable(),
  aggregate: text.nullable(),
  uuid: text.nullable(),
  correlationId: text,
  outcome: text.nullable(),
  reason: text.nullable(),
  details: z.record(z.string(), z.unknown()),
  saidAt: moment,
  recordedAt: moment,
});
export type AuditRow = z.infer<typeof AuditRow>;

/** So many rows go into one report. */
export const MOST_AUDIT_ROWS = 500;

/** What one instance tells another of its audit: rows in their order, none where it only says that it is well; and what waits behind them. */
export const AuditReport = z.looseObject({
  rows: z.array(z.looseObject({ id: RowId })).max(MOST_AUDIT_ROWS),
  /** Rows behind these (counted up to some thousands), since when the first of them waits, and rows that were not taken before. */
  waiting: z.looseObject({ rows: z.int().min(0), since: moment.nullable(), notTaken: z.int().min(0) }),
});
export type AuditReport = z.infer<typeof AuditReport>;

/** What became of the rows of a report: those that are safe here, and those that cannot be taken, with the path of what is wrong. */
export const AuditAnswer = z.looseObject({
  taken: z.array(RowId),
  refused: z.array(z.looseObject({ id: RowId, path: z.string().max(200) })),
});
export type AuditAnswer = z.infer<typeof AuditAnswer>;

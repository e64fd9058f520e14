import { randomUUID } from 'node:crypto';

/** A row of the imitation, or the JSON it tells of one. */
export type Row = Record<string, unknown>;

/** The imitation's own refusal, with the status webservices.rest gives. */
export class Refused extends Error {
  constructor(readonly status: number) {
    super(`refused with ${status}`);
  }
}

/** Seconds since the imitation began; every write takes one. */
export interface Clock {
  seconds: number;
}

function tick(clock: Clock): string {
  clock.seconds += 1;
  return new Date(1_600_000_000_000 + clock.seconds * 1000).toISOString().replace('Z', '+0000');
}

/** A new row, under the uuid that was given or one of its own. */
export const newRow = (clock: Clock, { uuid, ...content }: Row): Row => ({
  uuid: typeof uuid === 'string' ? uuid : randomUUID(),
  ...content,
  auditInfo: { creator: { uuid: 'admin-uuid', display: 'admin' }, dateCreated: tick(clock), changedBy: null, dateChanged: null },
});

/** Writes some keys of a row, and its audit stamp. */
export function changeRow(clock: Clock, row: Row, content: Row): void {
  Object.assign(row, content);
  row['auditInfo'] = { ...(row['auditInfo'] as Row), changedBy: { uuid: 'admin-uuid' }, dateChanged: tick(clock) };
}

/** 400 for the whole body where one key is not among those that are taken. */
export function requireKnown(body: Row, allowed: readonly string[]): void {
  if (Object.keys(body).some((key) => !allowed.includes(key))) throw new Refused(400);
}

/** How references are told. */
export const ref = (uuid: unknown): Row | null => (typeof uuid === 'string' ? { uuid, display: 'a thing' } : null);

export const isLive = (row: Row): boolean => row['voided'] !== true;

/** The one type of which a location or a visit of the imitation has one attribute at most. */
export const SINGLE_TYPE = 'attributetype-1';

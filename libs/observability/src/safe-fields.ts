import { Aggregate, Direction, SiteId, TraceId, Uuid } from '@sync-hub/contracts';

/** Everything a line of the log may say beside its time, level, event and error. There is no key for free text. */
export interface LogFields {
  readonly instance?: string;
  readonly service?: string;
  readonly stage?: string;
  readonly message?: string;
  readonly messageId?: string;
  readonly site?: string;
  readonly source?: string;
  readonly target?: string;
  readonly link?: string;
  readonly direction?: string;
  readonly aggregate?: string;
  readonly category?: string;
  readonly uuid?: string;
  readonly changeId?: string;
  readonly jobId?: string;
  readonly trace?: string;
  readonly round?: number;
  readonly attempt?: number;
  readonly verdict?: string;
  readonly outcome?: string;
  readonly held?: string;
  readonly state?: string;
  readonly reason?: string;
  readonly code?: string;
  readonly action?: string;
  readonly generation?: number;
  readonly status?: number;
  readonly count?: number;
  readonly opened?: number;
  readonly waiting?: number;
  readonly seconds?: number;
  readonly delaySeconds?: number;
  readonly requests?: number;
  readonly queueSeconds?: number;
  readonly port?: number;
  readonly host?: string;
  readonly version?: string;
  readonly configuration?: string;
  /** A moment, in ISO form. */
  readonly until?: string;
  /** Names of fields, as `fieldName` gives them. */
  readonly fields?: readonly string[];
  readonly lost?: readonly string[];
  readonly names?: readonly string[];
  /** Where in our own code: `push.stage.js:41`. */
  readonly at?: readonly string[];
}

type Check = (value: unknown) => boolean;
const textLike =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const number: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const id: Check = (value) => SiteId.safeParse(value).success;
const word = textLike(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/);
const uuid: Check = (value) => Uuid.safeParse(value).success;
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length <= 100 && value.every(check);
const fieldNames = listOf(textLike(/^[A-Za-z][A-Za-z0-9_]{0,40}$/));

/** The allow-list: each key with the look its values must have, so that a record's content does not pass even under a known key. */
export const LOG_FIELDS: Readonly<Record<keyof LogFields, Check>> = {
  instance: id,
  service: word,
  stage: word,
  message: textLike(/^[a-z]+(?:[.-][a-z]+)*\.v\d+$/),
  messageId: textLike(/^[a-z0-9.:-]{1,120}$/),
  site: id,
  source: id,
  target: id,
  link: id,
  direction: (value) => Direction.safeParse(value).success,
  aggregate: (value) => Aggregate.safeParse(value).success,
  category: word,
  uuid,
  changeId: uuid,
  jobId: uuid,
  trace: (value) => TraceId.safeParse(value).success,
  round: number,
  attempt: number,
  verdict: word,
  outcome: word,
  held: word,
  state: word,
  reason: word,
  code: word,
  action: word,
  generation: number,
  status: number,
  count: number,
  opened: number,
  waiting: number,
  seconds: number,
  delaySeconds: number,
  requests: number,
  queueSeconds: number,
  port: number,
  host: textLike(/^[a-z0-9.:-]{1,100}$/),
  version: textLike(/^[0-9][0-9A-Za-z.+-]{0,30}$/),
  configuration: textLike(/^[0-9a-f]{8,64}$/),
  until: textLike(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  fields: fieldNames,
  lost: fieldNames,
  names: listOf(textLike(/^[a-z][a-z_-]*(?:\/[A-Za-z0-9._-]{1,38})?$/)),
  at: listOf(textLike(/^[\w.-]+\.[jt]s:\d+$/)),
};

/** The fields that may be written, and how many were not. An `undefined` one counts as not there. */
export function safeFields(fields: Readonly<Record<string, unknown>>): { readonly kept: Readonly<Record<string, unknown>>; readonly dropped: number } {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const kept = given.filter(([key, value]) => Object.hasOwn(LOG_FIELDS, key) && LOG_FIELDS[key as keyof LogFields](value));
  return { kept: Object.fromEntries(kept), dropped: given.length - kept.length };
}

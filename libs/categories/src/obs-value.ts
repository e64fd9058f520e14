import { type Aggregate, Uuid } from '@sync-hub/contracts';
import type { Scalar } from '@sync-hub/merge';
import { z } from 'zod';
import { instantOf, textOf } from './scalars.js';

/** Core's own datatypes by uuid (openmrs-core, initial data), as far as the text of a value depends on them. */
const DATATYPES: Readonly<Record<string, 'date' | 'time' | 'datetime' | 'text'>> = {
  '8d4a505e-c2cc-11de-8d13-0010c6dffd0f': 'date',
  '8d4a591e-c2cc-11de-8d13-0010c6dffd0f': 'time',
  '8d4a5af4-c2cc-11de-8d13-0010c6dffd0f': 'datetime',
  '8d4a4ab4-c2cc-11de-8d13-0010c6dffd0f': 'text',
};
/** Bytes, of which REST tells only where they are. */
export const COMPLEX_DATATYPE = '8d4a6242-c2cc-11de-8d13-0010c6dffd0f';

/** What an obs says, by the one kind of value it has. */
export type ObsValueKind = 'numeric' | 'text' | 'boolean' | 'coded' | 'drug' | 'location' | 'date' | 'time' | 'datetime';
/** The kinds of value that are a record, which a site may have under a uuid of its own. */
export const RECORDS_OF_VALUES: Readonly<Partial<Record<string, Aggregate>>> = { coded: 'concept', drug: 'drug', location: 'location' };
export interface ObsValue {
  readonly kind: ObsValueKind;
  readonly value: Scalar;
  /** Seconds of a time or a moment, which most servers cut off when they are written; null where there are none. */
  readonly seconds: string | null;
}

/** Text, number, flag, or the concept, drug or location that is the answer. */
export const ObsValueShape = z
  .union([z.string(), z.number(), z.boolean(), z.looseObject({ uuid: Uuid, links: z.array(z.looseObject({ uri: z.string().nullish() })).nullish() })], {
    error: 'text, a number, a flag, or an object with a uuid',
  })
  .nullish();
type ToldValue = z.infer<typeof ObsValueShape>;

/**
 * The one normal form of an obs' value. Text is trimmed, unless it is nothing but blanks. Days are the literal first ten characters, times literal text, moments in UTC (older
 * modules tell a day as a moment, webservices.rest before 2.24). `null` where there is none, as in a group; `not-told` where the
 * text could mean several things, because the concept's datatype is not told.
 */
export function obsValueOf(told: ToldValue, datatype: string | undefined): ObsValue | null | 'not-told' | 'unreadable' {
  if (told === null || told === undefined) return null;
  if (typeof told === 'number') return plain('numeric', told);
  if (typeof told === 'boolean') return plain('boolean', told);
  if (typeof told === 'object') return plain(kindOfObject(told), told.uuid);
  if (told === '') return null;
  if (datatype === undefined) return 'not-told';
  const words = textOf(told) ?? '';
  switch (DATATYPES[datatype]) {
    case 'date':
      return /^\d{4}-\d{2}-\d{2}/.test(words) ? plain('date', words.slice(0, 10)) : 'unreadable';
    case 'time':
      return timeValue(words);
    case 'datetime':
      return momentValue(words);
    default:
      return plain('text', textOf(told) ?? told);
  }
}

const plain = (kind: ObsValueKind, value: Scalar): ObsValue => ({ kind, value, seconds: null });

/** What an object is, its own link says (`…/ws/rest/v1/drug/<uuid>`); one without a link is a concept, as nearly all are. */
function kindOfObject({ links }: Extract<ToldValue, object>): 'coded' | 'drug' | 'location' {
  const resource = links?.map((link) => /\/ws\/rest\/v1\/(drug|location|concept)\//.exec(link.uri ?? '')?.[1]).find((found) => found !== undefined);
  return resource === 'drug' || resource === 'location' ? resource : 'coded';
}

function timeValue(words: string): ObsValue | 'unreadable' {
  const [, hoursAndMinutes, seconds = '00'] = /(?:^|T)(\d{2}:\d{2})(?::(\d{2}))?/.exec(words) ?? [];
  return hoursAndMinutes === undefined ? 'unreadable' : { kind: 'time', value: hoursAndMinutes, seconds: secondsOf(seconds) };
}

function momentValue(words: string): ObsValue | 'unreadable' {
  const at = instantOf(words);
  return at === null ? 'unreadable' : { kind: 'datetime', value: `${at.slice(0, 16)}Z`, seconds: secondsOf(at.slice(17, 19)) };
}

const secondsOf = (seconds: string): string | null => (seconds === '00' ? null : seconds);

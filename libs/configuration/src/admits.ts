import { CARE_CATEGORIES, type CanonicalRecord, type RecordCategory } from '@sync-hub/categories';
import type { Direction } from '@sync-hub/contracts';
import type { Catchment } from './catchment.schema.js';
import { NOT_IN_CATCHMENT, type PlacesAbove, whyNotIn } from './in-catchment.js';
import type { LinkConfiguration } from './schema.js';

/** Why a record may not travel on a route. Constants, for messages, the audit and the console. */
export const NOT_ADMITTED = [
  'nothing-there',
  'class-off',
  'direction-off',
  ...NOT_IN_CATCHMENT,
  'patient-not-there',
  'person-not-referred-to',
  'catchment-missing',
  'catchment-failed',
] as const;
export type NotAdmitted = (typeof NOT_ADMITTED)[number];

export type Admission = { readonly admitted: true } | { readonly admitted: false; readonly why: NotAdmitted };

const ADMITTED: Admission = { admitted: true };
const refuse = (why: NotAdmitted): Admission => ({ admitted: false, why });

/** What must be known besides what stands in the record. */
export interface KnownForAdmission {
  /** One of the patients that the record hangs on, if any, is one that the child holds. */
  readonly isOfMember: boolean;
  /** Something on the link waits for it at the other end, or it is there already, as far as is known. */
  readonly isCalledFor: boolean;
  /** Where the places of the patient are. */
  readonly places: PlacesAbove;
}

/**
 * May this record travel on the link in that direction? No, unless every rule says yes: its class is on in the direction,
 * and on pull the catchment has the patient; what hangs on a patient goes where that patient is a member, and a person who is no patient where
 * something refers to that person, unless the link says otherwise. A rule that is missing or throws lets nothing through. Tombstones follow the agreement and not the catchment: a record that was agreed on the link is asked
 * for with `admitsClass`.
 */
export function admits(
  link: LinkConfiguration,
  direction: Direction,
  record: CanonicalRecord,
  { isOfMember, isCalledFor, places }: KnownForAdmission,
): Admission {
  if (record.presence === 'absent') return refuse('nothing-there');
  const byClass = admitsClass(link, direction, record.category);
  if (!byClass.admitted || direction !== 'pull') return byClass;
  if (CARE_CATEGORIES.includes(record.category)) return isOfMember ? ADMITTED : refuse('patient-not-there');
  if (record.category === 'person') return link.persons === 'everyone' || isCalledFor ? ADMITTED : refuse('person-not-referred-to');
  return record.category === 'patient' ? inCatchment(link.catchment, record, places) : ADMITTED;
}

/** May records of this category travel on the link in that direction? */
export function admitsClass(link: LinkConfiguration, direction: Direction, category: RecordCategory): Admission {
  const switches = link.classes[category];
  if (switches === undefined || (!switches.pull && !switches.push)) return refuse('class-off');
  return switches[direction] === true ? ADMITTED : refuse('direction-off');
}

function inCatchment(catchment: Catchment | undefined, record: CanonicalRecord, places: PlacesAbove): Admission {
  try {
    if (catchment === undefined) return refuse('catchment-missing');
    const why = whyNotIn(catchment, record, places);
    return why === null ? ADMITTED : refuse(why);
  } catch {
    return refuse('catchment-failed');
  }
}

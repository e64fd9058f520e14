import { CARE_CATEGORIES, type CanonicalRecord, type RecordCategory } from '@sync-hub/categories';
import type { Direction } from '@sync-hub/contracts';
import type { Catchment, LinkConfiguration } from './schema.js';

/** Why a record may not travel on a route. Constants, for messages, the audit and the console. */
export const NOT_ADMITTED = [
  'nothing-there',
  'class-off',
  'direction-off',
  'outside-catchment',
  'patient-not-there',
  'no-address',
  'address-unknown',
  'catchment-missing',
  'catchment-failed',
] as const;
export type NotAdmitted = (typeof NOT_ADMITTED)[number];

export type Admission = { readonly admitted: true } | { readonly admitted: false; readonly why: NotAdmitted };

const ADMITTED: Admission = { admitted: true };
const refuse = (why: NotAdmitted): Admission => ({ admitted: false, why });

/**
 * May this record travel on the link in that direction? No, unless every rule says yes: its class is on in the direction,
 * and on pull the catchment has the patient; what hangs on a patient goes where that patient is a member. A rule that is missing or
 * throws lets nothing through. Tombstones follow the agreement and not the catchment: a record that was agreed on the link is asked
 * for with `admitsClass`.
 */
export function admits(link: LinkConfiguration, direction: Direction, record: CanonicalRecord, isOfMember: boolean): Admission {
  if (record.presence === 'absent') return refuse('nothing-there');
  const byClass = admitsClass(link, direction, record.category);
  if (!byClass.admitted || direction !== 'pull') return byClass;
  if (CARE_CATEGORIES.includes(record.category)) return isOfMember ? ADMITTED : refuse('patient-not-there');
  return record.category === 'patient' ? inCatchment(link.catchment, record) : ADMITTED;
}

/** May records of this category travel on the link in that direction? */
export function admitsClass(link: LinkConfiguration, direction: Direction, category: RecordCategory): Admission {
  const switches = link.classes[category];
  if (switches === undefined || (!switches.pull && !switches.push)) return refuse('class-off');
  return switches[direction] === true ? ADMITTED : refuse('direction-off');
}

function inCatchment(catchment: Catchment | undefined, record: CanonicalRecord): Admission {
  try {
    return catchment === undefined ? refuse('catchment-missing') : decide(catchment, record);
  } catch {
    return refuse('catchment-failed');
  }
}

function decide(catchment: Catchment, record: CanonicalRecord): Admission {
  switch (catchment.rule) {
    case 'everyone':
      return ADMITTED;
    case 'address':
      return byAddress(record, [catchment]);
    case 'address-parts':
      return byAddress(record, catchment.all);
    default:
      return refuse('catchment-failed');
  }
}

interface AddressRule {
  readonly field: string;
  readonly isOneOf: readonly string[];
}

function byAddress(record: CanonicalRecord, rules: readonly AddressRule[]): Admission {
  if (!record.covers.includes('addresses') || !record.covers.includes('preferredAddress')) return refuse('address-unknown');
  const key = record.fields['preferredAddress'];
  if (typeof key !== 'string' || record.fields[`addresses[${key}]`] === undefined) return refuse('no-address');
  const parts = JSON.parse(key) as Readonly<Record<string, unknown>>;
  return rules.length > 0 && rules.every((rule) => fits(rule, parts[rule.field])) ? ADMITTED : refuse('outside-catchment');
}

/** As in Sync 2.0's address filter, letter case does not count; neither does space around a name, nor how an accent is encoded. */
const fits = ({ isOneOf }: AddressRule, part: unknown): boolean =>
  typeof part === 'string' && part.trim() !== '' && isOneOf.some((area) => areaKey(area) === areaKey(part));

const areaKey = (area: string): string => area.normalize('NFC').trim().toLowerCase();

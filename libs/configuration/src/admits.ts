import { CARE_CATEGORIES, type CanonicalRecord, type RecordCategory } from '@sync-hub/categories';
import type { Direction } from '@sync-hub/contracts';
import { FILTERED, filtersAnything, whyFiltered, withCustomAnswered } from './ask-plugins.js';
import type { Catchment } from './catchment.schema.js';
import { EXCLUDED, excludesAnything, whyExcluded } from './excluded.js';
import { type BesideRecord, NOT_IN_CATCHMENT, whyNotIn } from './in-catchment.js';
import { NO_PLUGINS, type Plugins } from './plugins.js';
import type { LinkConfiguration } from './schema.js';
import { isSettingOf } from './settings.js';

/** Why a record may not travel on a route. Constants, for messages, the audit and the console. */
export const NOT_ADMITTED = [
  'nothing-there',
  'class-off',
  'direction-off',
  'only-compared',
  ...EXCLUDED,
  ...FILTERED,
  'setting-not-named',
  ...NOT_IN_CATCHMENT,
  'patient-not-there',
  'patient-left',
  'person-not-referred-to',
  'catchment-missing',
  'catchment-failed',
] as const;
export type NotAdmitted = (typeof NOT_ADMITTED)[number];

export type Admission = { readonly admitted: true } | { readonly admitted: false; readonly why: NotAdmitted };

const ADMITTED: Admission = { admitted: true };
const refuse = (why: NotAdmitted): Admission => ({ admitted: false, why });

/** What must be known besides what stands in the record. */
export interface KnownForAdmission extends BesideRecord {
  /** One of the patients that the record hangs on, if any, is one that the child holds. */
  readonly isOfMember: boolean;
  /** Something on the link waits for it at the other end, or it is there already, as far as is known. */
  readonly isCalledFor: boolean;
  /** A person has asked for just this record to be pulled on the link. */
  readonly isAskedFor: boolean;
  /** It refers to a record that the link keeps at its site. */
  readonly refersToKept: boolean;
  /** It went with a patient who left the catchment and whose copy at the child is retired, or names one. */
  readonly isClosed: boolean;
  /** She goes to the child whatever the catchment says, for somebody has asked for it. */
  readonly isFollowed: boolean;
  /** What the configuration may name; nothing is let through by one that is not there. */
  readonly plugins?: Plugins;
}

/**
 * May this record travel on the link in that direction? No, unless every rule says yes: its class is on in the direction, nothing of it is
 * excluded or filtered out, and on pull the catchment has the patient; what hangs on a patient goes where that patient is a member, and a person who is no patient where
 * something refers to that person, unless the link says otherwise. A rule that is missing or throws lets nothing through. Tombstones follow the agreement and not the catchment: a record that was agreed on the link is asked
 * for with `admitsClass`. What a person has asked for by name is pulled whatever is switched on.
 */
export function admits(link: LinkConfiguration, direction: Direction, record: CanonicalRecord, known: KnownForAdmission): Admission {
  const { isOfMember, isCalledFor } = known;
  if (record.presence === 'absent') return refuse('nothing-there');
  if (known.isAskedFor && direction === 'pull') return ADMITTED;
  const byClass = admitsClass(link, direction, record.category);
  if (!byClass.admitted) return byClass;
  if (record.category === 'systemsetting' && !isSettingOf(link, record)) return refuse('setting-not-named');
  const kept = whyKept(link, direction, record, known);
  if (kept !== null) return refuse(kept);
  if (direction !== 'pull') return ADMITTED;
  if (CARE_CATEGORIES.includes(record.category)) return isOfMember ? ADMITTED : refuse('patient-not-there');
  if (record.category === 'person') return link.persons === 'everyone' || isCalledFor ? ADMITTED : refuse('person-not-referred-to');
  if (record.category === 'patient' && known.isFollowed) return ADMITTED;
  return record.category === 'patient' ? inCatchment(link.catchment, record, known) : ADMITTED;
}

/** May records of this category travel on the link in that direction? */
export function admitsClass(link: LinkConfiguration, direction: Direction, category: RecordCategory): Admission {
  const switches = link.classes[category];
  if (switches === undefined) return refuse('class-off');
  if (switches[direction] === true) return ADMITTED;
  if (switches.pull === 'compare') return refuse('only-compared');
  return refuse(switches.pull || switches.push ? 'direction-off' : 'class-off');
}

/** Why the record stays at its site by what it is, whoever holds its patient: what the link excludes, its filters, and what refers to a record that stays. */
function whyKept(link: LinkConfiguration, direction: Direction, record: CanonicalRecord, known: KnownForAdmission): NotAdmitted | null {
  if (known.refersToKept && keepsAnything(link)) return 'excluded';
  return whyExcluded(link.exclude, record) ?? whyFiltered(link.filters, direction, record, known.plugins ?? NO_PLUGINS);
}

/** Does the link keep any record at its site by what it is? */
export const keepsAnything = ({ exclude, filters }: Pick<LinkConfiguration, 'exclude' | 'filters'>): boolean =>
  excludesAnything(exclude) || filtersAnything(filters);

/** Are these the words of a record that stays at its site by what it is? */
export const isKept = (admission: Admission): boolean => !admission.admitted && ([...EXCLUDED, ...FILTERED] as readonly string[]).includes(admission.why);

function inCatchment(catchment: Catchment | undefined, record: CanonicalRecord, { plugins = NO_PLUGINS, ...beside }: KnownForAdmission): Admission {
  try {
    if (catchment === undefined) return refuse('catchment-missing');
    const why = whyNotIn(withCustomAnswered(catchment, record, plugins), record, beside);
    return why === null ? ADMITTED : refuse(why);
  } catch {
    return refuse('catchment-failed');
  }
}

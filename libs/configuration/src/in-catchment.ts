import type { CanonicalRecord, TyingCategory } from '@sync-hub/categories';
import type { PlaceAbove, Tie, Uuid } from '@sync-hub/contracts';
import type { Catchment } from './catchment.schema.js';

/** By uuid; a place of which nothing is known is not there. */
export type PlacesAbove = ReadonlyMap<Uuid, PlaceAbove>;

/** Of each category that was looked through for the patient, what its records tie her to; of a category that was not, nothing is known. */
export type TiesOfPatient = ReadonlyMap<TyingCategory, readonly Tie[]>;

/** What a catchment goes by that stands in no patient's record. */
export interface BesideRecord {
  readonly places: PlacesAbove;
  readonly ties: TiesOfPatient;
  /** Whether she is in it, by uuid; a cohort that is not known is not there. */
  readonly cohorts: ReadonlyMap<Uuid, boolean>;
}

/** Why a catchment does not have a patient, or cannot tell whether it has. */
export const NOT_IN_CATCHMENT = [
  'outside-catchment',
  'no-address',
  'address-unknown',
  'no-place',
  'place-unknown',
  'attribute-unknown',
  'ties-unknown',
  'cohort-unknown',
] as const;
type Why = (typeof NOT_IN_CATCHMENT)[number];

type Judged = 'in' | 'out' | { readonly cannotTell: Exclude<Why, 'outside-catchment'> };

/** Has the catchment the patient? `null` for yes. Throws where a rule is none of ours, or is broken. */
export function whyNotIn(catchment: Catchment, patient: CanonicalRecord, beside: BesideRecord): Why | null {
  const judged = judge(catchment, patient, beside);
  if (judged === 'in') return null;
  return judged === 'out' ? 'outside-catchment' : judged.cannotTell;
}

/** The places that must be known to judge the patient, and are not. */
export function placesToFind(catchment: Catchment, patient: CanonicalRecord, { places, ties }: Pick<BesideRecord, 'places' | 'ties'>): readonly Uuid[] {
  const unknown = placesFor(catchment, patient, ties).flatMap((place) => {
    const above = places.get(place);
    return above === undefined ? [place] : above.isWhole ? [] : above.chain.slice(-1);
  });
  return [...new Set(unknown)];
}

/** The places that the catchment goes by for the patient. */
export function placesFor(catchment: Catchment, patient: CanonicalRecord, ties: TiesOfPatient): readonly Uuid[] {
  switch (catchment.rule) {
    case 'identifier-location':
      return placesAt(patient, isOfIdentifier);
    case 'attribute-location':
      return placesAt(patient, isOfAttribute(catchment.attributeType));
    case 'visit-location':
    case 'encounter-location':
      return [...new Set((ties.get(TIED_BY[catchment.rule]) ?? []).flatMap(({ to }) => to ?? []))];
    case 'all':
    case 'any':
      return [...new Set(catchment.of.flatMap((rule) => placesFor(rule, patient, ties)))];
    case 'not':
      return placesFor(catchment.of, patient, ties);
    default:
      return [];
  }
}

/** The rules that go by what records of another category tie a patient to. */
const TIED_BY = { program: 'programenrollment', 'visit-location': 'visit', 'encounter-location': 'encounter' } as const satisfies Partial<
  Record<Catchment['rule'], TyingCategory>
>;
const GO_BY_PLACES: readonly Catchment['rule'][] = ['identifier-location', 'attribute-location', 'visit-location', 'encounter-location'];

/** Does the catchment go by where places are? */
export const goesByPlaces = (catchment: Catchment): boolean => rulesIn(catchment).some(({ rule }) => GO_BY_PLACES.includes(rule));

/** The categories of what hangs on a patient that the catchment goes by. */
export const tiesGoneBy = (catchment: Catchment): readonly TyingCategory[] => [
  ...new Set(rulesIn(catchment).flatMap(({ rule }) => (rule in TIED_BY ? [TIED_BY[rule as keyof typeof TIED_BY]] : []))),
];

/** The cohorts that the catchment goes by. */
export const cohortsGoneBy = (catchment: Catchment): readonly Uuid[] => [
  ...new Set(rulesIn(catchment).flatMap((one) => (one.rule === 'cohort' ? one.isOneOf : []))),
];

function rulesIn(catchment: Catchment): readonly Catchment[] {
  if (catchment.rule === 'all' || catchment.rule === 'any') return catchment.of.flatMap(rulesIn);
  return catchment.rule === 'not' ? rulesIn(catchment.of) : [catchment];
}

function judge(catchment: Catchment, patient: CanonicalRecord, beside: BesideRecord): Judged {
  const { places, ties } = beside;
  switch (catchment.rule) {
    case 'everyone':
      return 'in';
    case 'address':
      return byAddress(catchment, patient);
    case 'identifier-location':
      return sees(patient, 'identifiers') ? byPlace(placesFor(catchment, patient, ties), catchment.isWithin, places) : { cannotTell: 'place-unknown' };
    case 'attribute-location':
      return sees(patient, 'attributes') ? byPlace(placesFor(catchment, patient, ties), catchment.isWithin, places) : { cannotTell: 'attribute-unknown' };
    case 'attribute':
      return sees(patient, 'attributes')
        ? inOrOut(valuesOf(patient, catchment.attributeType).some((value) => isOneOf(catchment, value)))
        : { cannotTell: 'attribute-unknown' };
    case 'program':
      return byProgram(catchment, ties.get('programenrollment'));
    case 'cohort':
      return byCohort(catchment.isOneOf.map((cohort) => beside.cohorts.get(cohort)));
    case 'visit-location':
    case 'encounter-location':
      return ties.has(TIED_BY[catchment.rule]) ? wasWithin(placesFor(catchment, patient, ties), catchment.isWithin, places) : { cannotTell: 'ties-unknown' };
    case 'all':
    case 'any':
      return together(
        catchment.rule,
        catchment.of.map((rule) => judge(rule, patient, beside)),
      );
    case 'not': {
      const judged = judge(catchment.of, patient, beside);
      return typeof judged === 'object' ? judged : inOrOut(judged === 'out');
    }
    default:
      throw new Error('a rule that is none of ours');
  }
}

const inOrOut = (isIn: boolean): Judged => (isIn ? 'in' : 'out');

/** One that is out keeps the patient out of `all`, one that is in brings her into `any`, whatever the others cannot tell. */
function together(rule: 'all' | 'any', judged: readonly Judged[]): Judged {
  if (judged.length === 0) throw new Error('a rule of no rules');
  const settles: Judged = rule === 'all' ? 'out' : 'in';
  if (judged.includes(settles)) return settles;
  return judged.find((one) => typeof one === 'object') ?? inOrOut(rule === 'all');
}

function byAddress(rule: Extract<Catchment, { rule: 'address' }>, patient: CanonicalRecord): Judged {
  if (!sees(patient, 'addresses', 'preferredAddress')) return { cannotTell: 'address-unknown' };
  const key = patient.fields['preferredAddress'];
  if (typeof key !== 'string' || patient.fields[`addresses[${key}]`] === undefined) return { cannotTell: 'no-address' };
  const parts = JSON.parse(key) as Readonly<Record<string, unknown>>;
  const part = parts[rule.field];
  return inOrOut(typeof part === 'string' && part.trim() !== '' && isOneOf(rule, part));
}

function byProgram({ isOneOf: programs, state }: Extract<Catchment, { rule: 'program' }>, enrollments: readonly Tie[] | undefined): Judged {
  if (enrollments === undefined) return { cannotTell: 'ties-unknown' };
  return inOrOut(enrollments.some(({ to, isEnded }) => to !== null && programs.includes(to) && (state === 'ever' || !isEnded)));
}

function byCohort(isIn: readonly (boolean | undefined)[]): Judged {
  if (isIn.includes(true)) return 'in';
  return isIn.includes(undefined) ? { cannotTell: 'cohort-unknown' } : 'out';
}

/** Who was nowhere was not there either. */
const wasWithin = (of: readonly Uuid[], isWithin: readonly Uuid[], places: PlacesAbove): Judged => (of.length === 0 ? 'out' : byPlace(of, isWithin, places));

/** A patient who is registered at several places is in as soon as one of them is. */
function byPlace(of: readonly Uuid[], isWithin: readonly Uuid[], places: PlacesAbove): Judged {
  if (of.length === 0) return { cannotTell: 'no-place' };
  const above = of.map((place) => places.get(place));
  if (above.some((one) => one?.chain.some((place) => isWithin.includes(place)))) return 'in';
  return above.every((one) => one?.isWhole === true) ? 'out' : { cannotTell: 'place-unknown' };
}

const sees = ({ covers }: CanonicalRecord, ...names: readonly string[]): boolean => names.every((name) => covers.includes(name));

const isOfIdentifier = (path: string): boolean => path.startsWith('identifiers[');

/** There may be several of one type. */
const isOfAttribute =
  (attributeType: Uuid) =>
  (path: string): boolean =>
    path === `attributes[${attributeType}]` || path.startsWith(`attributes[${attributeType}#`);

/** The places that the patient refers to there. What is only a text is no place, whatever it looks like: it may be anything that somebody typed, and is asked for nowhere. */
const placesAt = ({ references }: CanonicalRecord, isThere: (path: string) => boolean): readonly Uuid[] =>
  references.flatMap(({ path, aggregate, uuid }) => (aggregate === 'location' && isThere(path) ? [uuid] : []));

const valuesOf = ({ fields }: CanonicalRecord, attributeType: Uuid): readonly string[] =>
  Object.entries(fields).flatMap(([path, value]) => (isOfAttribute(attributeType)(path) && typeof value === 'string' ? [value] : []));

/** As in Sync 2.0's address filter, letter case does not count; neither does space around a word, nor how an accent is encoded. */
const isOneOf = ({ isOneOf: words }: { readonly isOneOf: readonly string[] }, word: string): boolean => words.some((one) => wordKey(one) === wordKey(word));

const wordKey = (word: string): string => word.normalize('NFC').trim().toLowerCase();

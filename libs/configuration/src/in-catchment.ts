import type { CanonicalRecord } from '@sync-hub/categories';
import type { PlaceAbove, Uuid } from '@sync-hub/contracts';
import type { Catchment } from './catchment.schema.js';

/** By uuid; a place of which nothing is known is not there. */
export type PlacesAbove = ReadonlyMap<Uuid, PlaceAbove>;

/** Why a catchment does not have a patient, or cannot tell whether it has. */
export const NOT_IN_CATCHMENT = ['outside-catchment', 'no-address', 'address-unknown', 'no-place', 'place-unknown', 'attribute-unknown'] as const;
type Why = (typeof NOT_IN_CATCHMENT)[number];

type Judged = 'in' | 'out' | { readonly cannotTell: Exclude<Why, 'outside-catchment'> };

/** Has the catchment the patient? `null` for yes. Throws where a rule is none of ours, or is broken. */
export function whyNotIn(catchment: Catchment, patient: CanonicalRecord, places: PlacesAbove): Why | null {
  const judged = judge(catchment, patient, places);
  if (judged === 'in') return null;
  return judged === 'out' ? 'outside-catchment' : judged.cannotTell;
}

/** The places that must be known to judge the patient, and are not. */
export function placesToFind(catchment: Catchment, patient: CanonicalRecord, places: PlacesAbove): readonly Uuid[] {
  const unknown = placesFor(catchment, patient).flatMap((place) => {
    const above = places.get(place);
    return above === undefined ? [place] : above.isWhole ? [] : above.chain.slice(-1);
  });
  return [...new Set(unknown)];
}

/** The places that the catchment goes by for the patient. */
export function placesFor(catchment: Catchment, patient: CanonicalRecord): readonly Uuid[] {
  switch (catchment.rule) {
    case 'identifier-location':
      return placesAt(patient, isOfIdentifier);
    case 'attribute-location':
      return placesAt(patient, isOfAttribute(catchment.attributeType));
    case 'all':
    case 'any':
      return [...new Set(catchment.of.flatMap((rule) => placesFor(rule, patient)))];
    case 'not':
      return placesFor(catchment.of, patient);
    default:
      return [];
  }
}

/** Does the catchment go by where places are? */
export const goesByPlaces = (catchment: Catchment): boolean => {
  if (catchment.rule === 'all' || catchment.rule === 'any') return catchment.of.some(goesByPlaces);
  return catchment.rule === 'not' ? goesByPlaces(catchment.of) : catchment.rule === 'identifier-location' || catchment.rule === 'attribute-location';
};

function judge(catchment: Catchment, patient: CanonicalRecord, places: PlacesAbove): Judged {
  switch (catchment.rule) {
    case 'everyone':
      return 'in';
    case 'address':
      return byAddress(catchment, patient);
    case 'identifier-location':
      return sees(patient, 'identifiers') ? byPlace(placesFor(catchment, patient), catchment.isWithin, places) : { cannotTell: 'place-unknown' };
    case 'attribute-location':
      return sees(patient, 'attributes') ? byPlace(placesFor(catchment, patient), catchment.isWithin, places) : { cannotTell: 'attribute-unknown' };
    case 'attribute':
      return sees(patient, 'attributes')
        ? inOrOut(valuesOf(patient, catchment.attributeType).some((value) => isOneOf(catchment, value)))
        : { cannotTell: 'attribute-unknown' };
    case 'all':
    case 'any':
      return together(
        catchment.rule,
        catchment.of.map((rule) => judge(rule, patient, places)),
      );
    case 'not': {
      const judged = judge(catchment.of, patient, places);
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

import type { Ref, Row } from './database.js';
import { nameOf } from './metadata-lines.js';
import type { Site } from './resource.js';
import { conversion, notSupported, serverError, Validation } from './rest-error.js';
import { setting } from './settings.js';
import type { Writer } from './writer.js';

/** Keys that only numeric concepts have. */
export const NUMERIC_KEYS = [
  ...['hiNormal', 'hiAbsolute', 'hiCritical', 'lowNormal', 'lowAbsolute', 'lowCritical', 'units', 'allowDecimal', 'displayPrecision'],
];

const FULLY_SPECIFIED = 'FULLY_SPECIFIED';
const typeOf = ({ values }: Row): unknown => values['conceptNameType'] ?? null;
const isPreferred = ({ values }: Row): boolean => values['localePreferred'] === true;
const localeOf = ({ values }: Row): string => String(values['locale'] ?? '');
const liveNames = ({ tx }: Writer, concept: Ref): Row[] =>
  tx.database
    .ownedBy(concept.uuid, 'conceptname')
    .map((row) => tx.now(row))
    .filter(({ values }) => values['voided'] !== true);

/** `Concept.addName`: what comes first is fully specified; of preferred, fully specified and short names a locale has one, the newest. */
function addName(writer: Writer, concept: Ref, name: Ref): void {
  const { tx } = writer;
  const others = liveNames(writer, concept).filter(({ uuid }) => uuid !== name.uuid);
  const type = typeOf(tx.now(name));
  if (others.length === 0 && type !== FULLY_SPECIFIED) tx.set(name, { conceptNameType: FULLY_SPECIFIED });
  for (const other of others.filter((one) => localeOf(one) === localeOf(tx.now(name)))) {
    if (isPreferred(tx.now(name)) && isPreferred(other)) tx.set(other, { localePreferred: false });
    if ((type === FULLY_SPECIFIED || type === 'SHORT') && typeOf(other) === type) tx.set(other, { conceptNameType: null });
  }
  tx.adopt(name, concept.uuid);
}

/** What is posted becomes the whole list; what is not in it is deleted, though an obs may name it. */
export function setNames(writer: Writer, concept: Ref, posted: unknown): void {
  const { tx, site } = writer;
  const before = liveNames(writer, concept);
  const names = writer.all('conceptname', posted);
  for (const old of before)
    if (!names.some(({ uuid }) => uuid === old.uuid)) {
      if (site.database.all('obs').some(({ values }) => values['valueCodedName'] === old.uuid))
        throw serverError('could not execute statement; Cannot delete or update a parent row: a foreign key constraint fails');
      tx.remove(old);
    }
  for (const name of names) if (tx.now(name).owner === null) addName(writer, concept, name);
  tx.touch(concept);
}

export function setMappings(writer: Writer, concept: Ref, posted: unknown): void {
  const { tx } = writer;
  const maps = writer.all('conceptmap', posted);
  for (const old of tx.database.ownedBy(concept.uuid, 'conceptmap')) if (!maps.some(({ uuid }) => uuid === old.uuid)) tx.remove(old);
  for (const map of maps) tx.adopt(map, concept.uuid);
  tx.touch(concept);
}

/** Concepts and drugs by uuid; a numeric concept is taken for a drug, over which it falls. */
export function setAnswers({ tx, site }: Writer, concept: Ref, posted: unknown): void {
  if (!Array.isArray(posted)) throw conversion('null');
  const answers = posted.map((uuid: unknown) => {
    const found = site.database.find('concept', String(uuid));
    if (found?.values['datatype'] === 'Numeric') throw serverError('org.openmrs.ConceptNumeric cannot be cast to org.openmrs.Drug');
    if (found === undefined && site.database.find('drug', String(uuid)) === undefined) throw notSupported('There is no concept or drug with given uuid');
    return String(uuid);
  });
  tx.set(concept, { answers });
}

export function setMembers(writer: Writer, concept: Ref, posted: unknown): void {
  const members = writer.all('concept', posted ?? []).map(({ uuid }) => uuid);
  writer.tx.set(concept, { setMembers: members, set: members.length > 0 });
}

/** A name that gets another text is voided, and a new one made in its place, under a uuid of its own. */
function replaceRenamed(writer: Writer, concept: Ref): void {
  const { tx, site } = writer;
  for (const name of liveNames(writer, concept)) {
    const before = tx.original(name);
    if (before === null || nameOf(before).toLowerCase() === nameOf(name).toLowerCase()) continue;
    const { locale, localePreferred, conceptNameType } = name.values;
    const marks = { voided: true, voidedBy: writer.author, dateVoided: site.now(), voidReason: 'Name changed' };
    tx.set(name, { ...marks, name: nameOf(before), conceptNameType: null, localePreferred: false });
    tx.insert('conceptname', site.random.uuid(), concept.uuid, {
      ...{ voided: false, name: nameOf(name) },
      ...{ locale: locale ?? null, localePreferred: localePreferred ?? false, conceptNameType: conceptNameType ?? null },
    });
  }
}

/** Each locale has a preferred name: the fully specified one, else a synonym. */
function preferOne(writer: Writer, concept: Ref): void {
  const names = liveNames(writer, concept);
  for (const locale of new Set(names.map(localeOf))) {
    const there = names.filter((name) => localeOf(name) === locale);
    const chosen = there.find(isPreferred) ?? there.find((name) => typeOf(name) === FULLY_SPECIFIED) ?? there.find((name) => typeOf(name) === null);
    if (chosen !== undefined && !isPreferred(chosen)) writer.tx.set(chosen, { localePreferred: true });
  }
}

/** `ConceptValidator`, locale by locale; names that are taken are told by an exception. */
function checkNames(names: readonly Row[], errors: Validation): void {
  if (names.length === 0) return errors.reject('Concept.name.atLeastOneRequired');
  for (const locale of new Set(names.map(localeOf))) {
    const there = names.filter((name) => localeOf(name) === locale);
    const [specified, short, chosen] = [
      there.filter((name) => typeOf(name) === FULLY_SPECIFIED),
      there.filter((name) => typeOf(name) === 'SHORT'),
      there.filter(isPreferred),
    ];
    if (there.some((name) => nameOf(name).trim() === '')) errors.reject('Concept.name.empty');
    if (chosen.some((name) => typeOf(name) === 'INDEX_TERM')) errors.reject('Concept.error.preferredName.is.indexTerm');
    if (chosen.some((name) => typeOf(name) === 'SHORT')) errors.reject('Concept.error.preferredName.is.shortName');
    if (chosen.length > 1) errors.reject('Concept.error.multipleLocalePreferredNames');
    if (specified.length > 1) errors.reject('Concept.error.multipleFullySpecifiedNames');
    if (short.length > 1) errors.reject('Concept.error.multipleShortNames');
    const words = there.filter((name) => typeOf(name) !== 'SHORT').map((name) => nameOf(name).toLowerCase());
    if (new Set(words).size < words.length) throw serverError('a duplicate name for the same concept', 'org.openmrs.api.DuplicateConceptNameException:0');
  }
  if (!names.some((name) => typeOf(name) === FULLY_SPECIFIED)) errors.reject('Concept.error.no.FullySpecifiedName');
}

/** No two concepts in use are called the same in one locale, by the names that stand for them. */
function isTaken(names: readonly Row[], concept: Row, site: Site): boolean {
  const stands = (name: Row): boolean => isPreferred(name) || typeOf(name) === FULLY_SPECIFIED;
  const own = new Set(names.filter(stands).map((name) => `${localeOf(name)} ${nameOf(name).toLowerCase()}`));
  return site.database.all('conceptname').some((name) => {
    const other = name.owner === concept.uuid || name.values['voided'] === true ? undefined : site.database.find('concept', name.owner ?? '');
    return other !== undefined && other.values['retired'] !== true && stands(name) && own.has(`${localeOf(name)} ${nameOf(name).toLowerCase()}`);
  });
}

/** `ConceptServiceImpl.saveConcept`. A webservices.rest before 2.17 breaks the lists that it is posted. */
export function saveConcept(writer: Writer, target: Ref): void {
  const { site, tx } = writer;
  if (!site.profile.writesConcepts) throw serverError('A collection with cascade="all-delete-orphan" was no longer referenced by the owning entity instance');
  if (setting(site, 'concepts.locked') === 'true') throw serverError('locked', 'org.openmrs.api.ConceptsLockedException:0');
  const concept = tx.now(target);
  const { datatype } = concept.values;
  const was = tx.original(target)?.values['datatype'];
  const isObserved = site.database.all('obs').some(({ values }) => values['concept'] === concept.uuid);
  if (was !== undefined && was !== datatype && isObserved) throw serverError('in use', 'org.openmrs.api.ConceptInUseException:0');
  if (datatype !== 'Numeric' && NUMERIC_KEYS.some((key) => (concept.values[key] ?? null) !== null))
    throw conversion("Unknown property 'hiNormal' on class 'class org.openmrs.Concept'");
  replaceRenamed(writer, concept);
  preferOne(writer, concept);
  const names = liveNames(writer, concept);
  const errors = new Validation();
  if ((concept.values['conceptClass'] ?? null) === null) errors.reject('Concept.conceptClass.empty', 'conceptClass');
  if (concept.values['retired'] !== true) checkNames(names, errors);
  const terms = tx.database.ownedBy(concept.uuid, 'conceptmap').map((map) => tx.now(map).values['conceptReferenceTerm']);
  if (new Set(terms).size < terms.length) errors.reject('ConceptReferenceTerm.term.alreadyMapped', 'conceptMappings');
  errors.done();
  if (concept.values['retired'] !== true && isTaken(names, concept, site))
    throw serverError('a duplicate name', 'org.openmrs.api.DuplicateConceptNameException:0');
  const chosen = names.find((name) => typeOf(name) === FULLY_SPECIFIED) ?? names[0];
  if (chosen !== undefined && nameOf(chosen) !== nameOf(concept)) tx.set(concept, { name: nameOf(chosen) });
}

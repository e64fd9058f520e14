import type { Ref, Row } from './database.js';
import { one, type Resource, resource, type Site, text, words } from './resource.js';
import { conversion, notSupported, serverError, Validation } from './rest-error.js';
import { setting } from './settings.js';
import { type Body, isObject, type Writer } from './writer.js';

const TYPES: readonly string[] = ['DRUG', 'FOOD', 'ENVIRONMENT', 'OTHER'];

const isBlank = (value: unknown): boolean => typeof value !== 'string' || value.trim() === '';
/** The concept that says nothing but that the allergen is in words (`Allergen.isCoded`). */
const isCoded = ({ codedAllergen }: Row['values'], site: Site): boolean =>
  typeof codedAllergen === 'string' && codedAllergen !== setting(site, 'allergy.concept.otherNonCoded');

/** `Allergen.isSameAllergen`. */
function isSameAllergen(row: Row, other: Row, site: Site): boolean {
  if (isCoded(row.values, site)) return row.values['codedAllergen'] === other.values['codedAllergen'];
  const said = ({ values }: Row): string => String(values['nonCodedAllergen'] ?? '').toLowerCase();
  return said(row) !== '' && said(row) === said(other);
}

/** `AllergyValidator`, and what the columns ask for. */
export function refuseWrongAllergy(writer: Writer, target: Ref): void {
  const { tx, site } = writer;
  const row = tx.now(target);
  const { patient, codedAllergen, nonCodedAllergen, allergenType } = row.values;
  const errors = new Validation();
  if ((patient ?? null) === null) errors.reject('allergyapi.patient.required', 'patient');
  if ((allergenType ?? null) === null) errors.reject('allergyapi.allergenType.required', 'allergen');
  if ((codedAllergen ?? null) === null && isBlank(nonCodedAllergen)) errors.reject('allergyapi.allergen.codedOrNonCodedAllergen.required', 'allergen');
  else if (!isCoded(row.values, site) && isBlank(nonCodedAllergen)) errors.reject('allergyapi.allergen.nonCodedAllergen.required', 'allergen');
  const others = tx.database.holding('allergy', 'patient', patient ?? null).filter((other) => other.uuid !== row.uuid && other.values['voided'] !== true);
  if (writer.isNew(target) && others.some((other) => isSameAllergen(row, other, site))) errors.reject('allergyapi.message.duplicateAllergen', 'allergen');
  errors.done();
  const isBare = tx.database.ownedBy(row.uuid, 'allergyreaction').some(({ values }) => values['reaction'] === null);
  if ((codedAllergen ?? null) === null || isBare) throw serverError('could not execute statement; a column cannot be null, or a key is there already');
}

/** A new `Allergen` is made of what is posted, key by key in its order: a concept puts words out, words put out a concept that is not for them. */
function setAllergen(writer: Writer, target: Ref, posted: unknown): void {
  if (!isObject(posted)) throw conversion('null');
  let coded: string | null = null;
  let words: string | null = null;
  let type: string | null = null;
  const other = setting(writer.site, 'allergy.concept.otherNonCoded');
  for (const [key, value] of Object.entries(posted)) {
    if (key === 'allergenType') type = typeOf(value);
    else if (key === 'codedAllergen') {
      coded = writer.resolve('concept', value)?.uuid ?? null;
      if (coded !== null && coded !== other) words = null;
    } else if (key === 'nonCodedAllergen') {
      words = writer.text(value);
      if (!isBlank(words) && coded !== other) coded = null;
    } else throw conversion(`${key} on class org.openmrs.Allergen`);
  }
  writer.tx.set(target, { allergenType: type, codedAllergen: coded, nonCodedAllergen: words });
}

function typeOf(value: unknown): string {
  if (typeof value !== 'string' || !TYPES.includes(value.toUpperCase())) throw conversion('null');
  return value.toUpperCase();
}

/** The collection is emptied and filled anew (`BaseDelegatingConverter.setPropertyWhichMayBeAHibernateCollection`); what was in it goes when the new ones are there. */
function setReactions(writer: Writer, target: Ref, posted: unknown): void {
  if (!Array.isArray(posted)) throw conversion('Can only convert a Collection to a Collection/Array.');
  const { tx, site } = writer;
  const before = tx.database.ownedBy(target.uuid, 'allergyreaction');
  for (const item of posted as unknown[]) {
    if (!isObject(item)) throw conversion('null');
    const { uuid } = item;
    const isTaken = typeof uuid === 'string' && tx.database.find('allergyreaction', uuid) !== undefined;
    const values = reactionIn(writer, item);
    // The statement fails when it is executed, with the save.
    tx.insert('allergyreaction', typeof uuid === 'string' && !isTaken ? uuid : site.random.uuid(), target.uuid, isTaken ? { reaction: null } : values);
  }
  for (const row of before) tx.remove(row);
  if (!writer.isNew(target)) tx.touch(target);
}

function reactionIn(writer: Writer, item: Body): Row['values'] {
  const unknown = Object.keys(item).find((key) => !['uuid', 'reaction', 'reactionNonCoded', 'display'].includes(key));
  if (unknown !== undefined) throw conversion(`${unknown} on class org.openmrs.AllergyReaction`);
  return { reaction: writer.resolve('concept', item['reaction'])?.uuid ?? null, reactionNonCoded: writer.text(item['reactionNonCoded'] ?? null) };
}

const refTo = (uuid: unknown, site: Site): { uuid: string; display: unknown } | null => {
  const concept = site.database.find('concept', String(uuid));
  return concept === undefined ? null : { uuid: concept.uuid, display: concept.values['name'] };
};

const allergy = resource({
  name: 'allergy',
  javaClass: 'org.openmrs.Allergy',
  under: { parent: 'patient', path: 'allergy', by: 'patient' },
  life: 'voided',
  version: '2.0',
  privileges: { get: 'Get Allergies', add: 'Add Allergies', edit: 'Edit Allergies', remove: 'Delete Allergies', purge: 'Delete Allergies' },
  fields: { patient: one('patient'), encounter: one('encounter'), severity: one('concept'), ...text('comment', 1024) },
  standard: 'display uuid allergen severity:ref comment reactions patient:ref',
  full: 'display uuid allergen severity comment reactions patient voided auditInfo',
  create: words('allergen severity comment reactions'),
  required: words('allergen'),
  display: ({ values }, site) => String(values['nonCodedAllergen'] ?? refTo(values['codedAllergen'], site)?.display ?? ''),
  reads: {
    allergen: ({ values: { allergenType, codedAllergen, nonCodedAllergen } }, site) => ({
      json: { allergenType: allergenType ?? null, codedAllergen: refTo(codedAllergen, site), nonCodedAllergen: nonCodedAllergen ?? null },
    }),
    reactions: (row, site) => ({
      json: site.database
        .ownedBy(row.uuid, 'allergyreaction')
        .map(({ uuid, values }) => ({ uuid, reaction: refTo(values['reaction'], site), reactionNonCoded: values['reactionNonCoded'] ?? null })),
    }),
  },
  sets: { allergen: setAllergen, reactions: setReactions },
  save: refuseWrongAllergy,
  voids: ({ tx, site, author }, row, reason) => tx.set(row, { voided: true, voidedBy: author, dateVoided: site.now(), voidReason: reason }),
  purges: () => {
    throw notSupported();
  },
});

export const allergiesTable: readonly Resource[] = [allergy];

/** What the server's own pages do with an allergy that is edited (`PatientServiceImpl.setAllergies`, `Allergy.copy`): it is voided, and a copy takes its place. The uuid of the copy. */
export function rewriteAllergy(writer: Writer, line: Resource, row: Row, patch: Body): string {
  const { tx, site } = writer;
  const uuid = site.random.uuid();
  const { patient, severity = null, comment = null, allergenType = null, codedAllergen = null, nonCodedAllergen = null } = row.values;
  tx.set(row, { voided: true, voidedBy: writer.author, dateVoided: site.now(), voidReason: 'Voided by API' });
  const copy = tx.insert('allergy', uuid, null, { voided: false, patient: patient ?? null, severity, comment, allergenType, codedAllergen, nonCodedAllergen });
  for (const { values } of tx.database.ownedBy(row.uuid, 'allergyreaction')) tx.insert('allergyreaction', site.random.uuid(), uuid, values);
  writer.apply(line, copy, patch, line.update, []);
  refuseWrongAllergy(writer, copy);
  return uuid;
}

import { conceptNamed, shownConceptName } from './concepts.js';
import type { Ref, Row } from './database.js';
import { membersOf, saveObs, unvoidTree, voidTree } from './obs-saving.js';
import { datatypeOf, obsValue, setObsValue, shownObsValue } from './obs-values.js';
import { each, lookUp, type Node, one, type Resource, resource, resourceOf, type Site, text, words } from './resource.js';
import { conversion } from './rest-error.js';
import { isObject, type Writer } from './writer.js';

const STATUSES = ['PRELIMINARY', 'FINAL', 'AMENDED'] as const;
const INTERPRETATIONS = words(
  'NORMAL ABNORMAL CRITICALLY_ABNORMAL NEGATIVE POSITIVE CRITICALLY_LOW LOW HIGH CRITICALLY_HIGH VERY_SUSCEPTIBLE SUSCEPTIBLE INTERMEDIATE RESISTANT SIGNIFICANT_CHANGE_DOWN SIGNIFICANT_CHANGE_UP OFF_SCALE_LOW OFF_SCALE_HIGH',
);
const RANGES = words('hiNormal hiAbsolute hiCritical lowNormal lowAbsolute lowCritical');

/** Posted twice by `ConversionUtil.convertMap`: what the first time made is let go. */
export function forgetTree(writer: Writer, ref: Ref): void {
  for (const member of membersOf(writer.site, ref)) if (writer.isNew(member)) forgetTree(writer, member);
  writer.forget(ref);
}

/** Members join; those that are left out stay what they are, for the column is the member's. */
function setMembers(writer: Writer, target: Ref, posted: unknown): void {
  const members = writer.all('obs', posted);
  for (const old of membersOf(writer.site, target)) {
    if (writer.isNew(old) && !members.some(({ uuid }) => uuid === old.uuid)) forgetTree(writer, old);
  }
  for (const member of members) {
    writer.keep(member);
    writer.tx.set(member, { obsGroup: target.uuid });
  }
}

function setConcept(writer: Writer, target: Ref, posted: unknown): void {
  const key = isObject(posted) ? posted['uuid'] : posted;
  if (typeof key !== 'string') throw conversion('null');
  writer.tx.set(target, { concept: lookUp(writer.site, resourceOf(writer.site, 'concept'), key)?.uuid ?? null });
}

function setCodedName(writer: Writer, target: Ref, posted: unknown): void {
  const key = isObject(posted) ? posted['uuid'] : posted;
  writer.tx.set(target, { valueCodedName: typeof key === 'string' && conceptNamed(key, writer.site) ? key : null });
}

function liveMembers(row: Row, site: Site): Node {
  const members = membersOf(site, row).filter(({ values }) => values['voided'] !== true);
  return members.length === 0 ? null : members.map((member) => ({ row: member, as: 'obs' as const }));
}

/** From core 2.7 on: the ranges of the concept, kept with a number. */
function referenceRange(row: Row, site: Site): Node {
  const concept = site.database.find('concept', String(row.values['concept']));
  if (!concept || datatypeOf(row, site) !== 'Numeric') return null;
  return { json: { display: '', uuid: row.uuid.split('').reverse().join(''), ...Object.fromEntries(RANGES.map((key) => [key, concept.values[key] ?? null])) } };
}

const KEYS_AFTER = 'value valueModifier formFieldPath formFieldNamespace status interpretation';
const CREATE = 'person obsDatetime concept location order encounter accessionNumber groupMembers valueCodedName comment value valueModifier valueComplex';

/** `obs`: immutable from core 2.0 on, with one `value` for all datatypes; `obsGroup` can be read but not set. */
const obs = resource({
  name: 'obs',
  javaClass: 'org.openmrs.Obs',
  life: 'voided',
  version: '2.7',
  privileges: { get: 'Get Observations', add: 'Add Observations', edit: 'Edit Observations', remove: 'Delete Observations', purge: 'Purge Observations' },
  fields: {
    person: one('person'),
    encounter: one('encounter'),
    obsGroup: one('obs'),
    location: one('location'),
    concept: one('concept'),
    previousVersion: one('obs'),
    ...each('obsDatetime', { is: 'instant' }),
    ...text('accessionNumber comment valueComplex formFieldPath formFieldNamespace order'),
    ...text('valueModifier', 2),
    status: { is: 'choice', from: STATUSES },
    interpretation: { is: 'choice', from: INTERPRETATIONS },
  },
  defaults: { status: 'FINAL' },
  standard: `uuid display concept:ref person:ref obsDatetime accessionNumber obsGroup:ref valueCodedName groupMembers comment location:ref order encounter:ref voided ${KEYS_AFTER} referenceRange`,
  full: `uuid display concept person:ref obsDatetime accessionNumber obsGroup valueCodedName groupMembers:full comment location order encounter voided auditInfo ${KEYS_AFTER} referenceRange`,
  create: words(`${CREATE} formFieldPath formFieldNamespace status interpretation`),
  required: words('person obsDatetime concept'),
  update: words(`${CREATE} formFieldPath formFieldNamespace status interpretation voided`),
  display: (row, site) => `${String(site.database.find('concept', String(row.values['concept']))?.values['name'] ?? '')}: ${shownObsValue(row, site)}`,
  reads: {
    value: obsValue,
    groupMembers: liveMembers,
    referenceRange,
    valueCodedName: (row, site) => shownConceptName(String(row.values['valueCodedName'] ?? ''), site),
  },
  sets: { value: setObsValue, concept: setConcept, groupMembers: setMembers, valueCodedName: setCodedName },
  save: (writer, target) => saveObs(writer, target, 'REST web service'),
  voids: (writer, row, reason) => voidTree(writer, row, { reason }),
  unvoids: (writer, row) => {
    unvoidTree(writer, row, row.values['dateVoided']);
    if (writer.site.profile.obsAreImmutable) saveObs(writer, row, 'unvoid obs');
  },
});

export const obsTable: readonly Resource[] = [obs];

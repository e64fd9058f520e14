import type { Ref, Row } from './database.js';
import { obsOf, topLevelObs, unvoidEncounter, voidEncounter } from './encounter-life.js';
import { addObs, saveEncounter } from './encounter-saving.js';
import { localDate } from './java-time.js';
import { forgetTree } from './obs.js';
import { providerName } from './providers.js';
import { each, type Node, one, type Resource, resource, type Site, words } from './resource.js';
import { conversion, notSupported } from './rest-error.js';
import type { Writer } from './writer.js';

const isGone = (row: Row): boolean => row.values['voided'] === true;

/** Nested obs join. On update the list is emptied in memory only, so that rows that are left out stay (`Encounter.obs` is the inverse side). */
function setObs(writer: Writer, target: Ref, posted: unknown): void {
  const { tx, site } = writer;
  if (!Array.isArray(posted)) throw conversion('Can only convert a Collection to a Collection/Array.');
  const obs = posted.flatMap((item) => writer.resolve('obs', item) ?? []);
  for (const old of topLevelObs(site, target)) if (writer.isNew(old) && !obs.some(({ uuid }) => uuid === old.uuid)) forgetTree(writer, old);
  for (const ref of obs) {
    writer.keep(ref);
    addObs(writer, target, ref);
  }
  if (!writer.isNew(target)) tx.touch(target);
}

/** Only added, by provider and role; one that is there, even voided, makes the posted one vanish (`EncounterResource1_9`). */
function setProviders(writer: Writer, target: Ref, posted: unknown): void {
  const { tx, site } = writer;
  for (const ref of writer.all('encounterprovider', posted)) {
    const { provider, encounterRole } = tx.now(ref).values;
    if (!provider || !encounterRole) throw conversion('null');
    const there = site.database.ownedBy(target.uuid, 'encounterprovider');
    if (there.some(({ uuid }) => uuid === ref.uuid)) continue;
    if (there.some(({ values }) => values['provider'] === provider && values['encounterRole'] === encounterRole)) writer.forget(ref);
    else {
      tx.adopt(ref, target.uuid);
      if (!writer.isNew(target)) tx.touch(target);
    }
  }
}

function purgeEncounter(writer: Writer, row: Row): void {
  const { tx, site } = writer;
  for (const part of [...obsOf(site, row), ...site.database.ownedBy(row.uuid, 'encounterprovider')]) tx.remove(part);
  tx.remove(row);
}

const liveObs = (row: Row, site: Site): Node => topLevelObs(site, row).flatMap((obs) => (isGone(obs) ? [] : [{ row: obs, as: 'obs' as const }]));
const liveProviders = (row: Row, site: Site): Node =>
  site.database.ownedBy(row.uuid, 'encounterprovider').flatMap((part) => (isGone(part) ? [] : [{ row: part, as: 'encounterprovider' as const }]));
/** Rows of another kind that say they were recorded in it. */
const recordedIn =
  (kind: 'condition' | 'patientdiagnoses' | 'order' | 'allergy') =>
  (row: Row, site: Site): Node =>
    site.database.holding(kind, 'encounter', row.uuid).flatMap((one) => (isGone(one) && kind !== 'order' ? [] : [{ row: one, as: kind }]));

const CREATE = words('encounterDatetime patient encounterType location form orders obs visit encounterProviders diagnoses');
const encounter = resource({
  name: 'encounter',
  javaClass: 'org.openmrs.Encounter',
  life: 'voided',
  version: '2.2',
  privileges: { get: 'Get Encounters', add: 'Add Encounters', edit: 'Edit Encounters', remove: 'Delete Encounters', purge: 'Purge Encounters' },
  fields: {
    ...each('encounterDatetime', { is: 'instant' }),
    patient: one('patient'),
    encounterType: one('encountertype'),
    location: one('location'),
    form: one('form'),
    visit: one('visit'),
  },
  standard:
    'uuid display encounterDatetime patient:ref location:ref form:ref encounterType:ref obs:ref orders voided visit:ref encounterProviders:ref diagnoses',
  full: 'uuid display encounterDatetime patient:ref location form encounterType obs orders voided auditInfo visit encounterProviders diagnoses',
  create: CREATE,
  required: words('patient encounterType'),
  update: [...CREATE, 'voided'],
  parts: ['encounterprovider'],
  display: (row, site) => {
    const at = row.values['encounterDatetime'];
    const day = typeof at === 'number' ? localDate(at, site.zone).split('-').reverse().join('/') : '?';
    return `${String(site.database.find('encountertype', String(row.values['encounterType']))?.values['name'] ?? '?')} ${day}`;
  },
  reads: {
    obs: liveObs,
    encounterProviders: liveProviders,
    orders: recordedIn('order'),
    diagnoses: recordedIn('patientdiagnoses'),
    conditions: recordedIn('condition'),
    allergies: recordedIn('allergy'),
  },
  sets: { obs: setObs, encounterProviders: setProviders, orders: () => undefined, diagnoses: () => undefined },
  save: (writer, target) => {
    if (writer.isNew(target) && writer.tx.now(target).values['encounterDatetime'] === undefined)
      writer.tx.set(target, { encounterDatetime: writer.site.now() });
    saveEncounter(writer, target);
  },
  voids: voidEncounter,
  unvoids: (writer, row) => {
    unvoidEncounter(writer, row);
    saveEncounter(writer, row);
  },
  purges: purgeEncounter,
});

const sameRole = (a: Row, b: Row): boolean => a.values['provider'] === b.values['provider'] && a.values['encounterRole'] === b.values['encounterRole'];
const ownerOf = (writer: Writer, part: Row): Row => writer.tx.now({ kind: 'encounter', uuid: part.owner ?? '' });

/** By itself it is made anew by core, under another uuid, unless it is there (RESTWS-638). */
function saveProvider(writer: Writer, target: Ref): void {
  const { tx, site } = writer;
  const part = tx.now(target);
  const owner = ownerOf(writer, part);
  if (writer.isNew(target)) {
    if (!part.values['provider'] || !part.values['encounterRole']) throw conversion('null');
    const there = site.database.ownedBy(owner.uuid, 'encounterprovider').find((other) => other.uuid !== part.uuid && !isGone(other) && sameRole(other, part));
    tx.remove(part);
    writer.replace(target, there ?? tx.insert('encounterprovider', site.random.uuid(), owner.uuid, part.values));
    if (!there) tx.touch(owner);
  }
  saveEncounter(writer, owner);
}

/** Voided without a reason, and the feed says nothing of it unless the encounter has obs. */
function voidProvider(writer: Writer, row: Row): void {
  const { tx, site } = writer;
  for (const part of site.database.ownedBy(row.owner ?? '', 'encounterprovider')) {
    if (!isGone(part) && sameRole(part, row)) tx.set(part, { voided: true, dateVoided: site.now(), voidedBy: writer.author });
  }
  saveEncounter(writer, ownerOf(writer, row));
}

const provider = resource({
  name: 'encounterprovider',
  javaClass: 'org.openmrs.EncounterProvider',
  life: 'voided',
  version: '1.9',
  under: { parent: 'encounter', path: 'encounterprovider' },
  privileges: { get: 'Get Encounters', add: 'Edit Encounters', edit: 'Edit Encounters', remove: 'Edit Encounters', purge: 'Purge Encounters' },
  fields: { provider: one('provider'), encounterRole: one('encounterrole') },
  standard: 'uuid provider:ref encounterRole:ref voided',
  full: 'uuid provider encounterRole voided auditInfo',
  create: words('provider encounter encounterRole'),
  update: words('encounterRole voided voidReason'),
  display: (row, site) => {
    const found = site.database.find('provider', String(row.values['provider']));
    return `${found ? providerName(found, site) : ''}: ${String(site.database.find('encounterrole', String(row.values['encounterRole']))?.values['name'] ?? '')}`;
  },
  sets: { encounter: () => undefined },
  save: saveProvider,
  voids: voidProvider,
  purges: () => {
    throw notSupported();
  },
});

export const encountersTable: readonly Resource[] = [encounter, provider];

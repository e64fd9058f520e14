import { randomUUID } from 'node:crypto';
import { CARE, ORDER_TYPES, type ResourceName } from '@sync-hub/openmrs-simulator';
import { type Deed, dayOf, type Rival, type Subject } from './deeds.js';
import { type Deletable, part } from './deletions.js';
import { SUBJECTS } from './subjects.js';

const OWN = 'own';

const erase =
  (resource: ResourceName, name = OWN): Deed =>
  ({ at, made }) =>
    at.purge(resource, part(made, name));

/** Whoever is merged away is the patient of the record; who stays was made with her. */
const merge: Deed = ({ at, made }) => at.mergePatients(part(made, 'survivor'), part(made, 'patient'));

const subject = (name: string): Subject => {
  const found = SUBJECTS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`nobody edits ${name}`);
  return found;
};

/** One after the other, each on what the one before has left. */
const inTurn =
  (...deeds: readonly (Deed | undefined)[]): Deed =>
  (scene) =>
    deeds.flatMap((deed, index) => deed?.({ ...scene, word: { ...scene.word, n: scene.word.n + index } }) ?? []);

interface More {
  readonly item?: Rival;
  readonly deletions?: Deletable['deletions'];
  readonly edits?: Deletable['edits'];
}

/** What is edited at the gaps of a write, taken away. */
function deletable(name: string, of: string, { item, deletions = {}, edits = {} }: More): Deletable {
  const { make, ours, rivals } = subject(of);
  const added = item === undefined ? undefined : rivals[item];
  const taken = rivals['a void'];
  return {
    name,
    make,
    deletions: { ...(taken === undefined ? {} : { 'a void': taken }), ...deletions },
    edits: {
      'a field': ours,
      ...(added === undefined ? {} : { 'a new item': added }),
      'several edits': inTurn(ours, rivals['another field'], added),
      ...edits,
    },
  };
}

const recordVisit: Deed = ({ at, made, word }) =>
  void at.care.startVisit({
    uuid: randomUUID(),
    patient: part(made, 'patient'),
    visitType: CARE.facilityVisit,
    startDatetime: `${dayOf(word, '2010-01-01')}T08:00:00`,
  });

const recordInVisit: Deed = ({ at, made, word }) =>
  void at.care.recordEncounter({
    uuid: randomUUID(),
    patient: part(made, 'patient'),
    visit: part(made, OWN),
    encounterType: CARE.visitNote,
    encounterDatetime: '2026-03-02T05:00:00',
    obs: [{ uuid: randomUUID(), concept: CARE.note, value: `N${word.text}` }],
  });

const orderIn: Deed = ({ at, made, word }) => {
  const order = { type: 'testorder', orderType: ORDER_TYPES[1].uuid, concept: CARE.pulse, careSetting: CARE.outpatient, orderer: CARE.doctor };
  at.lists.order({ uuid: randomUUID(), patient: part(made, 'patient'), encounter: part(made, OWN), ...order, instructions: `I${word.text}` });
};

/** An obs is part of its encounter, and taken away and corrected there. */
const OBS: Deletable = {
  name: 'an obs in an encounter',
  make: subject('an obs').make,
  deletions: { 'a void': subject('an obs that is voided').ours, 'an erasure': erase('obs', 'weight') },
  edits: {
    'a field': subject('an obs').ours,
    'a new item': subject('an obs').rivals['a new obs']!,
    'several edits': inTurn(subject('an obs').ours, subject('an obs').rivals['another field'], subject('an obs').ours),
  },
};

/** A kind of metadata, of which records refer to none. */
const VISIT_TYPE: Deletable = {
  name: 'a type of visits',
  make: (at, { text }) => {
    const own = randomUUID();
    at.administrator.add('visittype', { uuid: own, name: `V${text}`, description: 'of old' });
    return { record: `visittype/${own}`, uuids: [own], parts: { own } };
  },
  deletions: { 'a void': ({ at, made }) => at.administrator.retire('visittype', part(made, OWN)), 'an erasure': erase('visittype') },
  edits: {
    'a field': ({ at, made, word }) => at.administrator.edit('visittype', part(made, OWN), { description: word.text }),
    'several edits': ({ at, made, word }) => at.administrator.edit('visittype', part(made, OWN), { description: word.text, name: `W${word.text}` }),
  },
};

/** What the matrix is of. */
export const DELETABLE: readonly Deletable[] = [
  deletable('a patient', 'a date of birth', {
    item: 'another item',
    deletions: { 'an erasure': erase('patient', 'patient'), 'a merge': merge },
    edits: { 'a new record below it': recordVisit },
  }),
  deletable('a visit', 'the end of a visit', {
    item: 'another item',
    deletions: { 'an erasure': erase('visit'), 'a merge': merge },
    edits: { 'a new record below it': recordInVisit },
  }),
  deletable('an encounter', 'the place of an encounter', {
    item: 'a new obs',
    deletions: { 'an erasure': erase('encounter'), 'a merge': merge },
    edits: { 'a new record below it': orderIn },
  }),
  OBS,
  deletable('a relationship', 'a relationship', { deletions: { 'an erasure': erase('relationship'), 'a merge': merge } }),
  deletable('an enrollment', 'an enrollment', {
    deletions: { 'an erasure': erase('programenrollment'), 'a merge': merge },
    edits: { 'a new item': ({ at, made }) => at.programs.moveTo(part(made, OWN), CARE.onTreatment, '2026-01-20') },
  }),
  deletable('a condition', 'a condition', { deletions: { 'an erasure': erase('condition') } }),
  deletable('an order', 'an order', { deletions: { 'an erasure': erase('order') } }),
  deletable('an allergy', 'an allergy', { item: 'another item' }),
  deletable('a place', 'a place', {
    item: 'another item',
    deletions: { 'an erasure': erase('location') },
    edits: {
      'a new record below it': ({ at, made, word }) => void at.addLocation({ uuid: randomUUID(), name: `B${word.text}`, parentLocation: part(made, OWN) }),
    },
  }),
  VISIT_TYPE,
];

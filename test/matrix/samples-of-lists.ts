import { randomUUID } from 'node:crypto';
import { CARE, ORDER_TYPES, SAMPLE } from '@sync-hub/openmrs-simulator';
import { clinic, jane } from '../contract/rest-bench.js';
import { inPlace, NINE, ref, type Sample, TEN } from './sample.js';

type OfLists = 'condition' | 'diagnosis' | 'order' | 'medicationdispense' | 'allergy' | 'diagnosticreport' | 'task' | 'appointment';

/** What is kept as a list of a patient. */
export const SAMPLES_OF_LISTS: Readonly<Record<OfLists, Sample>> = {
  condition: {
    make: (site) => [
      ref(
        'condition',
        site.clinician.lists.addCondition({
          ...{
            patient: jane,
            condition: { coded: CARE.malaria },
            clinicalStatus: 'ACTIVE',
            verificationStatus: 'CONFIRMED',
            onsetDate: NINE,
            additionalDetail: 'twice',
          },
        }),
      ),
    ],
    change: (site, uuid) => {
      const next = site.clinician.lists.editCondition(uuid, { clinicalStatus: 'INACTIVE', endDate: TEN });
      return next === uuid ? [ref('condition', uuid)] : [ref('condition', uuid), ref('condition', next)];
    },
    void: (site, uuid) => site.clinician.lists.voidCondition(uuid),
    restore: (site, uuid) => void site.clinician.lists.editCondition(uuid, { voided: false }),
  },
  diagnosis: {
    make: (site) => {
      const encounter = site.clinician.care.recordEncounter({ patient: jane, encounterType: CARE.visitNote, encounterDatetime: NINE });
      const uuid = site.clinician.lists.addDiagnosis({ patient: jane, encounter, diagnosis: { coded: CARE.malaria }, certainty: 'PROVISIONAL', rank: 1 });
      return [ref('encounter', encounter), ref('diagnosis', uuid)];
    },
    change: inPlace('diagnosis', (site, uuid) => void site.clinician.lists.editDiagnosis(uuid, { certainty: 'CONFIRMED', rank: 2 })),
    void: (site, uuid) => site.clinician.lists.voidDiagnosis(uuid),
    restore: (site, uuid) => void site.clinician.lists.editDiagnosis(uuid, { voided: false }),
  },
  order: {
    make: (site) => {
      const encounter = site.clinician.care.recordEncounter({ patient: jane, encounterType: CARE.visitNote, encounterDatetime: NINE });
      const uuid = site.clinician.lists.order({
        ...{ patient: jane, encounter, careSetting: CARE.outpatient, orderer: CARE.doctor, dateActivated: NINE, type: 'testorder' },
        ...{ orderType: ORDER_TYPES[1]?.uuid, concept: CARE.pulse, clinicalHistory: 'fever' },
      });
      return [ref('encounter', encounter), ref('order', uuid)];
    },
    change: (site, uuid) => [ref('order', uuid), ref('order', site.clinician.lists.follow(uuid, 'REVISE', { clinicalHistory: 'no fever' }))],
    void: (site, uuid) => site.clinician.lists.voidOrder(uuid),
    restore: (site, uuid) => site.clinician.lists.restoreOrder(uuid),
  },
  medicationdispense: {
    make: (site) => [
      ref(
        'medicationdispense',
        site.clinician.lists.dispense({
          ...{ patient: jane, concept: CARE.paracetamolConcept, drug: CARE.paracetamol, status: CARE.yes, location: clinic, dispenser: CARE.nurse },
          ...{ quantity: 20, quantityUnits: CARE.note, dateHandedOver: NINE, dosingInstructions: 'after food', wasSubstituted: false },
        }),
      ),
    ],
    change: inPlace('medicationdispense', (site, uuid) => void site.clinician.lists.editDispense(uuid, { quantity: 10 })),
    void: (site, uuid) => site.clinician.lists.voidDispense(uuid),
    restore: (site, uuid) => void site.clinician.lists.editDispense(uuid, { voided: false }),
  },
  allergy: {
    make: (site) => [
      ref(
        'allergy',
        site.clinician.lists.addAllergy({
          ...{ patient: jane, allergen: { allergenType: 'DRUG', codedAllergen: CARE.paracetamolConcept }, severity: CARE.yes, comment: 'since childhood' },
          reactions: [{ reaction: SAMPLE.malaria }],
        }),
      ),
    ],
    change: inPlace('allergy', (site, uuid) => void site.clinician.lists.changeAllergy(uuid, { comment: 'outgrown' })),
    void: (site, uuid) => site.clinician.lists.voidAllergy(uuid),
    restore: () => {
      throw new Error('nobody brings an allergy back');
    },
  },
  diagnosticreport: {
    make: (site) => {
      const encounter = site.clinician.care.recordEncounter({
        ...{ patient: jane, encounterType: CARE.vitals, encounterDatetime: NINE },
        obs: [{ concept: CARE.weight, value: 61.5 }],
      });
      const weight = site.state().encounters.find(({ uuid }) => uuid === encounter)?.obs[0]?.uuid ?? '';
      const issued = Date.parse('2024-02-01T12:00:00Z');
      const report = { uuid: randomUUID(), status: 'final', code: CARE.weight, subject: jane, encounter, issued, results: [weight], conclusion: 'normal' };
      return [ref('encounter', encounter), ref('diagnosticreport', site.clinician.lists.addReport(report))];
    },
    change: inPlace('diagnosticreport', (site, uuid) => site.clinician.lists.changeReport(uuid, { status: 'amended' })),
    void: (site, uuid) => site.clinician.lists.voidReport(uuid),
    restore: () => {
      throw new Error('nobody brings a report back');
    },
  },
  task: {
    make: (site) => {
      const encounter = site.clinician.care.recordEncounter({ patient: jane, encounterType: CARE.visitNote, encounterDatetime: NINE });
      const uuid = site.clinician.lists.addTask({
        ...{ uuid: randomUUID(), status: 'requested', code: CARE.pulse, comment: 'before noon', executionStartTime: Date.parse(NINE) },
        ...{ for: { reference: `Patient/${jane}`, type: 'Patient' }, encounter: { reference: `Encounter/${encounter}`, type: 'Encounter' } },
        ...{ owner: { reference: `Practitioner/${CARE.nurse}`, type: 'Practitioner' }, location: { reference: `Location/${clinic}`, type: 'Location' } },
        ...{ basedOn: [{ reference: `Encounter/${encounter}`, type: 'Encounter' }], input: [{ type: CARE.note, valueString: 'fasting' }] },
      });
      return [ref('encounter', encounter), ref('task', uuid)];
    },
    change: inPlace('task', (site, uuid) => site.clinician.lists.changeTask(uuid, { status: 'accepted', comment: 'now' })),
    void: (site, uuid) => site.clinician.lists.retireTask(uuid),
    restore: () => {
      throw new Error('nobody brings a task back');
    },
  },
  appointment: {
    make: (site) => {
      const uuid = site.clinician.appointments.add({
        ...{ uuid: randomUUID(), patient: jane, service: 'Eye care', serviceType: 'First visit', location: clinic, status: 'Requested', priority: 'Routine' },
        ...{
          startDateTime: Date.parse(NINE),
          endDateTime: Date.parse(TEN),
          comments: 'with her glasses',
          dateAppointmentScheduled: Date.parse(NINE) - 86_400_000,
        },
        ...{ providers: [{ uuid: CARE.nurse, response: 'ACCEPTED', comments: null }], reasons: [{ uuid: CARE.malaria }] },
      });
      return [ref('appointment', uuid)];
    },
    change: inPlace('appointment', (site, uuid) => site.clinician.appointments.change(uuid, { status: 'CheckedIn', comments: 'came early' })),
    void: (site, uuid) => site.clinician.appointments.void(uuid),
    restore: () => {
      throw new Error('nobody brings an appointment back');
    },
  },
};

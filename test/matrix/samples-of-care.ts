import type { RecordCategory } from '@sync-hub/categories';
import type { Metadata } from '@sync-hub/contracts';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { clinic, district, jane } from '../contract/rest-bench.js';
import { inPlace, NINE, ref, type Sample, TEN } from './sample.js';
import { aClerk } from './sample-clerk.js';
import { aPerson, changedPerson } from './sample-person.js';
import { SAMPLES_OF_LISTS } from './samples-of-lists.js';

const DAY = (day: string): string => `${day}T10:00:00.000+0000`;
/** People, places and care. */
export const SAMPLES_OF_CARE: Readonly<Record<Exclude<RecordCategory, Metadata>, Sample>> = {
  location: {
    make: (site, number) => [
      ref(
        'location',
        site.clinician.addLocation({
          ...{ name: `Ward ${number}`, description: 'for children', parentLocation: clinic, country: 'Kenya', cityVillage: 'Kisumu', latitude: '-0.1' },
          ...{
            address1: 'Block C',
            address6: 'Gate 1',
            postalCode: '40100',
            tags: [SAMPLE.visitTag],
            attributes: [{ attributeType: SAMPLE.facilityCode, value: 'K-1' }],
          },
        }),
      ),
    ],
    change: inPlace('location', (site, uuid) => site.clinician.edit('location', uuid, { description: 'for mothers', parentLocation: district })),
    void: (site, uuid) => site.clinician.retireLocation(uuid),
    restore: (site, uuid) => site.clinician.unretireLocation(uuid),
  },
  person: {
    make: (site, number) => [ref('person', site.clinician.addPerson(aPerson(number)))],
    change: changedPerson,
    void: (site, uuid) => site.clinician.voidPerson(uuid),
    restore: (site, uuid) => site.clinician.restorePerson(uuid),
  },
  patient: {
    make: (site, number) => [
      ref(
        'person',
        site.clinician.addPatient({
          ...aPerson(number),
          identifiers: [
            { identifier: `M-${number}`, identifierType: SAMPLE.openmrsId, location: clinic, preferred: true },
            { identifier: `N-${number}`, identifierType: SAMPLE.nationalId, location: clinic },
          ],
        }),
      ),
    ],
    change: changedPerson,
    void: (site, uuid) => site.clinician.voidPatient(uuid),
    restore: (site, uuid) => site.clinician.restorePatient(uuid),
  },
  cohort: {
    make: (site, number, { hasMemberships }) => {
      const { cohorts } = site.clinician;
      const uuid = cohorts.gather(`On trial ${number}`);
      cohorts.add(uuid, jane, hasMemberships ? { startDate: NINE } : {});
      return [ref('cohort', uuid)];
    },
    change: inPlace('cohort', (site, uuid) => site.clinician.cohorts.describe(uuid, 'who takes part')),
    void: (site, uuid) => site.clinician.cohorts.void(uuid),
    restore: (site, uuid) => site.clinician.cohorts.restore(uuid),
  },
  user: aClerk,
  systemsetting: {
    make: (site, number) => [
      ref(
        'systemsetting',
        site.clinician.administrator.add('systemsetting', { property: `clinic.greeting${number}`, value: 'Karibu', description: 'at the door' }),
      ),
    ],
    change: inPlace('systemsetting', (site, uuid) => site.clinician.administrator.edit('systemsetting', uuid, { value: ' Welcome ' })),
    void: (site, uuid) => site.clinician.administrator.retire('systemsetting', uuid),
    restore: (site, uuid) => site.clinician.administrator.restore('systemsetting', uuid),
  },
  visit: {
    make: (site, number) => {
      const { care } = site.clinician;
      const [start, stop] = [
        `2023-01-${String(1 + (number % 28)).padStart(2, '0')}T09:00:00.000+0000`,
        `2023-01-${String(1 + (number % 28)).padStart(2, '0')}T10:00:00.000+0000`,
      ];
      const uuid = care.startVisit({
        patient: jane,
        visitType: CARE.facilityVisit,
        location: clinic,
        startDatetime: start,
        stopDatetime: stop,
        indication: CARE.malaria,
      });
      care.addVisitAttribute(uuid, { attributeType: CARE.punctuality, value: 'late' });
      return [ref('visit', uuid)];
    },
    change: inPlace('visit', (site, uuid) => site.clinician.care.editVisit(uuid, { indication: null, location: district })),
    void: (site, uuid) => site.clinician.care.voidVisit(uuid),
    restore: (site, uuid) => site.clinician.care.restoreVisit(uuid),
  },
  encounter: {
    make: (site) => [
      ref(
        'encounter',
        site.clinician.care.recordEncounter({
          ...{ patient: jane, encounterType: CARE.vitals, encounterDatetime: NINE, location: clinic, form: CARE.vitalsForm },
          encounterProviders: [{ provider: CARE.nurse, encounterRole: CARE.clinicianRole }],
          obs: [
            { concept: CARE.weight, value: 61.5, comment: 'fasting' },
            {
              concept: CARE.bloodPressure,
              groupMembers: [
                { concept: CARE.systolic, value: 120 },
                { concept: CARE.diastolic, value: 80 },
              ],
            },
            { concept: CARE.note, value: 'Feels better' },
            { concept: CARE.pregnant, value: true },
            { concept: CARE.lastPeriod, value: '2020-04-02' },
            { concept: CARE.diagnosis, value: CARE.malaria },
          ],
        }),
      ),
    ],
    change: inPlace('encounter', (site, uuid) => {
      site.clinician.care.editEncounter(uuid, { location: district });
      site.clinician.care.addObs(uuid, { concept: CARE.pulse, value: 72 });
    }),
    void: (site, uuid) => site.clinician.care.voidEncounter(uuid),
    restore: (site, uuid) => site.clinician.care.restoreEncounter(uuid),
  },
  observation: {
    make: (site) => [
      ref('obs', site.clinician.care.recordObs({ person: jane, obsDatetime: NINE, concept: CARE.weight, value: 60, location: clinic, comment: 'at home' })),
    ],
    change: (site, uuid) => [ref('obs', uuid), ref('obs', site.clinician.care.editObs(uuid, { value: 61 }))],
    void: (site, uuid) => site.clinician.care.voidObs(uuid),
    restore: (site, uuid) => site.clinician.care.restoreObs(uuid),
  },
  relationship: {
    make: (site, number) => {
      const mother = site.clinician.addPerson(aPerson(number));
      const uuid = site.clinician.care.relate({ personA: mother, relationshipType: CARE.parentOf, personB: jane, startDate: NINE });
      return [ref('person', mother), ref('relationship', uuid)];
    },
    change: inPlace('relationship', (site, uuid) => site.clinician.care.editRelationship(uuid, { relationshipType: CARE.doctorOf, endDate: TEN })),
    void: (site, uuid) => site.clinician.care.voidRelationship(uuid),
    restore: (site, uuid) => site.clinician.care.restoreRelationship(uuid),
  },
  programenrollment: {
    make: (site, number) => {
      const day = `20${String(10 + (number % 10)).padStart(2, '0')}-01-05`;
      const enrollment = {
        patient: jane,
        program: CARE.hivProgram,
        dateEnrolled: DAY(day),
        dateCompleted: DAY(day.replace('01-05', '06-05')),
        location: clinic,
      };
      return [ref('programenrollment', site.clinician.programs.enroll(enrollment))];
    },
    change: inPlace('programenrollment', (site, uuid) => site.clinician.programs.edit(uuid, { location: district })),
    void: (site, uuid) => site.clinician.programs.void(uuid),
    restore: (site, uuid) => site.clinician.programs.restore(uuid),
  },
  ...SAMPLES_OF_LISTS,
};

import type { Clinics, Place } from './clinics.js';

/** What is done at the sites at about the same time; the next round begins when nothing moves any more. */
export interface Round {
  readonly title: string;
  readonly work: () => void;
}

/** The same changes every time: every kind of change, at all three sites, of records entered at each. */
export function fixedRounds(clinics: Clinics): readonly Round[] {
  const patient = (site: string, entered: string, index: number): Place => ({ site, uuid: String(clinics.samples.get(entered)?.patients[index]?.uuid) });
  const place = (site: string, entered: string, index: number): Place => ({ site, uuid: String(clinics.samples.get(entered)?.locations[index]?.['uuid']) });
  const [DISTRICT, MATERNITY, OUTPATIENTS] = [1, 3, 4];
  return [
    {
      title: 'edits, new records and voids at all three sites',
      work: () => {
        clinics.correctBirthdate(patient('kisumu', 'kisumu', 0), 1984);
        clinics.correctBirthdate(patient('central', 'kisumu', 1), 1979);
        clinics.changePhone(patient('siaya', 'kisumu', 2), 700_123);
        clinics.addName(patient('kisumu', 'central', 0), 'Zawadi');
        clinics.giveNationalId(patient('siaya', 'central', 1), 4711);
        clinics.addAddress(patient('siaya', 'siaya', 0), 12);
        clinics.correctGender(patient('central', 'siaya', 0), 'O');
        clinics.registerPatient('kisumu', 1);
        clinics.registerPatient('central', 1);
        clinics.addRelative('siaya', 1);
        clinics.openWard('central', 9);
        clinics.openWard('siaya', 7);
        clinics.describeWard(place('kisumu', 'kisumu', MATERNITY), 1);
        clinics.moveWard(place('siaya', 'siaya', MATERNITY), place('siaya', 'siaya', DISTRICT).uuid);
        clinics.closeWard(place('central', 'central', OUTPATIENTS));
        clinics.voidPatient(patient('siaya', 'siaya', 1));
        clinics.voidPatient(patient('kisumu', 'central', 2));
        clinics.voidPatient(patient('central', 'kisumu', 3));
      },
    },
    {
      title: 'restores, and edits of what came from elsewhere',
      work: () => {
        clinics.restorePatient(patient('siaya', 'siaya', 1));
        clinics.restorePatient(patient('central', 'central', 2));
        clinics.restorePatient(patient('kisumu', 'kisumu', 3));
        clinics.reopenWard(place('central', 'central', OUTPATIENTS));
        clinics.voidName(patient('siaya', 'central', 0), 'Zawadi');
        clinics.changePhone(patient('kisumu', 'siaya', 0), 700_456);
        clinics.describeWard(place('central', 'siaya', MATERNITY), 2);
        clinics.voidPatient(patient('siaya', 'siaya', 3));
      },
    },
  ];
}

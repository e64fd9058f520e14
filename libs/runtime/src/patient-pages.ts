import { type CanonicalRecord, patientsOf } from '@sync-hub/categories';
import { PATIENT_UUID, type SiteConfiguration } from '@sync-hub/configuration';
import type { RecordRef, SiteId, Uuid } from '@sync-hub/contracts';

/** Where a site's own pages show a patient; null where nobody said. */
export type PatientPages = (site: SiteId, patient: RecordRef) => Promise<string | null>;

type Held = Pick<CanonicalRecord, 'record' | 'category' | 'fields'>;

/** The patient that somebody looks up for this record: the record itself, or whom it hangs on; of two the first. Null where it belongs to none. */
export function patientToLookUp(held: Held): RecordRef | null {
  return held.category === 'patient' ? held.record : (patientsOf(held)[0] ?? null);
}

/** The pages of the sites that have a `patientPage`, by what each of them calls the patient. */
export const patientPages =
  (
    siteOf: (site: SiteId) => Pick<SiteConfiguration, 'patientPage'> | undefined,
    localUuidOf: (site: SiteId, record: RecordRef) => Promise<Uuid>,
  ): PatientPages =>
  async (site, patient) => {
    const page = siteOf(site)?.patientPage;
    return page === undefined ? null : page.replaceAll(PATIENT_UUID, encodeURIComponent(await localUuidOf(site, patient)));
  };

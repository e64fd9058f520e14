import { describe, expect, it } from '@jest/globals';
import { patientPages, patientToLookUp } from './patient-pages.js';

const CHART = 'https://kisumu.example.org/openmrs/spa/patient/{uuid}/chart';
const asha = { aggregate: 'person', uuid: 'asha' } as const;

describe('the page of a patient', () => {
  const localUuidOf = async (site: string, { uuid }: { readonly uuid: string }) => (site === 'kisumu' ? 'known/as' : uuid);
  const pageOf = patientPages((site) => (site === 'siaya' ? {} : { patientPage: CHART }), localUuidOf);

  it('is asked for by what the site calls the patient, and by nothing that could lead elsewhere', async () => {
    expect(await pageOf('central', asha)).toBe('https://kisumu.example.org/openmrs/spa/patient/asha/chart');
    expect(await pageOf('kisumu', asha)).toBe('https://kisumu.example.org/openmrs/spa/patient/known%2Fas/chart');
  });

  it('is not there where nobody said where it is', async () => {
    expect(await pageOf('siaya', asha)).toBeNull();
  });
});

describe('who is looked up for a record', () => {
  const visit = { aggregate: 'visit', uuid: 'today' } as const;

  it('is the patient, or whom the record hangs on', () => {
    expect(patientToLookUp({ record: asha, category: 'patient', fields: {} })).toEqual(asha);
    expect(patientToLookUp({ record: visit, category: 'visit', fields: { patient: 'asha' } })).toEqual(asha);
  });

  it('is nobody where it belongs to no patient, or does not say to whom', () => {
    expect(patientToLookUp({ record: asha, category: 'person', fields: {} })).toBeNull();
    expect(patientToLookUp({ record: { aggregate: 'location', uuid: 'ward' }, category: 'location', fields: {} })).toBeNull();
    expect(patientToLookUp({ record: visit, category: 'visit', fields: {} })).toBeNull();
  });
});

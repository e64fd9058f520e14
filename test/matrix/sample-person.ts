import { SAMPLE } from '@sync-hub/openmrs-simulator';
import { clinic } from '../contract/rest-bench.js';
import { inPlace } from './sample.js';

/** The whole of a person: all parts of a name and an address, an exact and an estimated birth, a death with its cause. */
export const aPerson = (number: number) => ({
  gender: 'F',
  birthdate: '1984-05-17',
  birthdateEstimated: true,
  dead: true,
  deathDate: '2024-02-01T10:00:00.000+0000',
  causeOfDeath: SAMPLE.malaria,
  names: [
    {
      givenName: 'Akinyi',
      middleName: 'Grace',
      familyName: `Odhiambo ${number}`,
      familyName2: 'Otieno',
      prefix: 'Dr',
      familyNameSuffix: 'Jr',
      preferred: true,
    },
    { givenName: 'Grace', familyName: `Odhiambo ${number}` },
  ],
  addresses: [
    {
      ...{
        address1: `Plot ${number}`,
        address2: 'Block B',
        address3: 'Floor 2',
        address4: 'Room 1',
        address5: 'By the lake',
        address6: 'Gate 3',
        preferred: true,
      },
      ...{
        cityVillage: 'Kapina',
        countyDistrict: 'Siaya',
        stateProvince: 'Nyanza',
        country: 'Kenya',
        postalCode: '40600',
        latitude: '-0.06',
        longitude: '34.28',
      },
    },
  ],
  attributes: [
    { attributeType: SAMPLE.phone, value: `07000000${number}` },
    { attributeType: SAMPLE.civilStatus, value: SAMPLE.married },
    { attributeType: SAMPLE.healthCentre, value: clinic },
  ],
});
/** What is said of that person otherwise, and a name more. */
export const changedPerson = inPlace('person', (site, uuid) => {
  site.clinician.edit('person', uuid, { gender: 'O', birthdate: '1985-01-02', birthdateEstimated: false });
  site.clinician.addName(uuid, { givenName: 'Grace', middleName: 'A', familyName: 'Omondi' });
});

import { type FhirView, said, textOf } from './fhir-view.js';

const WRITTEN = ['name', 'description', 'cityVillage', 'stateProvince', 'country', 'postalCode', 'parentLocation'];

/**
 * A place (fhir2 4.2 LocationTranslatorImpl): what is not said of these is emptied, so that all of them are said; lines of the address, the county and
 * attributes are not read, tags only added, and of coordinates those south or west of zero are lost, so that none of these is sent. A parent that is retired
 * is not found by its reference.
 */
export const locationView: FhirView = {
  resource: 'Location',
  since: '1.3.0',
  writes: WRITTEN,
  put: ({ held, wanted, localUuid }) => {
    const unseen = WRITTEN.filter((name) => !held.covers.includes(name));
    if (unseen.length > 0 || textOf(wanted, 'name') === null) return { cannot: unseen.length > 0 ? unseen : ['name'] };
    const parent = textOf(wanted, 'parentLocation');
    const address = said({ city: wanted['cityVillage'], state: wanted['stateProvince'], country: wanted['country'], postalCode: wanted['postalCode'] });
    return {
      resource: said({
        name: wanted['name'],
        description: wanted['description'],
        ...(Object.keys(address).length === 0 ? {} : { address }),
        partOf: parent === null ? null : { reference: `Location/${localUuid('location', parent)}` },
      }),
    };
  },
};

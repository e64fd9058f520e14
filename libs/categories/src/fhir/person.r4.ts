import { itemPath } from '@sync-hub/merge';
import { partsOf } from '../list.js';
import { addedOnly, type FhirJson, type FhirSides, type FhirView, said, textOf } from './fhir-view.js';

const EXT = 'http://fhir.openmrs.org/ext';
/** GenderTranslatorImpl; any other letter is not said. */
const GENDERS: Readonly<Record<string, string>> = { M: 'male', F: 'female', O: 'other', U: 'unknown' };

/**
 * A person, or the person of a patient (fhir2 4.2 PatientTranslatorImpl, PersonTranslatorImpl). What a body does not hold stays as it is, so that only what
 * changes is sent. A name or an address is added under the id of its element, which is the uuid it has elsewhere; none is changed (a name that is sent again
 * is written onto or not, by release; an address never is) or taken away, and none is made the preferred one. An estimated date of birth is told as its year
 * or month, a death without its cause, which core demands.
 */
export const personView = (resource: 'Patient' | 'Person'): FhirView => ({
  resource,
  since: '1.3.0',
  writes: ['gender', 'birthdate', 'birthdateEstimated', 'names', 'addresses'],
  put: (sides) => {
    const { writes, wanted } = sides;
    const gender = GENDERS[textOf(wanted, 'gender') ?? ''];
    const [names, addresses] = [addedElements('names', sides, nameElement), addedElements('addresses', sides, addressElement)];
    const isBorn = writes.fields.has('birthdate') || writes.fields.has('birthdateEstimated');
    const birthDate = wanted['birthdateEstimated'] === true ? null : textOf(wanted, 'birthdate');
    const cannot = [
      ...(writes.fields.has('gender') && gender === undefined ? ['gender'] : []),
      ...(isBorn && birthDate === null ? ['birthdate'] : []),
      ...(names === null ? ['names'] : []),
      ...(addresses === null ? ['addresses'] : []),
    ];
    if (cannot.length > 0) return { cannot };
    return {
      resource: said({
        ...(writes.fields.has('gender') ? { gender } : {}),
        ...(isBorn ? { birthDate } : {}),
        ...(names === null || names.length === 0 ? {} : { name: names }),
        ...(addresses === null || addresses.length === 0 ? {} : { address: addresses }),
      }),
    };
  },
});

/** The new items of a list, each under the uuid it has elsewhere; `null` where one has none, or cannot be said. */
function addedElements(list: string, sides: FhirSides, element: (key: string, uuid: string) => FhirJson | null): readonly FhirJson[] | null {
  const elements = addedOnly(list, sides)?.map((key) => {
    const uuid = sides.incoming.itemUuids[itemPath(list, key)];
    return uuid === undefined ? null : element(key, uuid);
  });
  return elements === undefined || elements.includes(null) ? null : (elements as readonly FhirJson[]);
}

/** One given name alone would make the middle one the empty text (PersonNameTranslatorImpl). */
function nameElement(key: string, uuid: string): FhirJson | null {
  const { givenName, middleName, familyName, ...own } = partsOf(key);
  if (typeof givenName !== 'string' || typeof middleName !== 'string' || typeof familyName !== 'string') return null;
  return said({ id: uuid, family: familyName, given: [givenName, middleName], extension: ownParts(`${EXT}/name`, own) });
}

/** Latitude, longitude and dates are not said (PersonAddressTranslatorImpl), and the county by newer releases alone (1.3 does not know it, 4.2 does). */
function addressElement(key: string, uuid: string): FhirJson | null {
  const { cityVillage, stateProvince, country, postalCode, ...lines } = partsOf(key);
  if (Object.keys(lines).some((part) => !part.startsWith('address'))) return null;
  return said({
    id: uuid,
    use: 'old',
    city: cityVillage,
    state: stateProvince,
    country,
    postalCode,
    extension: ownParts(`${EXT}/address`, lines),
  });
}

function ownParts(url: string, parts: Readonly<Record<string, unknown>>): readonly FhirJson[] | null {
  const extension = Object.entries(parts).map(([name, value]) => ({ url: `${url}#${name}`, valueString: value }));
  return extension.length === 0 ? null : [{ url, extension }];
}

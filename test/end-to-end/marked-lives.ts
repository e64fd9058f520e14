import type { World } from '@sync-hub/demo';
import { SAMPLE, type WrongBody } from '@sync-hub/openmrs-simulator';
import { liveMarkedCare } from './marked-care.js';
import { aUuid } from './running-hub.js';
import { hasFailed, type Query, watching } from './watched.js';

/** Stands in every name, identifier, address, number, description and reason of these lives, and nowhere else. */
const MARK = /zqmark|1911-11-1\d|79-98-87-76/i;

/** What is around each mark in these texts. */
export const marksIn = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => [...text.matchAll(new RegExp(MARK, 'gi'))].map(({ index }) => text.slice(Math.max(0, index - 60), index + 60)));

/** A mark, to be planted. */
export const PLANTED = 'zqmark-planted';

const OTHER_TYPE = 'f1f5d5a0-0c5b-4a3e-9d5e-3a3bb5ad0101';
const BROKEN: readonly WrongBody[] = ['truncated', 'wrong-type', 'json-stack-trace-200', 'json-stack-trace-500'];

function aPatient(clinic: string, identifier: string, attributes: readonly { readonly attributeType: string; readonly value: string }[] = []) {
  return {
    uuid: aUuid(),
    gender: 'F',
    birthdate: '1911-11-13',
    names: [{ givenName: 'Zqmarkina', middleName: 'Zqmarkabel', familyName: 'O’Zqmark', preferred: true }],
    addresses: [{ preferred: true, address1: 'Zqmark house 7', cityVillage: 'Zqmarkville', country: 'Zqmarkland' }],
    attributes: [{ attributeType: SAMPLE.phone, value: '+254 79-98-87-76' }, ...attributes],
    identifiers: [{ identifier, identifierType: SAMPLE.openmrsId, location: clinic, preferred: true }],
  };
}

/**
 * Marked people and places live through all that can happen to a record: they travel, are edited and voided, disputed, refused for
 * an identifier, lack metadata, and come as broken bodies and as errors that quote them. Ends once the hub's books hold all of it.
 */
export async function liveMarkedLives(world: World, query: Query): Promise<void> {
  const [central, kisumu, siaya] = ['central', 'kisumu', 'siaya'].map(world.site);
  if (central === undefined || kisumu === undefined || siaya === undefined) throw new Error('three sites are needed');
  const person = (site: typeof central, uuid: string) => site.state().people.find((one) => one.uuid === uuid);
  const { has, books } = watching(query);

  const clinic = kisumu.clinician.addLocation({ uuid: aUuid(), name: 'Zqmark clinic', description: 'Behind the zqmark tree', address1: 'Zqmark road' });
  const jane = kisumu.clinician.addPatient(aPatient(clinic, 'ZQMARK-100GEJ'));
  const gone = kisumu.clinician.addPatient(aPatient(clinic, 'ZQMARK-200GEJ'));
  await has('they are everywhere', () => [central, siaya].every((site) => [jane, gone].every((uuid) => person(site, uuid) !== undefined)));

  kisumu.clinician.edit('person', jane, { birthdate: '1911-11-13', gender: 'M' });
  kisumu.clinician.addAddress(jane, { cityVillage: 'New Zqmarkville' });
  kisumu.clinician.voidPatient(gone, 'the zqmark twins are one');
  await has('an edit and a void have travelled', () => person(central, jane)?.values['gender'] === 'M' && person(central, gone)?.gone === true);

  kisumu.clinician.edit('location', clinic, { name: 'Zqmark clinic of kisumu' });
  central.clinician.edit('location', clinic, { name: 'Zqmark clinic of central' });
  await has('it is disputed', books(`select 1 from conflict where uuid = $1 and closed_at is null`, clinic));

  const twin = aPatient(clinic, 'ZQMARK-300GEJ');
  central.clinician.addPatient({ ...twin, uuid: aUuid() });
  kisumu.clinician.addPatient(twin);
  await has('an identifier is in use', books(`select 1 from job where uuid = $1 and code = 'identifier-in-use'`, twin.uuid));

  kisumu.seedMetadata({ personattributetype: [{ uuid: OTHER_TYPE, name: 'Zqmark type', format: 'java.lang.String', sortWeight: 9, searchable: false }] });
  const unmapped = kisumu.clinician.addPatient(aPatient(clinic, 'ZQMARK-400GEJ', [{ attributeType: OTHER_TYPE, value: 'zqmark value' }]));
  await has('metadata is missing', books(`select 1 from job where uuid = $1 and reason = 'unmapped'`, unmapped));

  const failed = BROKEN.map((body) => {
    const uuid = aUuid();
    kisumu.faults.wrongBody(({ method, path }) => method === 'GET' && path.includes(uuid), body);
    kisumu.clinician.addLocation({ uuid, name: `Zqmark ward ${uuid}`, description: 'zqmark' });
    return uuid;
  });
  const unanswered = aUuid();
  central.faults.wrongBody(({ method, path }) => method === 'POST' && path.endsWith(`/location/${unanswered}`), 'json-stack-trace-500');
  kisumu.clinician.addLocation({ uuid: unanswered, name: 'Zqmark ward 9' });
  await has('the ward is there', () => central.state().locations.some(({ uuid }) => uuid === unanswered));
  kisumu.clinician.edit('location', unanswered, { name: 'Zqmark ward 10' });
  await has('a write is answered with an error that quotes it', books(`select 1 from inbox where stage = 'push' and code = 'server-error'`));
  for (const uuid of failed) await has('each of the broken has failed', books(hasFailed, uuid));
  await liveMarkedCare(world, { has, books }, jane);
}

/** Requests to a site whose address holds a mark. */
export const markedAddresses = (world: World): string[] =>
  [...world.sites.values()]
    .flatMap(({ requests }) => requests.map(({ path, query }) => decodeURIComponent(`${path}?${query}`.replaceAll('+', ' '))))
    .filter((address) => marksIn([address]).length > 0);

import { type PersonState, type RowState, SAMPLE } from '@sync-hub/openmrs-simulator';
import { type Act, byUuid, creating, type Fits, place, type Scene, type Undo } from './act.js';
import { live } from './held.js';

function onPerson(
  name: string,
  weight: number,
  carryOut: (scene: Scene, row: PersonState) => Undo | null,
  fits: Fits<PersonState> = () => true,
  gone = false,
): Act {
  return {
    name,
    weight,
    on: 'person',
    choose: (state, random, record) => random.pick(byUuid(state.people, record).filter((row) => row.gone === gone && fits(row)))?.uuid ?? null,
    carryOut: (scene) => ({ record: `person/${scene.record}`, undo: carryOut(scene, scene.state.people.find(({ uuid }) => uuid === scene.record)!) }),
  };
}

/** What a part says, as a body takes it. */
const partOf = ({ values }: RowState): Record<string, unknown> => Object.fromEntries(Object.entries(values).filter(([key]) => key !== 'preferred'));

const name = ({ random, token }: Scene) => ({ uuid: random.uuid(), givenName: `G${token}`, familyName: `F${token}` });
const address = ({ random, token }: Scene) => ({ uuid: random.uuid(), address1: `A${token}`, cityVillage: `V${token}`, country: 'Kenya' });

const personBody = (scene: Scene) => ({
  uuid: scene.record,
  gender: scene.random.pick(['F', 'M'])!,
  birthdate: dateOf(scene),
  names: [{ ...name(scene), preferred: true }],
  addresses: [{ ...address(scene), preferred: true }],
  attributes: [{ uuid: scene.random.uuid(), attributeType: SAMPLE.phone, value: `P${scene.token}` }],
});

const dateOf = ({ random }: Scene): string => `${1940 + random.below(80)}-0${1 + random.below(9)}-1${random.below(10)}`;

/** What people do with persons and patients. */
export const PEOPLE_ACTS: readonly Act[] = [
  creating('create patient', 6, 'patient', (scene) => {
    scene.at.addPatient({
      ...personBody(scene),
      identifiers: [{ uuid: scene.random.uuid(), identifier: `I${scene.token}`, identifierType: SAMPLE.openmrsId, location: place(scene), preferred: true }],
    });
  }),
  creating('create person', 3, 'person', (scene) => void scene.at.addPerson(personBody(scene))),
  onPerson('edit person', 10, (scene, row) => {
    const { at, random, token } = scene;
    const key = random.pick(['gender', 'birthdate', 'birthdateEstimated'] as const)!;
    const before = row.values[key] ?? null;
    const value = { gender: `U${token}`, birthdate: dateOf(scene), birthdateEstimated: before !== true }[key];
    at.edit('person', row.uuid, { [key]: value });
    return () => at.edit('person', row.uuid, { [key]: before });
  }),
  onPerson('edit name', 8, ({ at, random, token }, row) => {
    const part = random.pick(live(row.names));
    if (part === undefined) return null;
    const key = random.pick(['givenName', 'middleName', 'familyName'])!;
    const before = part.values[key] ?? null;
    at.editName(part.uuid, { [key]: `N${token}` });
    return () => at.editName(part.uuid, { [key]: before });
  }),
  onPerson('add name', 3, (scene, row) => {
    const added = scene.at.addName(row.uuid, name(scene));
    return () => scene.at.voidName(added);
  }),
  onPerson(
    'void name',
    2,
    ({ at, random }, row) => {
      const part = random.pick(live(row.names))!;
      at.voidName(part.uuid);
      return () => void at.addName(row.uuid, partOf(part) as { givenName: string });
    },
    (row) => live(row.names).length > 1,
  ),
  onPerson(
    'prefer another name',
    2,
    ({ at, random }, row) => {
      const before = live(row.names).find(({ values }) => values['preferred'] === true);
      at.setPreferredName(row.uuid, random.pick(live(row.names).filter((one) => one !== before))!.uuid);
      return before === undefined ? null : () => at.setPreferredName(row.uuid, before.uuid);
    },
    (row) => live(row.names).length > 1,
  ),
  onPerson(
    'edit address',
    6,
    ({ at, random, token }, row) => {
      const part = random.pick(live(row.addresses))!;
      const key = random.pick(['address1', 'cityVillage', 'postalCode'])!;
      const before = part.values[key] ?? null;
      at.editAddress(part.uuid, { [key]: `X${token}` });
      return () => at.editAddress(part.uuid, { [key]: before });
    },
    (row) => live(row.addresses).length > 0,
  ),
  onPerson('add address', 3, (scene, row) => {
    const added = scene.at.addAddress(row.uuid, address(scene));
    return () => scene.at.voidAddress(added);
  }),
  onPerson(
    'void address',
    2,
    ({ at, random }, row) => {
      const part = random.pick(live(row.addresses))!;
      at.voidAddress(part.uuid);
      return () => void at.addAddress(row.uuid, partOf(part));
    },
    (row) => live(row.addresses).length > 0,
  ),
  onPerson(
    'prefer another address',
    2,
    ({ at, random }, row) => {
      const before = live(row.addresses).find(({ values }) => values['preferred'] === true);
      at.setPreferredAddress(row.uuid, random.pick(live(row.addresses).filter((one) => one !== before))!.uuid);
      return before === undefined ? null : () => at.setPreferredAddress(row.uuid, before.uuid);
    },
    (row) => live(row.addresses).length > 1,
  ),
  onPerson(
    'edit attribute',
    6,
    ({ at, random, token }, row) => {
      const part = random.pick(live(row.attributes))!;
      const isText = part.values['attributeType'] === SAMPLE.phone;
      const before = String(part.values['value']);
      at.editAttribute(part.uuid, {
        value: isText ? `T${token}` : random.pick(part.values['attributeType'] === SAMPLE.civilStatus ? [SAMPLE.married, SAMPLE.single] : [before])!,
      });
      return () => at.editAttribute(part.uuid, { value: before });
    },
    (row) => live(row.attributes).length > 0,
  ),
  onPerson('set attribute', 3, (scene, row) => {
    const type = scene.random.pick([SAMPLE.phone, SAMPLE.civilStatus, SAMPLE.healthCentre])!;
    const value = {
      [SAMPLE.phone]: `S${scene.token}`,
      [SAMPLE.civilStatus]: scene.random.pick([SAMPLE.married, SAMPLE.single])!,
      [SAMPLE.healthCentre]: place(scene),
    }[type]!;
    scene.at.addAttribute(row.uuid, { attributeType: type, value });
    return null;
  }),
  onPerson(
    'void attribute',
    2,
    ({ at, random }, row) => {
      const part = random.pick(live(row.attributes))!;
      at.voidAttribute(part.uuid);
      return () => void at.addAttribute(row.uuid, partOf(part) as { attributeType: string; value: string });
    },
    (row) => live(row.attributes).length > 0,
  ),
  onPerson(
    'add identifier',
    4,
    ({ at, random, token }, row) => {
      const added = at.addIdentifier(row.uuid, { uuid: random.uuid(), identifier: `K${token}`, identifierType: SAMPLE.nationalId });
      return () => at.voidIdentifier(added);
    },
    ({ isPatient }) => isPatient,
  ),
  onPerson(
    'edit identifier',
    4,
    ({ at, random, token }, row) => {
      const part = random.pick(live(row.identifiers))!;
      const before = String(part.values['identifier']);
      at.editIdentifier(part.uuid, { identifier: `E${token}` });
      return () => at.editIdentifier(part.uuid, { identifier: before });
    },
    (row) => row.isPatient && live(row.identifiers).length > 0,
  ),
  onPerson(
    'move identifier',
    3,
    (scene, row) => {
      const part = live(row.identifiers).find(({ values }) => values['identifierType'] === SAMPLE.openmrsId);
      if (part === undefined) return null;
      const before = part.values['location'];
      scene.at.editIdentifier(part.uuid, { location: place(scene) });
      return () => scene.at.editIdentifier(part.uuid, { location: before });
    },
    ({ isPatient }) => isPatient,
  ),
  onPerson(
    'void identifier',
    2,
    ({ at, random }, row) => {
      const part = random.pick(live(row.identifiers))!;
      // Whoever takes the preferred one away says first which shall be it: a patient of whom none is marked cannot be saved.
      if (part.values['preferred'] === true) at.editIdentifier(random.pick(live(row.identifiers).filter((one) => one !== part))!.uuid, { preferred: true });
      at.voidIdentifier(part.uuid);
      return () => void at.addIdentifier(row.uuid, partOf(part) as { identifier: string; identifierType: string });
    },
    (row) => row.isPatient && live(row.identifiers).length > 1,
  ),
  onPerson(
    'register person as patient',
    1,
    (scene, row) => {
      scene.at.registerPatient(row.uuid, [{ identifier: `R${scene.token}`, identifierType: SAMPLE.openmrsId, location: place(scene), preferred: true }]);
      return null;
    },
    ({ isPatient }) => !isPatient,
  ),
  onPerson('void', 3, ({ at }, row) => {
    if (row.isPatient) at.voidPatient(row.uuid);
    else at.voidPerson(row.uuid);
    return () => (row.isPatient ? at.restorePatient(row.uuid) : at.restorePerson(row.uuid));
  }),
  onPerson(
    'restore',
    4,
    ({ at }, row) => {
      if (row.isPatient) at.restorePatient(row.uuid);
      else at.restorePerson(row.uuid);
      return () => (row.isPatient ? at.voidPatient(row.uuid) : at.voidPerson(row.uuid));
    },
    () => true,
    true,
  ),
];

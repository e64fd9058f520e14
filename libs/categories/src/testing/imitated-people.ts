import { personScalarsOn } from '../person.category.js';
import { addressParts } from '../person-lists.js';
import type { Platform } from '../platform.js';
import type { Step } from '../step.js';
import type { ImitatedAnswer } from './rest-imitation.js';
import { type Clock, changeRow, isLive, newRow, Refused, type Row, ref, requireKnown } from './rest-row.js';

const NAME_PARTS = ['prefix', 'givenName', 'middleName', 'familyNamePrefix', 'familyName', 'familyName2', 'familyNameSuffix', 'degree'];
const LISTS: Readonly<Record<string, string>> = { name: 'names', address: 'addresses', attribute: 'attributes', identifier: 'identifiers' };

/** The people of the imitation. A patient is a person with identifiers. */
export class ImitatedPeople {
  private readonly persons = new Map<string, Row>();
  private readonly patients = new Map<string, Row>();
  constructor(
    private readonly platform: Platform,
    private readonly clock: Clock,
  ) {}

  uuids = (patients: boolean): string[] => [...(patients ? this.patients : this.persons).keys()];

  apply({ method, body = {} }: Step, asPatient: boolean, uuid: string | undefined, list: string | undefined, item: string | undefined): ImitatedAnswer {
    if (uuid === undefined) return asPatient ? this.createPatient(body) : { status: 201, uuid: this.createPerson(body, this.platform.takesUuids) };
    const person = this.persons.get(uuid);
    const patient = this.patients.get(uuid);
    const row = asPatient ? patient : person;
    if (row === undefined || person === undefined) throw new Refused(404);
    if (list !== undefined) return this.applyToItem(row, { method, body }, LISTS[list] ?? '', item);
    if (method === 'DELETE' || (this.platform.undeletes && 'deleted' in body)) {
      for (const one of [person, patient]) if (one !== undefined) changeRow(this.clock, one, { voided: method === 'DELETE' });
      return { status: method === 'DELETE' ? 204 : 200, uuid };
    }
    this.changePerson(person, body);
    return { status: 200, uuid };
  }

  personBody(uuid: string): Row | undefined {
    const person = this.persons.get(uuid);
    if (person === undefined) return undefined;
    const scalars = Object.fromEntries(personScalarsOn(this.platform).map((name) => [name, person[name] ?? null]));
    const parts = (list: string, names: readonly string[]) =>
      listOf(person, list).map((row) => ({ ...Object.fromEntries(names.map((name) => [name, row[name] ?? null])), ...row }));
    return {
      uuid,
      ...scalars,
      causeOfDeath: ref(person['causeOfDeath']),
      names: parts('names', NAME_PARTS),
      addresses: parts('addresses', addressParts(this.platform)),
      attributes: listOf(person, 'attributes').map((row) => ({ ...row, attributeType: ref(row['attributeType']) })),
      voided: person['voided'],
      auditInfo: person['auditInfo'],
    };
  }

  patientBody(uuid: string): Row | undefined {
    const patient = this.patients.get(uuid);
    if (patient === undefined) return undefined;
    const identifiers = listOf(patient, 'identifiers').map((row) => ({ ...row, identifierType: ref(row['identifierType']), location: ref(row['location']) }));
    return { uuid, identifiers, person: this.personBody(uuid), voided: patient['voided'], auditInfo: patient['auditInfo'] };
  }

  /** What may be true after no step at all. */
  violations(): string[] {
    const twice = [...this.persons.values(), ...this.patients.values()].flatMap((row) =>
      Object.values(LISTS).filter((list) => listOf(row, list).filter((item) => item['preferred'] === true).length > 1),
    );
    const bare = [...this.patients.values()].filter((row) => isLive(row) && listOf(row, 'identifiers').length === 0);
    return [...twice.map((list) => `two preferred ${list}`), ...bare.map(() => 'a patient without an identifier')];
  }

  private createPatient(body: Row): ImitatedAnswer {
    requireKnown(body, ['person', 'identifiers']);
    const identifiers = (body['identifiers'] ?? []) as Row[];
    if (identifiers.length === 0) throw new Refused(400);
    const uuid = typeof body['person'] === 'string' ? body['person'] : this.createPerson(body['person'] as Row, true);
    if (!this.persons.has(uuid) || this.patients.has(uuid)) throw new Refused(500);
    this.patients.set(
      uuid,
      newRow(this.clock, {
        uuid,
        voided: false,
        identifiers: identifiers.map((row) => newRow(this.clock, { voided: false, preferred: false, location: null, ...row })),
      }),
    );
    return { status: 201, uuid };
  }

  private createPerson({ names = [], addresses = [], attributes = [], ...scalars }: Row, takesUuid: boolean): string {
    requireKnown(scalars, [...personScalarsOn(this.platform), ...(takesUuid ? ['uuid'] : [])]);
    const rows = (items: unknown) => (items as Row[]).map((row) => newRow(this.clock, { voided: false, ...row }));
    const person = newRow(this.clock, { voided: false, ...scalars, names: rows(names), addresses: rows(addresses), attributes: rows(attributes) });
    if (listOf(person, 'names').length === 0 || typeof person['gender'] !== 'string') throw new Refused(400);
    if (this.persons.has(person['uuid'] as string)) throw new Refused(500);
    keepOnePreferred(person);
    this.persons.set(person['uuid'] as string, person);
    return person['uuid'] as string;
  }

  private changePerson(person: Row, { preferredName, preferredAddress, ...scalars }: Row): void {
    requireKnown(scalars, personScalarsOn(this.platform));
    for (const [list, uuid] of [
      ['names', preferredName],
      ['addresses', preferredAddress],
    ] as const) {
      if (uuid === undefined) continue;
      if (!listOf(person, list).some((row) => row['uuid'] === uuid)) throw new Refused(400);
      for (const row of listOf(person, list)) if (row['preferred'] !== (row['uuid'] === uuid)) changeRow(this.clock, row, { preferred: row['uuid'] === uuid });
    }
    changeRow(this.clock, person, scalars);
  }

  private applyToItem(owner: Row, { method, body }: { method: string; body: Row }, list: string, item: string | undefined): ImitatedAnswer {
    const rows = owner[list] as Row[];
    if (item === undefined && !this.platform.takesItemUuids && 'uuid' in body) throw new Refused(400);
    if (
      item === undefined &&
      [...this.persons.values(), ...this.patients.values()].some((one) => ((one[list] ?? []) as Row[]).some((row) => row['uuid'] === body['uuid']))
    )
      throw new Refused(500);
    const row =
      item === undefined
        ? newRow(this.clock, { voided: false, preferred: false, ...(list === 'identifiers' ? { location: null } : {}), ...body })
        : rows.find((candidate) => candidate['uuid'] === item);
    if (row === undefined) throw new Refused(404);
    if (item === undefined && list === 'attributes')
      for (const other of listOf(owner, list)) if (other['attributeType'] === body['attributeType']) changeRow(this.clock, other, { voided: true });
    if (item === undefined) rows.push(row);
    else changeRow(this.clock, row, method === 'DELETE' ? { voided: true } : body);
    if (list === 'identifiers' && this.platform.demotesIdentifiers && body['preferred'] === true)
      for (const other of rows) if (other !== row && other['preferred'] === true) changeRow(this.clock, other, { preferred: false });
    if (list !== 'identifiers') keepOnePreferred(owner);
    return { status: method === 'DELETE' ? 204 : item === undefined ? 201 : 200, uuid: row['uuid'] as string };
  }
}

const listOf = (row: Row, list: string): Row[] => ((row[list] ?? []) as Row[]).filter(isLive);

/** What core does whenever a person is saved (PersonServiceImpl.setPreferredPersonName): the first that is marked, else the first. */
function keepOnePreferred(person: Row): void {
  for (const list of ['names', 'addresses']) {
    const live = listOf(person, list);
    const chosen = live.find((row) => row['preferred'] === true) ?? live[0];
    for (const row of live) row['preferred'] = row === chosen;
  }
}

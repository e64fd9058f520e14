import type { Kind, Row, Value, Values } from '../database.js';
import { demoteOthers, inOrder, isBlank } from '../parts.js';
import { resourceOf } from '../resource.js';
import type { SiteReading, Stu3Writing } from './fhir-call.js';
import { nullPointer } from './fhir-error.js';
import { compact, isJson, type Json, listIn, textIn } from './fhir-json.js';

const LINES = ['address1', 'address2', 'address3', 'address4', 'address5'] as const;

/** `FHIRHumanNameUtil.buildHumanName`: voided ones too; the prefix of the family name is shown as the prefix once more. */
export const shownNames = (person: Row, { engine }: SiteReading): readonly Json[] =>
  inOrder(engine.database, person, 'personname').map(({ uuid, values }) => {
    const ids = [...(values['prefix'] ? ['PREFIX'] : []), ...(values['familyNamePrefix'] ? ['FAMILY_PREFIX'] : [])];
    return compact({
      id: uuid,
      use: values['preferred'] === true ? 'usual' : 'old',
      family: values['familyName'],
      given: [values['givenName'], values['middleName']],
      prefix: ids.map(() => values['prefix']),
      _prefix: ids.map((id) => ({ id })),
      suffix: [values['familyNameSuffix']],
    });
  });

/** `FHIRAddressUtil.buildAddress`: voided ones too; a line that is empty leaves no gap, so that those after it move up. */
export const shownAddresses = (person: Row, { engine }: SiteReading): readonly Json[] =>
  inOrder(engine.database, person, 'personaddress').map(({ uuid, values }) =>
    compact({
      id: uuid,
      use: values['preferred'] === true ? 'home' : 'old',
      line: LINES.map((line) => values[line]),
      city: values['cityVillage'],
      state: values['stateProvince'],
      postalCode: values['postalCode'],
      country: values['country'],
    }),
  );

const texts = (json: Json, key: string): readonly string[] =>
  Array.isArray(json[key]) ? json[key].filter((item): item is string => typeof item === 'string') : [];

/** Over a prefix without an element id Java falls. */
function prefixes(name: Json): Values {
  const ids = Array.isArray(name['_prefix']) ? name['_prefix'] : [];
  const named = texts(name, 'prefix').map((value, i) => {
    const id: unknown = isJson(ids[i]) ? ids[i]['id'] : undefined;
    if (typeof id !== 'string') throw nullPointer();
    return [id.toUpperCase() === 'PREFIX' ? 'prefix' : id.toUpperCase() === 'FAMILY_PREFIX' ? 'familyNamePrefix' : '', value] as const;
  });
  return Object.fromEntries(named.filter(([key]) => key !== ''));
}

export interface PostedPart {
  readonly id: string | null;
  readonly values: Values;
}

/** `FHIRHumanNameUtil.buildOpenmrsPersonName`. */
export const postedNames = (body: Json): readonly PostedPart[] =>
  listIn(body, 'name').map((name) => {
    const [given, middle] = texts(name, 'given');
    const [suffix] = texts(name, 'suffix');
    const values = {
      ...{ familyName: textIn(name, 'family'), givenName: given ?? null, middleName: middle ?? null, familyNameSuffix: suffix ?? null },
      preferred: name['use'] === 'official' || name['use'] === 'usual',
      ...prefixes(name),
    };
    return { id: textIn(name, 'id'), values };
  });

/** `FHIRAddressUtil.buildPersonAddress`; over one without a use Java falls. */
export const postedAddresses = (body: Json): readonly PostedPart[] =>
  listIn(body, 'address').map((address) => {
    if (textIn(address, 'use') === null) throw nullPointer();
    const lines = texts(address, 'line');
    const values: Record<string, Value> = {
      ...{
        cityVillage: textIn(address, 'city'),
        country: textIn(address, 'country'),
        stateProvince: textIn(address, 'state'),
        postalCode: textIn(address, 'postalCode'),
      },
      ...Object.fromEntries(LINES.map((line, i) => [line, lines[i] ?? null])),
      preferred: address['use'] === 'home',
    };
    return { id: textIn(address, 'id'), values };
  });

/** What of a part that is there a PUT writes: of a name neither its middle name nor the rest of its parts (`FHIRHumanNameUtil.updatePersonName`). */
const UPDATED: Readonly<Partial<Record<Kind, readonly string[]>>> = { personname: ['preferred', 'prefix', 'familyNameSuffix', 'givenName', 'familyName'] };

/** Parts that are there are written onto by id, others join and, preferred, take the mark from all; none goes (`FHIRPatientUtil.updateNames`, `updateAddresses`). */
export function mergeParts({ writer, engine }: Stu3Writing, kind: Kind, person: Row, posted: readonly PostedPart[]): void {
  for (const { id, values } of posted) {
    const all = inOrder(engine.database, person, kind);
    const held = all.find(({ uuid }) => uuid === id);
    const keys = UPDATED[kind] ?? Object.keys(values);
    if (held) {
      writer.tx.set(held, Object.fromEntries(keys.map((key) => [key, values[key] ?? null])));
      continue;
    }
    const row = writer.create(resourceOf(engine, kind), id ?? engine.random.uuid(), person.uuid);
    writer.tx.set(row, values);
    if (kind === 'personaddress' && isBlank(writer.tx.now(row))) writer.tx.remove(row);
    else if (values['preferred'] === true) demoteOthers(writer, row, all);
    if (!writer.isNew(person)) writer.tx.touch(person);
  }
}

import type { Ref, Row } from '../database.js';
import { purge } from '../life.js';
import { resourceOf } from '../resource.js';
import { findRow, type Stu3Reading, type Stu3Writing } from './fhir-call.js';
import { nullPointer } from './fhir-error.js';
import { compact, type Json, partIn, textIn } from './fhir-json.js';
import { auditExtensions, postedStamps, refuse, type Stu3Resource } from './stu3-resource.js';

const LINES = ['address1', 'address2', 'address3', 'address4', 'address5'] as const;
const isLive = ({ values }: Row): boolean => values['retired'] !== true;

/** `FHIRLocationUtil.generateLocation`. */
function show(row: Row, reading: Stu3Reading): Json {
  const { values } = row;
  const parent = findRow(reading, 'location', values['parentLocation']);
  const number = (key: string): number | null => (values[key] ? Number(values[key]) : null);
  return compact({
    resourceType: 'Location',
    id: row.uuid,
    extension: auditExtensions(row, reading),
    status: isLive(row) ? 'active' : 'inactive',
    name: values['name'],
    description: values['description'],
    address: {
      use: 'work',
      line: LINES.map((line) => values[line]),
      city: values['cityVillage'],
      state: values['stateProvince'],
      postalCode: values['postalCode'],
      country: values['country'],
    },
    position: { longitude: number('longitude'), latitude: number('latitude') },
    partOf: parent ? { reference: `Location/${parent.uuid}`, display: parent.values['name'] } : null,
  });
}

/** `FHIRLocationUtil.generateOpenMRSLocation`, saved by core's service: the parent goes by the **element's** id alone, and one that is not named stays. */
function write(writing: Stu3Writing, row: Row, body: Json): Ref {
  const { writer, engine } = writing;
  const [address, position] = [partIn(body, 'address'), partIn(body, 'position')];
  const lines = Array.isArray(address['line']) ? address['line'] : [];
  const { latitude, longitude } = position;
  const parent = findRow(writing, 'location', partIn(body, 'partOf')['id']);
  const status = textIn(body, 'status');
  writer.tx.set(row, {
    ...postedStamps(body, writing),
    ...{ name: textIn(body, 'name'), description: textIn(body, 'description'), cityVillage: textIn(address, 'city'), country: textIn(address, 'country') },
    ...{ stateProvince: textIn(address, 'state'), postalCode: textIn(address, 'postalCode') },
    ...Object.fromEntries(LINES.flatMap((line, i) => (typeof lines[i] === 'string' ? [[line, lines[i]]] : []))),
    ...(typeof latitude === 'number' && typeof longitude === 'number' ? { latitude: String(latitude), longitude: String(longitude) } : {}),
    ...(parent ? { parentLocation: parent.uuid } : {}),
  });
  if (status === null) throw nullPointer();
  refuse(status === 'inactive' ? ["Status cannot be set to 'inactive' with the fhir update operation. Retiring resource may require a Delete verb"] : []);
  if (status === 'active') writer.tx.set(row, { retired: false });
  resourceOf(engine, 'location').save(writer, row);
  return row;
}

const all = ({ engine }: Stu3Reading): readonly Row[] => engine.database.all('location');

export const locationStu3: Stu3Resource = {
  type: 'Location',
  find: (reading, uuid) => all(reading).find((row) => row.uuid === uuid && isLive(row)),
  held: (reading, uuid) => findRow(reading, 'location', uuid),
  privileges: { read: 'Get Locations', save: ['Manage Locations'], remove: 'Purge Locations' },
  searches: {
    _id: (value, reading) => all(reading).filter((row) => isLive(row) && row.uuid === value),
    name: (value, reading) => all(reading).filter((row) => isLive(row) && String(row.values['name']).toLowerCase().startsWith(value.toLowerCase())),
    status: (value, reading) => all(reading).filter((row) => isLive(row) === (value.toLowerCase() === 'active')),
  },
  show,
  /** Whatever id the body has, the uuid is one of the server's: each PUT of an id that is not known makes one more. */
  create: (writing, body) => write(writing, writing.writer.create(resourceOf(writing.engine, 'location'), writing.engine.random.uuid(), null), body),
  update: write,
  /** Erased, with its children; what something refers to cannot go. */
  remove: ({ writer, engine }, row) => {
    if (!row) throw nullPointer();
    purge(writer, resourceOf(engine, 'location'), row);
  },
};

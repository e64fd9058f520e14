import type { Database, Kind, Ref, Row } from './database.js';
import type { Writer } from './writer.js';

export const addressFields = [
  'address1',
  'address2',
  'cityVillage',
  'stateProvince',
  'country',
  'postalCode',
  'latitude',
  'longitude',
  'countyDistrict',
  'address3',
  'address4',
  'address5',
  'address6',
  'address7',
  'address8',
  'address9',
  'address10',
  'address11',
  'address12',
  'address13',
  'address14',
  'address15',
] as const;

const SORTED_BY: Partial<Record<Kind, readonly string[]>> = {
  personname: ['familyName', 'familyName2', 'givenName', 'middleName', 'familyNamePrefix', 'familyNameSuffix'],
};

/** As core's comparators sort the parts of a person: live ones first, then preferred ones, then names by their parts. */
export function compareParts(a: Row, b: Row): number {
  const flag = (row: Row, key: string): number => (row.values[key] === true ? 1 : 0);
  const byFlags = flag(a, 'voided') - flag(b, 'voided') || flag(b, 'preferred') - flag(a, 'preferred');
  if (byFlags !== 0) return byFlags;
  for (const key of SORTED_BY[a.kind] ?? []) {
    const [left, right] = [a.values[key] ?? '\uffff', b.values[key] ?? '\uffff'];
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.serial - b.serial;
}

export const inOrder = (database: Database, owner: Ref, kind: Kind): Row[] => database.ownedBy(owner.uuid, kind).sort(compareParts);
export const live = (database: Database, owner: Ref, kind: Kind): Row[] => inOrder(database, owner, kind).filter((row) => row.values['voided'] !== true);

/** More live attributes of one type than that takes (`BaseAttributableValidator`). */
export function hasTooMany(database: Database, owner: Ref, kind: 'visitattribute' | 'providerattribute'): boolean {
  const counts = new Map<unknown, number>();
  for (const { values } of live(database, owner, kind)) counts.set(values['attributeType'], (counts.get(values['attributeType']) ?? 0) + 1);
  return database.all(`${kind}type`).some(({ uuid, values }) => typeof values['maxOccurs'] === 'number' && (counts.get(uuid) ?? 0) > values['maxOccurs']);
}

/** An address that core would not keep. */
export const isBlank = (row: Row): boolean => addressFields.slice(0, 13).every((key) => String(row.values[key] ?? '').trim() === '');

export function demoteOthers(writer: Writer, part: Ref, all: readonly Row[]): void {
  for (const other of all) if (other.uuid !== part.uuid) writer.tx.set(other, { preferred: false });
}

/** `Person.addAttribute`: the same value again is dropped; another value of the same type voids the old one. */
export function joinAttribute(writer: Writer, part: Ref, owner: Row): boolean {
  const { tx } = writer;
  const { attributeType: type, value } = tx.now(part).values;
  const rivals = live(tx.database, owner, 'personattribute').filter((row) => row.uuid !== part.uuid && row.values['attributeType'] === type);
  if (rivals.some((row) => row.values['value'] === value)) return false;
  for (const rival of rivals) {
    tx.set(rival, { voided: true, voidedBy: writer.author, dateVoided: writer.site.now(), voidReason: `New value: ${String(value)}` });
  }
  if (String(value ?? '').trim() === '') return false;
  tx.adopt(part, owner.uuid);
  tx.touch(owner);
  return true;
}

import type { Row, Value } from './database.js';
import { localMidnight, restDate } from './java-time.js';
import { type Field, type Node, parentOf, type Resource, resourceOf, type Shown, type Site, words } from './resource.js';
import { conversion } from './rest-error.js';

/** Who reads, and by which address: links are made from it. */
export interface Reading {
  readonly site: Site;
  /** `http://host/openmrs/ws/rest/v1` */
  readonly base: string;
  may(privilege: string): boolean;
}

type Json = Record<string, unknown>;
const DENIED = Symbol('privilege denied');
const AUDIT = ['creator', 'dateCreated', 'changedBy', 'dateChanged'] as const;

function shownValue(field: Field, value: Value | undefined, site: Site): unknown {
  if (value === null || value === undefined) return null;
  switch (field.is) {
    case 'instant':
      return restDate(Number(value), site.zone);
    case 'date':
      return restDate(localMidnight(String(value), site.zone), site.zone);
    case 'time':
      return restDate(localMidnight('1970-01-01', site.zone) + Date.parse(`1970-01-01T${String(value)}Z`), site.zone);
    default:
      return value;
  }
}

function shownUser(uuid: Value | undefined, reading: Reading): Json | null {
  if (typeof uuid !== 'string') return null;
  return { uuid, display: reading.site.userName(uuid) ?? '', links: [link(reading, 'self', `user/${uuid}`, 'user')] };
}

function link(reading: Reading, rel: string, path: string, alias: string): Json {
  return { rel, uri: `${reading.base}/${path}`, ...(reading.site.profile.resourceAlias ? { resourceAlias: alias } : {}) };
}

/** The property as the bean has it; 400 for one that this platform's bean lacks. */
export function readProperty(line: Resource, row: Row, key: string, site: Site): Node {
  const read = line.reads[key];
  if (read) return read(row, site);
  if (key === 'uuid') return row.uuid;
  if (key === 'id' || key === `${line.name}Id`) return row.serial;
  if (key === 'display') return line.display(row, site);
  const field = line.fields[key];
  if (!field) throw conversion(`${key} on class ${line.javaClass} => Unknown property '${key}' on class 'class ${line.javaClass}'`);
  const value = row.values[field.column ?? key];
  if (field.is === 'one') {
    const found = typeof value === 'string' ? site.database.find(resourceOf(site, field.of).kind, value) : undefined;
    return found ? { row: found, as: field.of } : null;
  }
  if (field.is === 'many') {
    const kind = resourceOf(site, field.of).kind;
    return (Array.isArray(value) ? value : []).flatMap((uuid: string) => {
      const found = site.database.find(kind, uuid);
      return found ? [{ row: found, as: field.of }] : [];
    });
  }
  return value ?? null;
}

const isShown = (node: Node): node is Shown => typeof node === 'object' && node !== null && 'row' in node;

function showOne(shown: Shown, how: string, reading: Reading): unknown {
  const line = resourceOf(reading.site, shown.as);
  if (line.privileges.get !== null && line.under === undefined && !reading.may(line.privileges.get)) return DENIED;
  return show(line, shown.row, shown.always ?? how, reading);
}

function showProperty(line: Resource, row: Row, key: string, how: string, reading: Reading): unknown {
  if (key === 'auditInfo') return auditInfo(line, row, reading);
  const field = line.fields[key];
  if (field?.is === 'user' && !line.reads[key]) return shownUser(row.values[field.column ?? key], reading);
  const node = readProperty(line, row, key, reading.site);
  if (node === undefined) return DENIED;
  if (node === null || typeof node !== 'object') return field ? shownValue(field, node, reading.site) : node;
  if (isShown(node)) return showOne(node, how, reading);
  if ('json' in node) return node.json;
  if ('file' in node) return { display: 'raw file', links: { rel: 'self', uri: `${reading.base}/${node.file}` } };
  return node.map((item) => {
    const json = typeof item === 'string' ? item : showOne(item, how, reading);
    return json === DENIED ? {} : json;
  });
}

function auditInfo(line: Resource, row: Row, reading: Reading): Json {
  const column = (key: string): Value | undefined => row.values[line.fields[key]?.column ?? key];
  const date = (key: string): unknown => shownValue({ is: 'instant' }, column(key), reading.site);
  const info: Json = {};
  for (const key of AUDIT) info[key] = key.startsWith('date') ? date(key) : shownUser(column(key), reading);
  if (row.values['retired'] === true)
    Object.assign(info, { retiredBy: shownUser(column('retiredBy'), reading), dateRetired: date('dateRetired'), retireReason: column('retireReason') });
  if (row.values['voided'] === true)
    Object.assign(info, { voidedBy: shownUser(column('voidedBy'), reading), dateVoided: date('dateVoided'), voidReason: column('voidReason') });
  return info;
}

/** Splits `a,b:(c,d),e` at the commas outside brackets, as `getCustomRepresentationDescription` does. */
function customKeys(definition: string): { key: string; how: string }[] {
  const inner = definition.replace(/^\(/, '').replace(/\)$/, '');
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < inner.length; i += 1) {
    if (inner[i] === '(') depth += 1;
    else if (inner[i] === ')') depth -= 1;
    else if (inner[i] === ',' && depth === 0) {
      parts.push(inner.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(inner.slice(start));
  return parts.map(keyAndHow);
}

function keyAndHow(part: string): { key: string; how: string } {
  const colon = part.indexOf(':');
  return colon === -1 ? { key: part, how: 'default' } : { key: part.slice(0, colon), how: nestedHow(part.slice(colon + 1)) };
}

function nestedHow(how: string): string {
  if (how.startsWith('(')) return `custom:${how}`;
  const lower = how.toLowerCase();
  return lower === 'ref' || lower === 'full' ? lower : 'default';
}

function path(line: Resource, row: Row): string {
  return line.under ? `${line.under.parent}/${parentOf(line, row) ?? ''}/${line.under.path}/${row.uuid}` : `${line.name}/${row.uuid}`;
}

function refKeys(row: Row): { key: string; how: string }[] {
  const gone = (['voided', 'retired'] as const).filter((key) => row.values[key] === true);
  return ['uuid', 'display', ...gone].map(keyAndHow);
}

const LINKS = { ref: ['self'], default: ['self', 'full'], full: ['self'], custom: [] as string[] };

/** A record in one representation: `ref`, `default`, `full` or `custom:(…)`. */
export function show(line: Resource, row: Row, how: string, reading: Reading): Json {
  const custom = how.startsWith('custom:');
  const named = custom ? 'custom' : how;
  if (named !== 'custom' && named !== 'ref' && named !== 'default' && named !== 'full') {
    throw conversion(`Don't know how to get ${line.name}(class ${line.javaClass}) as ${how}`);
  }
  const keys = custom
    ? customKeys(how.slice('custom:'.length))
    : named === 'ref'
      ? refKeys(row)
      : words(named === 'full' ? line.full : line.standard).map(keyAndHow);
  const json: Json = {};
  const rels = [...LINKS[named]];
  for (const { key, how: nested } of keys) {
    if (key === 'links' && custom) {
      rels.push('self', 'default');
      continue;
    }
    const value = showProperty(line, row, key, nested, reading);
    if (value !== DENIED) json[key] = value;
  }
  const alias = line.under?.path ?? line.name;
  const links = rels.map((rel) => link(reading, rel, path(line, row) + (rel === 'self' ? '' : `?v=${rel}`), alias));
  if (links.length > 0) json['links'] = links;
  if (named !== 'ref') json['resourceVersion'] = line.version;
  return json;
}

import type { Ref, Row, Transaction, Value } from './database.js';
import { hashSetOrder } from './java.js';
import { localDate, localTime, parseRestDate } from './java-time.js';
import { readProperty } from './representation.js';
import { type Field, lookUp, type Resource, type ResourceName, resourceOf, type Site, words } from './resource.js';
import { conversion, RestError, serverError } from './rest-error.js';

export type Body = Readonly<Record<string, unknown>>;

/** Keys that a posted body may always carry, because a fetched one does (RESTWS-460). */
const IGNORED = new Set(['display', 'links', 'auditInfo', 'resourceVersion']);

const JAVA: Readonly<Record<string, string>> = { string: 'java.lang.String', number: 'java.lang.Integer', boolean: 'java.lang.Boolean' };
const javaClassOf = (value: unknown): string => (Array.isArray(value) ? 'java.util.ArrayList' : (JAVA[typeof value] ?? 'java.util.LinkedHashMap'));
const cannotConvert = (value: unknown, to: string): RestError => conversion(`Don't know how to convert from class ${javaClassOf(value)} to class ${to}`);

export const isObject = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Writes posted keys onto rows the way `BaseDelegatingResource` and `ConversionUtil` do. */
export class Writer {
  #transients: Ref[] = [];
  readonly #replaced = new Map<string, Ref>();

  constructor(
    readonly tx: Transaction,
    readonly site: Site,
    readonly author: string,
  ) {}

  /** Sets what is allowed, in the order of `allowed`; 400 for the whole body if another key would change anything. */
  apply(line: Resource, target: Ref, body: Body, allowed: readonly string[], required: readonly string[]): void {
    const posted = new Map(Object.entries(body).filter(([key]) => !IGNORED.has(key)));
    for (const key of allowed) {
      if (posted.has(key) && !this.#unchanged(line, target, key, posted.get(key))) this.set(line, target, key, posted.get(key));
    }
    const others = hashSetOrder(
      [...posted.keys()].filter((key) => !allowed.includes(key)),
      (key) => key,
    );
    const refused = others.filter((key) => !this.#unchanged(line, target, key, posted.get(key)));
    if (refused.length > 0) throw conversion(`Some properties are not allowed to be set: ${refused.join(', ')}`);
    const missing = required.filter((key) => !(key in body));
    if (missing.length > 0) throw conversion(`Some required properties are missing: ${missing.join(', ')}`);
  }

  #unchanged(line: Resource, target: Ref, key: string, posted: unknown): boolean {
    const field = line.fields[key];
    const old = readProperty(line, this.tx.now(target), key, this.site);
    if (field !== undefined && (field.is === 'instant' || field.is === 'date' || field.is === 'time')) return old === null && posted === null;
    if (old !== null && typeof old === 'object') return 'row' in old && isObject(posted) && this.resolve(old.as, posted)?.uuid === old.row.uuid;
    return old === posted;
  }

  /** One key of one record. Whatever goes wrong in it is a 400 that names the key. */
  set(line: Resource, target: Ref, key: string, posted: unknown): void {
    if (IGNORED.has(key) || key === 'uuid') return;
    const setter = line.sets[key];
    const field = line.fields[key];
    try {
      if (setter) setter(this, target, posted);
      else if (field) this.tx.set(target, { [field.column ?? key]: this.#convert(field, posted) });
      else throw conversion('null');
    } catch (error) {
      if (error instanceof RestError && error.parts.fieldErrors === undefined) throw conversion(`${key} on class ${line.javaClass} => ${error.message}`);
      throw error;
    }
  }

  #convert(field: Field, posted: unknown): Value {
    if (posted === null || posted === undefined) {
      if (field.is === 'boolean') throw serverError('null', 'java.lang.NullPointerException:0');
      return field.is === 'many' ? [] : null;
    }
    switch (field.is) {
      case 'text':
        return this.text(posted);
      case 'boolean':
        return this.#boolean(posted);
      case 'number': {
        const number = typeof posted === 'string' && posted.trim() !== '' ? Number(posted) : posted;
        if (typeof number !== 'number' || Number.isNaN(number)) throw cannotConvert(posted, 'java.lang.Double');
        return number;
      }
      case 'instant':
        return Math.floor(this.instant(posted) / 1000) * 1000;
      case 'date':
        return localDate(this.instant(posted), this.site.zone);
      case 'time':
        return localTime(this.instant(posted), this.site.zone);
      case 'choice':
        if (typeof posted !== 'string' || !field.from.includes(posted.toUpperCase())) throw cannotConvert(posted, 'java.lang.Enum');
        return posted.toUpperCase();
      case 'user':
        return typeof posted === 'string' ? this.site.userUuid(posted) : null;
      case 'one':
        return this.resolve(field.of, posted)?.uuid ?? null;
      case 'many':
        return this.all(field.of, posted).map((ref) => ref.uuid);
    }
  }

  text(posted: unknown): string | null {
    if (posted === null) return null;
    if (typeof posted === 'string') return posted;
    if (typeof posted === 'boolean') return String(posted);
    throw cannotConvert(posted, 'java.lang.String');
  }

  #boolean(posted: unknown): boolean {
    if (typeof posted === 'boolean') return posted;
    if (typeof posted === 'string') return posted.toLowerCase() === 'true';
    throw cannotConvert(posted, 'java.lang.Boolean');
  }

  instant(posted: unknown): number {
    if (typeof posted !== 'string') throw cannotConvert(posted, 'java.util.Date');
    const instant = parseRestDate(posted, this.site.zone);
    if (instant === null) throw conversion("Error converting date - correct format (ISO8601 Long): yyyy-MM-dd'T'HH:mm:ss.SSSZ");
    return instant;
  }

  /** What is posted for a reference: a string is looked up (null if unknown), an object is written onto what its uuid names. */
  resolve(name: ResourceName, posted: unknown): Ref | null {
    const line = resourceOf(this.site, name);
    if (posted === null || posted === undefined) return null;
    if (typeof posted === 'string') return lookUp(this.site, line, posted);
    if (!isObject(posted)) throw cannotConvert(posted, line.javaClass);
    const uuid = posted['uuid'];
    const target = (typeof uuid === 'string' ? lookUp(this.site, line, uuid) : null) ?? this.#transient(line, uuid);
    for (const key of words(line.standard).map((word) => word.split(':')[0] ?? word)) if (key in posted) this.set(line, target, key, posted[key]);
    for (const [key, value] of Object.entries(posted)) this.set(line, target, key, value);
    return target;
  }

  /** A posted list. A string that names nothing makes Java's list hold a null, over which the save falls. */
  all(name: ResourceName, posted: unknown): Ref[] {
    if (!Array.isArray(posted)) throw conversion(`Can only convert a Collection to a Collection/Array. Not class ${javaClassOf(posted)} to java.util.List`);
    return posted.map((item) => {
      const ref = this.resolve(name, item);
      if (!ref) throw conversion('null');
      return ref;
    });
  }

  #transient(line: Resource, uuid: unknown): Row {
    const row = this.create(line, typeof uuid === 'string' ? uuid : this.site.random.uuid(), null);
    this.#transients.push(row);
    return row;
  }

  /** A new row; 500 if the uuid is taken or too long for its column. */
  create(line: Resource, uuid: string, owner: string | null): Row {
    if (this.site.database.find(line.kind, uuid)) throw serverError(`could not execute statement; Duplicate entry '${uuid}' for key 'uuid'`);
    if (uuid.length > 38) throw serverError("could not execute statement; Data truncation: Data too long for column 'uuid' at row 1");
    const life = line.life === 'neither' ? {} : { [line.life]: false };
    return this.tx.insert(line.kind, uuid, owner, { ...life, ...line.defaults });
  }

  /** Forgets a transient that its would-be owner did not take. */
  forget(ref: Ref): void {
    if (this.tx.original(ref) === null) this.tx.remove(ref);
  }

  /** A transient that will be saved with what it was put into. */
  keep(ref: Ref): void {
    this.#transients = this.#transients.filter(({ uuid }) => uuid !== ref.uuid);
  }

  /** The save put another row in the place of this one. */
  replace(ref: Ref, by: Ref): void {
    this.#replaced.set(ref.uuid, by);
  }

  standsFor(ref: Ref): Ref {
    return this.#replaced.get(ref.uuid) ?? ref;
  }

  isNew(ref: Ref): boolean {
    return this.tx.original(ref) === null;
  }

  /** At flush: parts that nobody took are dropped, any other transient that is still there cannot be saved by cascade. */
  flush(): void {
    for (const ref of this.#transients) {
      const row = this.site.database.find(ref.kind, ref.uuid);
      if (!row || row.owner !== null) continue;
      const line = [...this.site.resources.values()].find(({ kind }) => kind === row.kind);
      if (line?.under) this.tx.remove(row);
      else if (line?.name !== 'person')
        throw serverError(`object references an unsaved transient instance - save the transient instance before flushing: ${line?.javaClass ?? row.kind}`);
    }
  }
}

import type { Category } from '../define-category.js';
import { listsOn } from '../list.js';
import { holderOf } from '../nested-scalars.js';
import type { Platform } from '../platform.js';
import type { Step } from '../step.js';
import { applyToState } from './imitated-states.js';
import type { ImitatedAnswer } from './rest-imitation.js';
import { type Clock, changeRow, isLive, newRow, Refused, type Row, ref, requireKnown, SINGLE_TYPE } from './rest-row.js';

/** What the imitation has of records with scalars of their own, and perhaps attributes of several a type, tags or states. */
export class ImitatedAttributed {
  private readonly rows = new Map<string, Row>();
  private readonly scalars: readonly string[];
  /** Keys of a body: scalars, and objects that hold some. */
  private readonly keys: readonly string[];
  private readonly whole: readonly string[];
  /** Lists whose bodies are posted as one. */
  private readonly bodies: readonly string[];
  /** `attributes`, where there are any, and what is told and never written. */
  private readonly nested: readonly string[];

  constructor(
    private readonly category: Category,
    private readonly platform: Platform,
    private readonly clock: Clock,
  ) {
    this.scalars = category.scalarsOn(platform);
    this.keys = [...new Set(this.scalars.map((name) => holderOf(category, name) ?? name))];
    this.whole = listsOn(category, platform)
      .filter(({ written }) => written.by === 'whole-list')
      .map(({ name }) => name);
    this.bodies = listsOn(category, platform)
      .filter(({ written }) => written.by === 'nested')
      .map(({ name }) => name);
    this.nested = listsOn(category, platform)
      .filter(({ written }) => written.by === 'item')
      .map(({ name }) => name);
  }

  uuids = (): string[] => [...this.rows.keys()];

  apply({ method, body = {} }: Step, uuid: string | undefined, list: string | undefined, item: string | undefined): ImitatedAnswer {
    if (uuid === undefined) return this.create(body);
    const row = this.rows.get(uuid);
    if (row === undefined) throw new Refused(404);
    if (list === 'state') return applyToState(this.clock, row['states'] as Row[], body, item);
    if (list === 'attribute') return this.applyToAttribute(row, { method, body }, item);
    if (list !== undefined) return this.applyToPart(row, list, { method, body }, item);
    if (method === 'DELETE') {
      changeRow(this.clock, row, { [this.category.deleted]: true });
      return { status: 204 };
    }
    if ('deleted' in body) {
      if (this.category.restoredByItsMark === true || !this.platform.undeletes) throw new Refused(400);
      changeRow(this.clock, row, { [this.category.deleted]: false });
    } else {
      const fixed = this.category.fixed ?? [];
      requireKnown(body, [...this.keys.filter((name) => !fixed.includes(name)), ...this.whole, ...this.bodies, this.category.deleted]);
      changeRow(this.clock, row, { ...body, ...this.rowsIn(body, this.bodies) });
    }
    return { status: 200, uuid };
  }

  body(uuid: string): Row | undefined {
    const row = this.rows.get(uuid);
    if (row === undefined) return undefined;
    const shown = (name: string, value: unknown) => {
      const { refersTo, refersToMany } = this.category.scalars[name] ?? {};
      if (refersToMany !== undefined) return ((value ?? []) as string[]).map(linked);
      return refersTo === undefined ? (value ?? null) : ref(value);
    };
    // An object leaves out what is empty.
    const inside = (held: Row) => Object.fromEntries(Object.entries(held).map(([name, value]) => [name, shown(name, value)]));
    const told = (name: string) => (this.category.nested?.[name] === undefined ? shown(name, row[name]) : inside((row[name] ?? {}) as Row));
    const typeOf = (type: unknown) => ({ uuid: type, maxOccurs: type === SINGLE_TYPE ? 1 : null });
    const states = (row['states'] as Row[]).filter(isLive).map((state) => ({ ...state, state: ref(state['state']) }));
    const attributes = (row['attributes'] as Row[]).filter(isLive).map((attribute) => ({ ...attribute, attributeType: typeOf(attribute['attributeType']) }));
    return {
      uuid,
      ...Object.fromEntries(this.keys.map((name) => [name, told(name)])),
      ...Object.fromEntries(this.whole.map((name) => [name, ((row[name] ?? []) as string[]).map(ref)])),
      ...Object.fromEntries(this.nested.map((name) => [name, name === 'attributes' ? attributes : (row[name] ?? [])])),
      ...Object.fromEntries(this.bodies.map((name) => [name, row[name] ?? []])),
      ...(this.category.name === 'programenrollment' ? { states } : {}),
      [this.category.deleted]: row[this.category.deleted],
      auditInfo: row['auditInfo'],
    };
  }

  private create(body: Row): ImitatedAnswer {
    const empty = this.category.saidEmpty ?? [];
    requireKnown(body, [
      ...this.keys,
      ...empty,
      ...this.whole,
      ...this.nested,
      ...this.bodies,
      ...Object.keys(this.category.madeWith ?? {}),
      ...(this.platform.takesUuids ? ['uuid'] : []),
    ]);
    const said = (name: string) => ((body[holderOf(this.category, name) ?? ''] ?? body) as Row)[name] ?? null;
    if (this.category.requires.some((name) => this.scalars.includes(name) && said(name) === null)) throw new Refused(400);
    if (this.category.saidEmpty?.some((name) => !(name in body))) throw new Refused(400);
    const attributes = ((body['attributes'] ?? []) as Row[]).map((attribute) => newRow(this.clock, { voided: false, ...attribute }));
    const parts = this.rowsIn(body, [...this.bodies, ...this.nested.filter((name) => name !== 'attributes')]);
    const row = newRow(this.clock, { [this.category.deleted]: false, ...body, ...parts, attributes, states: [] });
    if (this.rows.has(row['uuid'] as string)) throw new Refused(500);
    this.rows.set(row['uuid'] as string, row);
    return { status: 201, uuid: row['uuid'] as string };
  }

  /** Posted bodies as rows; what has a uuid that is there keeps it. */
  private rowsIn(body: Row, lists: readonly string[]): Row {
    const posted = lists.filter((name) => name in body);
    return Object.fromEntries(posted.map((name) => [name, (body[name] as Row[]).map((one) => newRow(this.clock, one))]));
  }

  /** A part that is written by itself: a description, or a name that is taken away. */
  private applyToPart(row: Row, path: string, { method, body }: { method: string; body: Row }, item: string | undefined): ImitatedAnswer {
    const list = this.category.lists.find(({ written }) => ('path' in written ? written.path : written.by === 'nested' && written.leaves?.path) === path)?.name;
    const parts = (row[list ?? ''] ?? []) as Row[];
    const part = parts.find(({ uuid }) => uuid === item);
    if (list === undefined || (item !== undefined && part === undefined)) throw new Refused(404);
    if (item === undefined && !this.platform.takesItemUuids && 'uuid' in body) throw new Refused(400);
    const made = part ?? newRow(this.clock, asKept(path, body));
    if (method === 'DELETE') row[list] = parts.filter((one) => one !== made);
    else if (part === undefined) row[list] = [...parts, made];
    else changeRow(this.clock, part, body);
    return { status: method === 'DELETE' ? 204 : item === undefined ? 201 : 200, uuid: made['uuid'] as string };
  }

  private applyToAttribute(row: Row, { method, body }: { method: string; body: Row }, item: string | undefined): ImitatedAnswer {
    const attributes = row['attributes'] as Row[];
    requireKnown(body, ['attributeType', 'value', ...(this.platform.takesItemUuids ? ['uuid'] : [])]);
    if (item === undefined) {
      const others = attributes.filter((one) => isLive(one) && one['attributeType'] === SINGLE_TYPE && body['attributeType'] === SINGLE_TYPE);
      if (others.length > 0 && this.category.aggregate === 'location') throw new Refused(400);
      for (const other of others) changeRow(this.clock, other, { voided: true });
      const attribute = newRow(this.clock, { voided: false, ...body });
      attributes.push(attribute);
      return { status: 201, uuid: attribute['uuid'] as string };
    }
    const attribute = attributes.find((candidate) => candidate['uuid'] === item);
    if (attribute === undefined) throw new Refused(404);
    changeRow(this.clock, attribute, method === 'DELETE' ? { voided: true } : body);
    return { status: method === 'DELETE' ? 204 : 200, uuid: item };
  }
}

/** A member of a cohort has its patient's uuid; a membership has dates. */
const asKept = (path: string, body: Row): Row =>
  path === 'member' ? { ...body, uuid: body['patient'] } : path === 'membership' ? { startDate: null, endDate: null, ...body } : body;

/** A thing of a list in order, with a link that says what it is. */
const linked = (uuid: string): Row => ({ uuid, links: [{ uri: `http://h/openmrs/ws/rest/v1/${uuid.replace(/-\d+$/, '')}/${uuid}` }] });

import type { Category } from '../define-category.js';
import { listsOn } from '../list.js';
import type { Platform } from '../platform.js';
import type { Step } from '../step.js';
import { applyToState } from './imitated-states.js';
import type { ImitatedAnswer } from './rest-imitation.js';
import { type Clock, changeRow, isLive, newRow, Refused, type Row, ref, requireKnown, SINGLE_TYPE } from './rest-row.js';

/** What the imitation has of records with scalars of their own, and perhaps attributes of several a type, tags or states. */
export class ImitatedAttributed {
  private readonly rows = new Map<string, Row>();
  private readonly scalars: readonly string[];
  private readonly whole: readonly string[];
  /** `attributes`, where there are any, and what is told and never written. */
  private readonly nested: readonly string[];

  constructor(
    private readonly category: Category,
    private readonly platform: Platform,
    private readonly clock: Clock,
  ) {
    this.scalars = category.scalarsOn(platform);
    this.whole = listsOn(category, platform)
      .filter(({ written }) => written.by === 'whole-list')
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
    if (list !== undefined) return this.applyToAttribute(row, { method, body }, item);
    if (method === 'DELETE') {
      changeRow(this.clock, row, { [this.category.deleted]: true });
      return { status: 204 };
    }
    if ('deleted' in body) {
      if (!this.platform.undeletes && (this.category.deleted === 'retired' || this.category.lists.length === 0)) throw new Refused(400);
      changeRow(this.clock, row, { [this.category.deleted]: false });
    } else {
      const fixed = this.category.fixed ?? [];
      requireKnown(body, [...this.scalars.filter((name) => !fixed.includes(name)), ...this.whole, this.category.deleted]);
      changeRow(this.clock, row, body);
    }
    return { status: 200, uuid };
  }

  body(uuid: string): Row | undefined {
    const row = this.rows.get(uuid);
    if (row === undefined) return undefined;
    const told = (name: string) => (this.category.scalars[name]?.refersTo === undefined ? (row[name] ?? null) : ref(row[name]));
    const typeOf = (type: unknown) => ({ uuid: type, maxOccurs: type === SINGLE_TYPE ? 1 : null });
    const states = (row['states'] as Row[]).filter(isLive).map((state) => ({ ...state, state: ref(state['state']) }));
    const attributes = (row['attributes'] as Row[]).filter(isLive).map((attribute) => ({ ...attribute, attributeType: typeOf(attribute['attributeType']) }));
    return {
      uuid,
      ...Object.fromEntries(this.scalars.map((name) => [name, told(name)])),
      ...Object.fromEntries(this.whole.map((name) => [name, ((row[name] ?? []) as string[]).map(ref)])),
      ...Object.fromEntries(this.nested.map((name) => [name, name === 'attributes' ? attributes : []])),
      ...(this.category.name === 'programenrollment' ? { states } : {}),
      [this.category.deleted]: row[this.category.deleted],
      auditInfo: row['auditInfo'],
    };
  }

  private create(body: Row): ImitatedAnswer {
    requireKnown(body, [...this.scalars, ...this.whole, ...this.nested, ...(this.platform.takesUuids ? ['uuid'] : [])]);
    if (this.category.requires.some((name) => this.scalars.includes(name) && (body[name] ?? null) === null)) throw new Refused(400);
    if (this.category.saidEmpty?.some((name) => !(name in body))) throw new Refused(400);
    const attributes = ((body['attributes'] ?? []) as Row[]).map((attribute) => newRow(this.clock, { voided: false, ...attribute }));
    const row = newRow(this.clock, { [this.category.deleted]: false, ...body, attributes, states: [] });
    if (this.rows.has(row['uuid'] as string)) throw new Refused(500);
    this.rows.set(row['uuid'] as string, row);
    return { status: 201, uuid: row['uuid'] as string };
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

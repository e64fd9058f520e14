import { location } from '../location.category.js';
import type { Platform } from '../platform.js';
import type { Step } from '../step.js';
import type { ImitatedAnswer } from './rest-imitation.js';
import { type Clock, changeRow, isLive, newRow, Refused, type Row, ref, requireKnown } from './rest-row.js';

/** The locations of the imitation. */
export class ImitatedLocations {
  private readonly rows = new Map<string, Row>();
  constructor(
    private readonly platform: Platform,
    private readonly clock: Clock,
  ) {}

  uuids = (): string[] => [...this.rows.keys()];

  apply({ method, body = {} }: Step, uuid: string | undefined, list: string | undefined, item: string | undefined): ImitatedAnswer {
    if (uuid === undefined) return this.create(body);
    const row = this.rows.get(uuid);
    if (row === undefined) throw new Refused(404);
    if (list !== undefined) return this.applyToAttribute(row, { method, body }, item);
    if (method === 'DELETE') {
      changeRow(this.clock, row, { retired: true });
      return { status: 204 };
    }
    if ('deleted' in body) changeRow(this.clock, row, { retired: false });
    else {
      requireKnown(body, [...location.scalarsOn(this.platform), 'tags']);
      changeRow(this.clock, row, body);
    }
    return { status: 200, uuid };
  }

  body(uuid: string): Row | undefined {
    const row = this.rows.get(uuid);
    if (row === undefined) return undefined;
    const scalars = Object.fromEntries(location.scalarsOn(this.platform).map((name) => [name, row[name] ?? null]));
    const attributes = (row['attributes'] as Row[]).filter(isLive).map((attribute) => ({ ...attribute, attributeType: ref(attribute['attributeType']) }));
    return {
      uuid,
      ...scalars,
      parentLocation: ref(row['parentLocation']),
      tags: (row['tags'] as string[]).map(ref),
      attributes,
      retired: row['retired'],
      auditInfo: row['auditInfo'],
    };
  }

  private create(body: Row): ImitatedAnswer {
    requireKnown(body, [...location.scalarsOn(this.platform), 'tags', 'attributes', ...(this.platform.takesUuids ? ['uuid'] : [])]);
    if (typeof body['name'] !== 'string') throw new Refused(400);
    const attributes = ((body['attributes'] ?? []) as Row[]).map((attribute) => newRow(this.clock, { voided: false, ...attribute }));
    const row = newRow(this.clock, { tags: [], retired: false, ...body, attributes });
    if (this.rows.has(row['uuid'] as string)) throw new Refused(500);
    this.rows.set(row['uuid'] as string, row);
    return { status: 201, uuid: row['uuid'] as string };
  }

  private applyToAttribute(row: Row, { method, body }: { method: string; body: Row }, item: string | undefined): ImitatedAnswer {
    const attributes = row['attributes'] as Row[];
    requireKnown(body, ['attributeType', 'value', ...(this.platform.takesItemUuids ? ['uuid'] : [])]);
    if (item === undefined) {
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

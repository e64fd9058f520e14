import type { Row } from './database.js';
import type { Engine } from './engine.js';
import { type Caller, create, restore, take, update } from './operations.js';
import { lookUp, type Resource, type ResourceName, resourceOf } from './resource.js';
import type { Body, Writer } from './writer.js';

/** Who works at the server itself: through the same rules as REST, with the same entries in the feed. A refusal throws `RestError`. */
export class Hand {
  constructor(
    readonly engine: Engine,
    private readonly caller: Caller,
  ) {}

  #line(name: ResourceName): Resource {
    return resourceOf(this.engine, name);
  }

  row(name: ResourceName, uuid: string): Row {
    const row = lookUp(this.engine, this.#line(name), uuid);
    if (!row) throw new Error(`no ${name} ${uuid} here`);
    return row;
  }

  /** The uuid of what was made. */
  create(name: ResourceName, parent: Row | null, body: Body): string {
    return create(this.engine, this.#line(name), parent, body, this.caller).uuid;
  }

  /** The uuid under which the record goes on: another one for an obs that changed. */
  update(name: ResourceName, uuid: string, patch: Body): string {
    return update(this.engine, this.#line(name), this.row(name, uuid), patch, this.caller).uuid;
  }

  take(name: ResourceName, uuid: string, how: { readonly reason: string; readonly erase?: boolean }): void {
    take(this.engine, this.#line(name), this.row(name, uuid), { erase: how.erase ?? false, reason: how.reason }, this.caller);
  }

  restore(name: ResourceName, uuid: string): void {
    restore(this.engine, this.#line(name), this.row(name, uuid), this.caller);
  }

  /** What core does and REST has no word for, in one transaction. */
  act(work: (writer: Writer) => void): void {
    this.engine.write(this.caller.uuid, this.caller.by, work);
  }
}

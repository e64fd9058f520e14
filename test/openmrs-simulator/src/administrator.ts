import type { Kind } from './database.js';
import type { Publishable } from './feed-entries.js';
import type { Hand } from './hand.js';
import type { Body } from './writer.js';

/** What metadata has of its own, each with whose it is. */
const OWNERS = { providerattribute: 'provider', conceptname: 'concept', conceptdescription: 'concept', conceptmap: 'concept' } as const satisfies Partial<
  Record<Kind, Publishable>
>;
export type MetadataPart = keyof typeof OWNERS;

/** Keeps the metadata of a server, as its administrator does. Keys are those of REST; `uuid` only where a test must choose it. */
export class Administrator {
  constructor(private readonly hand: Hand) {}

  add = (kind: Publishable, body: Body): string => this.hand.create(kind, null, body);
  edit = (kind: Publishable, uuid: string, patch: Body): void => void this.hand.update(kind, uuid, patch);
  retire = (kind: Publishable, uuid: string, reason = 'no longer used'): void => this.hand.take(kind, uuid, { reason });
  restore = (kind: Publishable, uuid: string): void => this.hand.restore(kind, uuid);

  addPart = (kind: MetadataPart, owner: string, body: Body): string => this.hand.create(kind, this.hand.row(OWNERS[kind], owner), body);
  editPart = (kind: MetadataPart, uuid: string, patch: Body): void => void this.hand.update(kind, uuid, patch);
  takePart = (kind: MetadataPart, uuid: string, reason = 'no longer so'): void => this.hand.take(kind, uuid, { reason });
}

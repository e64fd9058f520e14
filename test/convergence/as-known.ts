import { knownUuid } from './care-content.js';
import type { Content, Held, Known } from './content.js';
import type { Changed, Edit } from './ledger.js';

/** An edit with the uuids that are known everywhere. */
export function asKnown(edit: Edit, known: Known): Edit {
  const [kind, uuid] = edit.record.split('/') as [string, string];
  const everywhere = knownUuid(known);
  const words = (text: string): string => text.replace(UUID, (uuid) => everywhere(uuid));
  const value = (held: Held): Held => (typeof held === 'string' ? words(held) : held);
  const content = (held: Content): Content => new Map([...held].map(([path, one]) => [words(path), value(one)]));
  const changes = (all: readonly Changed[]): readonly Changed[] => {
    const known = all.map(({ path, saw, typed }) => ({ path: words(path), saw: value(saw), typed: value(typed) }));
    // What was written anew may be known by the uuid of what it took the place of: then one path both went and came.
    const came = new Map(known.filter(({ typed }) => typed !== undefined).map((change) => [change.path, change]));
    return known.filter(({ path, typed }) => typed !== undefined || !came.has(path));
  };
  return {
    ...edit,
    record: `${kind}/${known(`${kind}/${uuid}`)}`,
    before: content(edit.before),
    after: content(edit.after),
    changes: changes(edit.changes),
    meant: changes(edit.meant),
    telling: changes(edit.telling),
  };
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

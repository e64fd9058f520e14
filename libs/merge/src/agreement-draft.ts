import { otherSide, type SideName, seenWith } from './agreed.js';
import type { Scalar } from './fields.js';
import { type Held, heldAt, covers as isCovered, PRESENCE } from './held.js';
import type { Agreement, Presence, Version } from './version.js';

interface SideDraft {
  presence: Presence;
  fields: Record<string, Scalar>;
  covers: string[];
}

/** An agreement on its way to the next revision. */
export class AgreementDraft {
  private readonly source: SideDraft;
  private readonly target: SideDraft;
  private disputed: Set<string>;

  constructor(
    private readonly before: Agreement,
    private readonly sourceIs: SideName,
  ) {
    this.source = draftOf(before[sourceIs]);
    this.target = draftOf(before[otherSide(sourceIs)]);
    this.disputed = new Set(before.disputed ?? []);
  }

  /** Each end was seen with its own value, and that is how it shall stay until somebody edits. */
  agree(path: string, here: Held, there: Held): void {
    put(this.source, path, here);
    put(this.target, path, there);
    this.disputed.delete(path);
  }

  agreePresence(here: Presence, there: Presence): 'agreed' {
    this.source.presence = here;
    this.target.presence = there;
    this.disputed.delete(PRESENCE);
    return 'agreed';
  }

  /** Remembers what one end holds where the other could not look and never could: no base, but known when seen again. */
  noteOneEnd(path: string, source: Version, target: Version): void {
    if (isCovered(source, path) && seenWith(this.target, path) === null) put(this.source, path, heldAt(source, path));
    if (isCovered(target, path) && seenWith(this.source, path) === null) put(this.target, path, heldAt(target, path));
  }

  cover(names: readonly string[]): void {
    this.source.covers = union(this.source.covers, names);
    this.target.covers = union(this.target.covers, names);
  }

  dispute(path: string): void {
    this.disputed.add(path);
  }

  /**
   * One revision further if anything moved, or was written (though it may be back where it was, as after a decision for the
   * old value): what any job has read of either end before is stale then. Else what it was.
   */
  done(isWritten: boolean): Agreement {
    const sides = this.sourceIs === 'parent' ? { parent: this.source, child: this.target } : { parent: this.target, child: this.source };
    const disputed = [...this.disputed].sort();
    const after: Agreement = { revision: this.before.revision, ...sides, ...(disputed.length > 0 ? { disputed } : {}) };
    return !isWritten && wordFor(after) === wordFor(this.before) ? this.before : { ...after, revision: this.before.revision + 1 };
  }
}

const draftOf = (side: Agreement['parent']): SideDraft => ({ presence: side.presence, fields: { ...side.fields }, covers: [...side.covers] });

function put(side: SideDraft, path: string, held: Held): void {
  if (held === undefined) delete side.fields[path];
  else side.fields[path] = held;
}

const union = (names: readonly string[], more: readonly string[]): string[] => [...new Set([...names, ...more])].sort();

const wordFor = ({ parent, child, disputed }: Agreement): string => JSON.stringify([wordForSide(parent), wordForSide(child), disputed ?? []]);

const wordForSide = ({ presence, covers, fields }: Agreement['parent']): unknown => [
  presence,
  [...covers].sort(),
  Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)),
];

import { CARE_CATEGORIES, type CanonicalRecord, recordsNamedBy } from '@sync-hub/categories';
import { type Admission, isKept, keepsAnything, type LinkConfiguration } from '@sync-hub/configuration';
import type { Direction, SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { ChangeRepository, Exclusion, ExclusionRepository } from '@sync-hub/persistence';

/** What a stage that judged a record has found of what its link excludes. */
export interface JudgedByExclusion {
  readonly link: LinkConfiguration;
  readonly direction: Direction;
  readonly read: CanonicalRecord;
  readonly keptBy: Exclusion['keptBy'];
}

/** What keeps the record at its site; `null` where nothing that is excluded does. */
export const keptBy = (admission: Admission, known: { readonly refersToKept: boolean }): Exclusion['keptBy'] => {
  if (!isKept(admission)) return null;
  return known.refersToKept ? 'reference' : 'itself';
};

/** Remembers what a link keeps at its site, and has it looked at again when it may go. For every stage that judges records. */
export class Exclusions {
  constructor(
    private readonly exclusions: ExclusionRepository,
    private readonly changes: ChangeRepository,
  ) {}

  /** One that tells nothing, or is not there, is left as it was judged before. */
  async note(tx: Tx, site: SiteId, { link, direction, read, keptBy: by }: JudgedByExclusion): Promise<void> {
    if (!keepsAnything(link) || read.presence !== 'present' || !CARE_CATEGORIES.includes(read.category)) return;
    const again = await this.exclusions.keep(tx, { link: link.id, direction, record: read.record, keptBy: by, refersTo: recordsNamedBy(read) });
    await this.changes.open(
      tx,
      again.map((record) => ({ site, record })),
    );
  }
}

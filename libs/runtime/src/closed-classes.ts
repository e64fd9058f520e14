import { type Action, type CanonicalRecord, closedOn, type Platform, type RecordCategory } from '@sync-hub/categories';
import { type Aggregate, NotAllowedError, type SiteId } from '@sync-hub/contracts';
import type { Presence } from '@sync-hub/merge';
import type { ClosedClass, NotDone } from '@sync-hub/persistence';

/** What is about to be done with a record at a site: a look at it for other sites, reading it as a target, or a write. */
export type Doing = 'look' | 'read' | Action;

/** A record whose turn it is. */
export interface AtTheGate {
  readonly class: RecordCategory | Aggregate;
  /** Of its job or change. */
  readonly subject: string;
  readonly doing: Doing;
}

const COVERS: Readonly<Record<NotDone, (doing: Doing) => boolean>> = {
  look: (doing) => doing === 'look',
  read: (doing) => doing !== 'look',
  write: (doing) => doing !== 'look' && doing !== 'read',
  make: (doing) => doing === 'make',
  change: (doing) => doing === 'change',
  void: (doing) => doing === 'void',
  restore: (doing) => doing === 'restore',
};

/** The closed class by which this is not to be asked of its site; `null` where there is none, and for the one that is to try whether it is open again. */
export const shutOutBy = (closed: readonly ClosedClass[], { class: name, subject, doing }: AtTheGate): ClosedClass | null =>
  closed.find((one) => one.class === name && one.witness !== subject && COVERS[one.does](doing)) ?? null;

/**
 * The same before the target was read, by what its job is likely to do. What a site has no way to take it is likely to have no way to tell either, so that
 * reading costs nothing; and where it tells, it may have the record already.
 */
export const shutOutUnread = (closed: readonly ClosedClass[], one: AtTheGate): ClosedClass | null =>
  shutOutBy(
    closed.filter(({ code }) => code === 'not-allowed'),
    one,
  );

/** What a job is likely to write, by what stands at its source and what its target had when the two agreed; `null` where they never did. */
export function likelyAction(incoming: Pick<CanonicalRecord, 'presence'>, agreedThere: Presence | null): Action {
  if (isOut(incoming.presence)) return 'void';
  if (agreedThere === null || agreedThere === 'absent') return 'make';
  return isOut(agreedThere) ? 'restore' : 'change';
}

/** What is sent by this plan. */
export function actionOf(writes: { readonly presence?: 'present' | 'voided' }, held: Pick<CanonicalRecord, 'presence'>): Action {
  if (writes.presence !== undefined) return writes.presence === 'voided' ? 'void' : 'restore';
  return held.presence === 'absent' ? 'make' : 'change';
}

const isOut = (presence: Presence): boolean => presence === 'voided' || presence === 'gone';

/** What a refusal closes at a site, if our account lacks what it names there: a refusal that names nothing, or comes from elsewhere, is of its record alone. */
export function closingOf(error: unknown, site: SiteId, { class: name, subject, doing }: AtTheGate): (ClosedClass & { readonly privilege: string }) | null {
  if (!(error instanceof NotAllowedError)) return null;
  const { privilege, kind, site: where } = error.details;
  if (where !== site || typeof privilege !== 'string') return null;
  const does = doing !== 'look' && kind === 'read' ? 'read' : doing;
  return { site, class: name, does, code: 'not-allowed', privilege, because: `our account there lacks the privilege ${privilege}`, witness: subject };
}

/** What a site of that platform has no way to take. */
export const unsupportedAt = (site: SiteId, platform: Platform): readonly ClosedClass[] =>
  closedOn(platform).map(({ category, because }) => ({ site, class: category, does: 'write', code: 'unsupported', privilege: null, because, witness: null }));

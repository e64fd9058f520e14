import type { SiteId } from '@sync-hub/contracts';
import { hold, type Verdict, type VerdictOf } from '@sync-hub/messaging';
import { type ClosedClass, type ClosedClassRepository, closedKey } from '@sync-hub/persistence';
import { type AtTheGate, closingOf } from './closed-classes.js';
import type { SiteClients } from './site-clients.js';

/** Waits until the class opens. */
export function shutOut(closed: ClosedClass, saw: string | null = null): VerdictOf<'hold'> {
  const privilege = closed.privilege === null ? {} : { privilege: closed.privilege };
  return hold('parked', 'class-closed', closed.code, { details: { site: closed.site, closed: closedKey(closed), ...privilege }, saw });
}

/** Knows which classes are closed at a site, closes one where our account lacks a privilege, and opens it when what was not allowed has been done. For every stage that asks sites. */
export class ClassGate {
  constructor(
    private readonly closed: ClosedClassRepository,
    private readonly clients: Pick<SiteClients, 'lacks'>,
  ) {}

  /** What is closed at the site. */
  at(site: SiteId): Promise<readonly ClosedClass[]> {
    return this.closed.at(site);
  }

  /**
   * Does the work for one that has passed. Where the site does not allow it, and our account lacks the privilege that it takes, as the site itself says of the
   * account: the class closes, and this one waits for it as the others will. Where the account has it, the site refuses this record alone.
   */
  async pass(site: SiteId, one: AtTheGate, closed: readonly ClosedClass[], work: () => Promise<Verdict>): Promise<Verdict> {
    try {
      return this.opening(await work(), one, closed);
    } catch (error) {
      const closing = closingOf(error, site, one);
      if (closing === null || !(await this.clients.lacks(site, closing.privilege))) throw error;
      return { ...shutOut(closing), effect: (tx) => this.closed.close(tx, closing) };
    }
  }

  /** What was not allowed to this very one may be allowed now: it was done, or is asked for no more. */
  private opening(verdict: Verdict, { subject }: AtTheGate, closed: readonly ClosedClass[]): Verdict {
    const isWitness = closed.some(({ witness }) => witness === subject);
    if (!isWitness || !('effect' in verdict) || (verdict.kind === 'hold' && verdict.reason === 'class-closed')) return verdict;
    return {
      ...verdict,
      effect: async (tx) => {
        await verdict.effect(tx);
        await this.closed.open(tx, subject);
      },
    };
  }
}

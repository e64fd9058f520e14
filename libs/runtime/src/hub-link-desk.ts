import { type Configuration, linkOf } from '@sync-hub/configuration';
import type { Direction, LinkAct, LinkActTold, LinkDeed, LinkDesk, LinkId, LinkOutcome } from '@sync-hub/contracts';
import type { Envelope, Tx } from '@sync-hub/messaging';
import type { ActOnLink, BrakeRepository, Database, LinkActRepository } from '@sync-hub/persistence';

export interface LinkDeskParts {
  readonly database: Database;
  readonly acts: LinkActRepository;
  readonly brakes: Pick<BrakeRepository, 'release'>;
  readonly configuration: () => Configuration;
  /** Puts on the bus what was said; without a bus it is left in the outbox, and the sweep sends it within seconds. */
  readonly send: (said: readonly Envelope[]) => Promise<void>;
}

/** The links that this hub runs, for people: they stop them, and let them go on. */
export class HubLinkDesk implements LinkDesk {
  constructor(private readonly parts: LinkDeskParts) {}

  async history(id: LinkId): Promise<readonly LinkActTold[] | null> {
    return this.childOf(id) === null ? null : this.parts.acts.history(id);
  }

  async act(link: LinkId, what: LinkAct, { direction, reason, by }: LinkDeed & { readonly by: string }): Promise<LinkOutcome> {
    const site = this.childOf(link);
    if (site === null) return 'no-such-link';
    const meant: readonly Direction[] = direction === undefined ? ['pull', 'push'] : [direction];
    const act = { link, site, what, by, reason: reason?.trim() ?? null };
    const { result, said } = await this.parts.database.transaction(async (tx) =>
      what === 'release' ? this.release(tx, { ...act, direction: 'push' }) : this.onEach(tx, act, meant),
    );
    await this.parts.send(said);
    return result ? 'done' : 'as-it-is';
  }

  private async onEach(tx: Tx, act: Omit<ActOnLink, 'direction'>, directions: readonly Direction[]): Promise<boolean> {
    let isDone = false;
    for (const direction of directions) isDone = (await this.parts.acts.act(tx, { ...act, direction })) || isDone;
    return isDone;
  }

  private async release(tx: Tx, act: ActOnLink): Promise<boolean> {
    const isReleased = await this.parts.brakes.release(tx, act.link, act.site, act.by);
    if (isReleased) await this.parts.acts.noteRelease(tx, act);
    return isReleased;
  }

  /** `null` where this instance does not run the link. */
  private childOf(id: LinkId): string | null {
    const current = this.parts.configuration();
    const link = linkOf(current, id);
    return link?.runsAt === current.instance.id ? link.child : null;
  }
}

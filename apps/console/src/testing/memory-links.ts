import type { LinkAct, LinkActTold, LinkDeed, LinkDesk, LinkOutcome } from '@sync-hub/contracts';

/** Links without a hub behind them; whatever is done to `central-kisumu` is told again. */
export class MemoryLinks implements LinkDesk {
  readonly acts: LinkActTold[] = [];

  async history(link: string): Promise<readonly LinkActTold[] | null> {
    return link === 'central-kisumu' ? this.acts : null;
  }

  async act(link: string, what: LinkAct, { direction, reason, by }: LinkDeed & { readonly by: string }): Promise<LinkOutcome> {
    if (link !== 'central-kisumu') return 'no-such-link';
    const told = { what, direction: direction ?? null, by, reason: reason ?? null, at: new Date().toISOString() };
    if (this.acts[0]?.what === what && this.acts[0].direction === told.direction) return 'as-it-is';
    this.acts.unshift(told);
    return 'done';
  }
}

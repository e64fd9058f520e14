import { addedCounts } from '@sync-hub/conflicts';
import type { ConflictAnswer, ConflictDesk, ConflictDismissal, ConflictFilter, ConflictList } from '@sync-hub/contracts';

/** The conflicts of this instance, and behind them those of the instances that report to it, at one desk. */
export class EveryConflictDesk implements ConflictDesk {
  constructor(
    private readonly own: ConflictDesk,
    private readonly others: ConflictDesk,
  ) {}

  async list(filter: ConflictFilter): Promise<ConflictList> {
    const own = await this.own.list(filter);
    const left = filter.limit - own.conflicts.length;
    const others = await this.others.list({ ...filter, offset: Math.max(0, filter.offset - own.counts.all), limit: Math.max(1, left) });
    const counts = { ...addedCounts(own.counts, others.counts), elsewhere: others.counts.all };
    return { conflicts: [...own.conflicts, ...(left > 0 ? others.conflicts : [])], counts };
  }

  async find(id: string) {
    return (await this.own.find(id)) ?? this.others.find(id);
  }

  async preview(id: string, answer: ConflictAnswer) {
    return (await this.deskOf(id)).preview(id, answer);
  }

  async answer(id: string, answer: ConflictAnswer, by: string) {
    return (await this.deskOf(id)).answer(id, answer, by);
  }

  async assign(id: string, owner: string, by: string) {
    return (await this.deskOf(id)).assign(id, owner, by);
  }

  async note(id: string, text: string, by: string) {
    return (await this.deskOf(id)).note(id, text, by);
  }

  async dismiss(id: string, dismissal: ConflictDismissal, by: string) {
    return (await this.deskOf(id)).dismiss(id, dismissal, by);
  }

  private async deskOf(id: string): Promise<ConflictDesk> {
    return (await this.own.find(id)) === null ? this.others : this.own;
  }
}

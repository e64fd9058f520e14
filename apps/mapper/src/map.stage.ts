import type { PayloadFor } from '@sync-hub/contracts';
import { isAsAgreed } from '@sync-hub/merge';
import { endChange, Stage, type StageContext, type StageHandler, skip, type Verdict } from '@sync-hub/messaging';
import { ChangeRepository, SnapshotRepository } from '@sync-hub/persistence';
import { Knowledge, Rules } from '@sync-hub/runtime';
import { type Mapping, RouteKeeper } from './route-keeper.js';
import { routesFor } from './routes-for.js';

/** Opens one job per route whose rules admit the record. */
@Stage('map')
export class MapStage implements StageHandler<'map'> {
  constructor(
    private readonly rules: Rules,
    private readonly knowledge: Knowledge,
    private readonly changes: ChangeRepository,
    private readonly snapshots: SnapshotRepository,
    private readonly routes: RouteKeeper,
  ) {}

  async handle({ changeId, round, record, site, snapshot }: PayloadFor<'map'>, _context: StageContext): Promise<Verdict> {
    const change = await this.changes.find(changeId, round);
    if (change === null) return skip('this round is over');
    const read = await this.snapshots.read(snapshot);
    const known = await this.knowledge.of(this.rules.linksOf(site), site, record);
    const { admitted, refused } = routesFor(this.rules, await this.knowledge.asOf(known, site, read), read);
    const mapping: Mapping = { change, read, snapshot, hashOf: (seen) => this.snapshots.hashOf(seen), sightOf: (word) => this.snapshots.sightOf(word) };

    const end = admitted.length === 0 ? 'not-admitted' : 'mapped';
    return endChange(
      end,
      async (tx) => {
        for (const link of admitted) await this.routes.arm(tx, mapping, link);
        for (const route of refused) await this.routes.turnAway(tx, mapping, route);
      },
      {
        opened: admitted.filter((link) => !isAsAgreed(link.agreement, link.end.side, link.seen)).length,
        notAdmitted: refused.map(({ known: link, why }) => `${link.end.link.id}: ${why}`),
      },
    );
  }
}

import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { judgedBy, linksRunAt, policiesDigest, writingDigest } from '@sync-hub/configuration';
import { ChangeRepository, PolicyRuleRepository } from '@sync-hub/persistence';
import { Hub, Periodic } from '@sync-hub/runtime';

const EVERY_MS = 2000;

/** Other policies, or a rule that was made or revoked: what is asked about on the link is looked at once more, for it may be decided by now. */
@Injectable()
export class JudgeAnewService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: Periodic;

  constructor(
    private readonly hub: Hub,
    private readonly rules: PolicyRuleRepository,
    private readonly changes: ChangeRepository,
  ) {
    this.work = new Periodic('judge-anew', EVERY_MS, () => this.judgeAnew(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private async judgeAnew(): Promise<void> {
    const { rules: configured, parts } = this.hub;
    for (const link of linksRunAt(configured.current)) {
      const inForce = (await this.rules.inForce(link.id)).map(({ id }) => id);
      const by = judgedBy(policiesDigest(configured.current, link, configured.plugins), inForce);
      const writesBy = writingDigest(configured.current, link, configured.plugins);
      const looks = await this.rules.looksFor({ link: link.id, judgedBy: by, writesBy });
      if (looks.length === 0) continue;
      const { said } = await parts.database.transaction((tx) => this.changes.open(tx, looks));
      await this.hub.outgoing.send(said);
      parts.log.info('judged-anew', { link: link.id, count: looks.length });
    }
  }
}

import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { HeldWhyNow } from '@sync-hub/contracts';
import { type AskedWhy, AskedWhyRepository } from '@sync-hub/persistence';
import { type HeldDryRun, Hub, Periodic } from '@sync-hub/runtime';
import { dryRunOn } from './dry-run.js';

const EVERY_MS = 250;
/** Each reads at two sites. */
const AT_ONCE = 4;

const GONE: HeldWhyNow = { works: 'unknown', prospect: 'is-moving', site: null, why: null, code: 'gone', names: [], hasChanged: null };
const FAILED: HeldWhyNow = { ...GONE, prospect: 'cannot-be-read', code: 'bug' };

/** Answers what a console that has no logins asks of something held: by the dry run that writes nothing. Several pushers do so side by side. */
@Injectable()
export class AnswerWhyService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: Periodic;
  private readonly dryRun: HeldDryRun;

  constructor(
    private readonly hub: Hub,
    private readonly questions: AskedWhyRepository,
  ) {
    this.dryRun = dryRunOn(hub);
    this.work = new Periodic('answer-why', EVERY_MS, () => this.round(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  /** At once again where as many were asked as are taken at once. */
  private async round(): Promise<number> {
    const asked = await this.questions.take(AT_ONCE);
    await Promise.all(asked.map(async (one) => this.questions.answer(one.id, await this.answerOf(one))));
    return asked.length < AT_ONCE ? EVERY_MS : 0;
  }

  private async answerOf({ heldId }: AskedWhy): Promise<HeldWhyNow> {
    const row = await this.hub.repositories.held.find(heldId);
    if (row === null) return GONE;
    try {
      return await this.dryRun(row);
    } catch (error) {
      this.hub.parts.log.error('periodic-work-failed', error, { action: 'answer-why' });
      return FAILED;
    }
  }
}

import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { channelsOf, linksRunAt, type MessagesConfiguration, sitesRunHere } from '@sync-hub/configuration';
import { type Notice, SyncError } from '@sync-hub/contracts';
import { NoticeRepository, OverviewRepository, SituationRepository } from '@sync-hub/persistence';
import { againAfter, Hub, isRunHere, lateRoutes, Periodic, planNotices, receivingIn, sendNotice, situationsIn, unheardIn } from '@sync-hub/runtime';

/** So many by one channel before the state is looked at anew. */
const AT_ONCE = 20;

/**
 * Tells people of what needs them, once where it begins and once where it is over, by the channels that the configuration names. Of several replicas one looks at a time, and one sends each
 * message; a restart repeats none.
 */
@Injectable()
export class TellPeopleService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: Periodic;
  private readonly ending = new AbortController();

  constructor(
    private readonly hub: Hub,
    private readonly situations: SituationRepository,
    private readonly notices: NoticeRepository,
    private readonly overview: OverviewRepository,
  ) {
    this.work = new Periodic('tell-people', hub.times.tellPeopleMs, () => this.round(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.work.stop();
  }

  private async round(): Promise<void> {
    const { messages } = this.hub.rules.current;
    if (messages === undefined) return;
    await this.look(messages);
    // A channel that is slow or down keeps no other waiting.
    await Promise.all(channelsOf(messages).map((channel) => this.sendBy(channel, messages)));
  }

  private async look(messages: MessagesConfiguration): Promise<void> {
    const { current } = this.hub.rules;
    const [state, standing, at] = [await this.situations.observe(messages), await this.overview.standing(), new Date()];
    const sites = sitesRunHere(current).map(({ id }) => ({ site: id, isResting: this.hub.rules.isResting(id) }));
    const { from } = receivingIn(current);
    const unheard = unheardIn(await this.hub.repositories.receivedWork.heard(from.map(({ id }) => id)), from, at);
    const instances = from.map(({ id }) => id);
    const here = { at, sites, links: linksRunAt(current).map(({ id }) => id), late: lateRoutes(standing), instances, unheard };
    await this.hub.parts.database.transaction(async (tx) => {
      const before = await this.notices.lock(tx);
      const known = new Set(before.flatMap(({ key, clearedAt }) => (clearedAt === null ? [key] : [])));
      const now = situationsIn(state, { ...here, known }, messages);
      const changes = planNotices(before, now, { at, clearMinutes: messages.clearMinutes, isHere: (one) => isRunHere(one, here) });
      await this.notices.apply(tx, changes, { channels: channelsOf(messages), quietMinutes: messages.quietMinutes });
    });
  }

  /** In order, until there are no more, or one is not taken. */
  private async sendBy(channel: string, { atMostPerHour }: MessagesConfiguration): Promise<void> {
    for (let sent = 0; sent < AT_ONCE && !this.ending.signal.aborted; sent += 1) {
      const notice = await this.notices.claim(channel, atMostPerHour);
      if (notice === null || !(await this.send(notice))) return;
    }
  }

  private async send(notice: Notice): Promise<boolean> {
    const { log, database } = this.hub.parts;
    const told = { target: notice.channel, action: notice.what, reason: notice.situation?.kind ?? 'test', attempt: notice.attempts };
    try {
      await sendNotice(notice, this.hub.rules.current, this.ending.signal);
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      if (!this.ending.signal.aborted) await this.afterFailure(notice, error);
      return false;
    }
    await database.transaction(async (tx) => {
      await this.notices.sent(tx, notice);
      await this.hub.repositories.failing.succeeded(tx, { work: 'tell-people', place: notice.channel });
    });
    log.info('message-sent', told);
    return true;
  }

  /** Said where operators look: the log, the status, the console. */
  private async afterFailure(notice: Notice, error: SyncError): Promise<void> {
    const { log, database } = this.hub.parts;
    const seconds = againAfter(notice.attempts);
    await database.transaction((tx) => this.notices.failed(tx, notice, error.code, seconds));
    await this.hub.repositories.failing.failed({ work: 'tell-people', place: notice.channel }, error.code);
    const told = { target: notice.channel, action: notice.what, code: error.code, attempt: notice.attempts };
    if (seconds === null) log.error('message-given-up', error, told);
    else log.warn('message-not-sent', { ...told, delaySeconds: seconds });
  }
}

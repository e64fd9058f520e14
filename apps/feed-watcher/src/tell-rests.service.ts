import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Hub, Periodic } from '@sync-hub/runtime';

const EVERY_MS = 1000;

interface Resting {
  readonly names: { readonly site: string } | { readonly link: string; readonly direction: string };
  readonly until: Date | null;
}

/** Says in the log when a site or a direction of a link begins to rest, until when, and when it goes on: or somebody would look for what is wrong. */
@Injectable()
export class TellRestsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: Periodic;
  private told: ReadonlyMap<string, Resting> = new Map();

  constructor(private readonly hub: Hub) {
    this.work = new Periodic('tell-rests', EVERY_MS, () => this.tell(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private async tell(): Promise<void> {
    const { log } = this.hub.parts;
    const now = this.restingNow();
    for (const [key, { names, until }] of now) {
      const before = this.told.get(key);
      if (before !== undefined && before.until?.getTime() === until?.getTime()) continue;
      log.info('rests', { ...names, ...(until === null ? {} : { until: until.toISOString() }) });
    }
    for (const [key, { names }] of this.told) if (!now.has(key)) log.info('rests-no-more', { ...names });
    this.told = now;
  }

  /** What rests because one of its ends does is told of there. */
  private restingNow(): ReadonlyMap<string, Resting> {
    const { sites, routes } = this.hub.rules.shown();
    const resting: (readonly [string, Resting])[] = [
      ...sites.flatMap(({ site, rests }) => (rests === null ? [] : [[site, { names: { site }, until: rests.until }] as const])),
      ...routes.flatMap(({ route: { link, direction }, rests }) =>
        rests?.why === 'schedule' ? [[`${link} ${direction}`, { names: { link, direction }, until: rests.until }] as const] : [],
      ),
    ];
    return new Map(resting);
  }
}

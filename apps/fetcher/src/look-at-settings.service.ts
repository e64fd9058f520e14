import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { linksRunAt } from '@sync-hub/configuration';
import { ContractError, type LinkId, type SiteId } from '@sync-hub/contracts';
import type { SiteClient } from '@sync-hub/openmrs';
import { ChangeRepository } from '@sync-hub/persistence';
import { eachInTurn, Hub, Periodic, SiteClients } from '@sync-hub/runtime';

interface Wanted {
  readonly site: SiteId;
  readonly property: string;
  readonly links: readonly LinkId[];
}

/** Reads the settings that links name at their parents, again and again, since hardly any feed tells of them: one that says something else is looked at; at the start each once. */
@Injectable()
export class LookAtSettingsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly ending = new AbortController();
  private readonly work: Periodic;
  /** What each setting of a site was when it was last looked at for these links. */
  private readonly looked = new Map<string, string>();

  constructor(
    private readonly hub: Hub,
    private readonly changes: ChangeRepository,
    private readonly clients: SiteClients,
  ) {
    this.work = new Periodic('look-at-settings', Math.max(1, hub.times.readCohortsSeconds) * 1000, () => this.look(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.work.stop();
  }

  private async look(): Promise<void> {
    const closed = await this.hub.circuit.closed();
    await eachInTurn(this.wanted(), async ([site, settings]) => {
      if (closed.has(site)) return;
      const client = await this.clients.of(site);
      await eachInTurn(settings, async ([property, links]) => (this.ending.signal.aborted ? undefined : this.lookAt({ site, property, links }, client)));
    });
  }

  /** The settings that links name, with those links, by the parent that has them. */
  private wanted(): ReadonlyMap<SiteId, ReadonlyMap<string, readonly LinkId[]>> {
    const wanted = new Map<SiteId, Map<string, readonly LinkId[]>>();
    for (const { id, parent, classes, settings = [] } of linksRunAt(this.hub.rules.current)) {
      if (classes.systemsetting?.pull !== true) continue;
      const ofParent = wanted.get(parent) ?? new Map<string, readonly LinkId[]>();
      for (const property of settings) ofParent.set(property, [...(ofParent.get(property) ?? []), id]);
      wanted.set(parent, ofParent);
    }
    return wanted;
  }

  private async lookAt({ site, property, links }: Wanted, client: SiteClient): Promise<void> {
    const options = { signal: this.ending.signal };
    const record = await client.settingOf(property, options);
    if (record === null) return;
    const stamp = await client.read(record, options).then((told) => told.stamp, unreadable);
    const key = `${site} ${property} ${links.join(' ')}`;
    if (this.looked.get(key) === stamp) return;
    const { said } = await this.hub.parts.database.transaction((tx) => this.changes.open(tx, [{ site, record }]));
    await this.hub.outgoing.send(said);
    this.looked.set(key, stamp);
  }
}

/** What makes no sense is looked at once as well: the look is held, and says why. */
function unreadable(error: unknown): string {
  if (error instanceof ContractError) return error.code;
  throw error;
}

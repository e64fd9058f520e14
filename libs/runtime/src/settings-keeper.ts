import {
  type Configuration,
  changedPlaces,
  configurationChanges,
  configurationDigest,
  type Difference,
  linksRunAt,
  type SiteConfiguration,
  writingDigest,
} from '@sync-hub/configuration';
import { ConfigurationTaken, type SiteId, type SyncError } from '@sync-hub/contracts';
import type { Envelope } from '@sync-hub/messaging';
import { newId } from '@sync-hub/persistence';
import { ConfigurationHistory } from './configuring/index.js';
import type { Hub } from './hub.js';
import { Periodic } from './periodic.js';
import type { Settings } from './settings.js';
import { SettingsWatch } from './settings-watch.js';
import { versionOfSyncHub } from './version.js';

/** Whose settings are kept. */
export interface KeepingFor {
  readonly services: readonly string[];
  /** True where no other process shares the bus: then none is waited for. */
  readonly isAlone: boolean;
  /** Is it in the audit that they started? */
  readonly saysStart: boolean;
  /** Declares the queues of these sites, and consumes those that are new. */
  readonly follow: (sites: readonly SiteId[]) => Promise<void>;
}

/** So many places of a configuration are named in the audit at once. */
const MOST_PLACES = 200;

/** Keeps this process at the configuration as its file says it, and says for all to see by which one it goes. */
export class SettingsKeeper {
  private readonly id = newId();
  private readonly work: Periodic;
  private readonly watching: SettingsWatch | null;
  private readonly history: ConfigurationHistory;
  /** Where we have another login, until that is noted. */
  private readonly newLogins = new Set<SiteId>();
  /** By which configuration this process goes, as the audit was told; `null` before it was. */
  private told: Configuration | null = null;
  /** What was said, and is not on the bus yet. */
  private said: readonly Envelope[] = [];

  constructor(
    private readonly hub: Hub,
    private readonly keeping: KeepingFor,
  ) {
    const { log, readSettings: read } = hub.parts;
    const everyMs = hub.times.configurationPollMs;
    this.history = new ConfigurationHistory(hub.repositories.configurationVersions, hub.rules.current.instance.id, hub.rules.plugins);
    this.work = new Periodic('say-that-it-runs', everyMs, () => hub.repositories.processes.isThere(this.id), log);
    this.watching =
      read === undefined
        ? null
        : new SettingsWatch({
            everyMs,
            log,
            read,
            current: () => hub.settings,
            take: (settings) => this.take(settings),
            refuse: (error) => this.refuse(error),
          });
  }

  /** Says by what this process begins. */
  async begin(): Promise<void> {
    await this.note();
  }

  /** Once the stages listen. */
  async watch(): Promise<void> {
    await this.send();
    this.work.start();
    this.watching?.start();
  }

  /** Takes nothing more. */
  async stop(): Promise<void> {
    await this.watching?.stop();
    await this.work.stop();
  }

  /** The process does no more. Where that cannot be said it is known a minute later. */
  async end(): Promise<void> {
    await this.hub.repositories.processes.ends(this.id).catch(() => undefined);
  }

  /** Every step may be done twice: what fails is begun anew. */
  private async take(settings: Settings): Promise<void> {
    const before = this.hub.settings;
    const changes = configurationChanges(before.configuration, settings.configuration);
    const newLogins = settings.configuration.sites.filter((site) => hasNewLogin(site, before, settings)).map(({ id }) => id);
    for (const site of newLogins) this.newLogins.add(site);
    await this.hub.take(settings);
    await this.keeping.follow(this.hub.siteIds);
    await this.note();
    await this.send();
    await this.hub.rules.tell();
    this.hub.parts.log.info('configuration-taken', {
      configuration: configurationDigest(settings.configuration),
      names: [...namesOf('site', changes.sites), ...namesOf('link', changes.links), ...newLogins.map((id) => `login-changed/${id}`)],
    });
  }

  private async refuse(error: SyncError | null): Promise<void> {
    await this.hub.repositories.processes.refuses(this.id, error);
    if (error !== null) this.hub.parts.log.error('configuration-refused', error, { code: error.code });
  }

  private async send(): Promise<void> {
    await this.hub.outgoing.send(this.said);
    this.said = [];
  }

  /** For the audit: what was another one before, and what is said elsewhere in it now. */
  private taken(after: Configuration): ConfigurationTaken {
    const places = this.told === null ? [] : changedPlaces(this.told, after);
    return {
      site: after.instance.id,
      round: 1,
      outcome: this.told === null ? 'hub-started' : 'configuration-taken',
      services: [...this.keeping.services],
      version: versionOfSyncHub(),
      digest: configurationDigest(after),
      before: this.told === null ? null : configurationDigest(this.told),
      places: places.slice(0, MOST_PLACES),
      leftOut: Math.max(0, places.length - MOST_PLACES),
      newLogins: [...this.newLogins],
    };
  }

  /** For all processes to see: what it admits and writes by, which sites take part, and that the login of some is another one. */
  private async note(): Promise<void> {
    const { hub } = this;
    const { services, isAlone, saysStart } = this.keeping;
    const { left, rules, sites, processes } = hub.repositories;
    const { current } = hub.rules;
    const { text } = hub.settings;
    const links = linksRunAt(current);
    const { said } = await hub.parts.database.transaction(async (tx) => {
      await left.note(
        tx,
        links.map(({ id }) => id),
      );
      await sites.keepTo(tx, hub.siteIds);
      await sites.haveNewLogin(tx, [...this.newLogins]);
      await rules.note(tx, services, hub.routeRules());
      await processes.goesBy(tx, { id: this.id, services, settings: hub.settingsDigest }, isAlone);
      if (text !== undefined) await this.history.noteTaken(tx, text, current);
      if (this.told !== null || saysStart) tx.say(ConfigurationTaken, newId(), this.taken(current));
    });
    this.said = [...this.said, ...said];
    this.told = current;
    this.newLogins.clear();
    hub.rules.noted(new Map(links.map((link) => [link.id, writingDigest(current, link, hub.rules.plugins)])));
  }
}

const namesOf = (what: string, { added, removed, changed }: Difference<string>): string[] =>
  Object.entries({ added, removed, changed }).flatMap(([how, ids]) => ids.map((id) => `${what}-${how}/${id}`));

/** By who we are there, or by the address at which we are asked for it. */
const hasNewLogin = ({ id, baseUrl }: SiteConfiguration, before: Settings, after: Settings): boolean => {
  const earlier = before.configuration.sites.find((site) => site.id === id);
  const loginOf = ({ logins }: Settings): string => JSON.stringify([logins.get(id)?.username, logins.get(id)?.password]);
  return earlier !== undefined && (earlier.baseUrl !== baseUrl || loginOf(before) !== loginOf(after));
};

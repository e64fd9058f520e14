import type { Provider, Type } from '@nestjs/common';
import type { Configuration, Logins, Plugins, ReportSecrets } from '@sync-hub/configuration';
import { admissionDigest, linksRunAt, NO_REPORTS, routeOf, sitesRunHere, writingDigest } from '@sync-hub/configuration';
import { type AuditDesk, BugError, type ConflictDesk, type SiteId } from '@sync-hub/contracts';
import type { Bus } from '@sync-hub/messaging';
import type { Log, Meters } from '@sync-hub/observability';
import type { Database, RouteRules, Vault } from '@sync-hub/persistence';
import { accountPartsOn, HubAccountDesk, HubSignInDesk } from './accounts/index.js';
import { Circuit } from './circuit.js';
import { ClassGate } from './class-gate.js';
import { auditDeskOn } from './desk-on.js';
import { Exclusions } from './exclusions.js';
import { everyDesk } from './far-conflicts/index.js';
import { type HeldDryRun, HubHeldDesk } from './held/index.js';
import { HubBulkDesk } from './hub-bulk-desk.js';
import { HubConflictDesk } from './hub-conflict-desk.js';
import { HubFeedDesk } from './hub-feed-desk.js';
import { HubLinkDesk } from './hub-link-desk.js';
import { HubManualRunDesk } from './hub-manual-run-desk.js';
import { HubPolicyRuleDesk } from './hub-policy-rule-desk.js';
import { Knowledge } from './knowledge.js';
import { learnSite } from './learn-site.js';
import { Outgoing } from './outgoing.js';
import { patientPages } from './patient-pages.js';
import { type Repositories, repositoriesOf } from './repositories.js';
import { Rules } from './rules.js';
import { contentOf, type Settings } from './settings.js';
import { SiteClients } from './site-clients.js';
import { TIMES, type Times } from './times.js';

/** What a process brings to become a part of the hub. */
export interface HubParts {
  readonly configuration: Configuration;
  readonly database: Database;
  readonly vault: Vault;
  readonly bus: Bus;
  readonly log: Log;
  readonly meters: Meters;
  /** Makes the clients of the sites, over the aliases and capabilities that the repositories keep. */
  readonly clients: (repositories: Repositories) => SiteClients;
  readonly times?: Partial<Times>;
  /** Who we are at each site, and by what it signs, where it is asked for. */
  readonly logins?: Logins;
  /** By which this instance and others know each other, where it reports or receives. */
  readonly reports?: ReportSecrets;
  /** The text of the file that the configuration was read from, where it was. */
  readonly text?: string;
  /** Reads configuration and secrets anew; a hub without it goes by the same for as long as it runs. */
  readonly readSettings?: () => Promise<Settings>;
  /** What the configuration names of a deployment's own. */
  readonly plugins?: Plugins;
  /** The clock by which sites and links rest; this machine's unless given. */
  readonly now?: () => Date;
}

/** All that a process of the hub shares between its services, made once. */
export class Hub {
  readonly repositories: Repositories;
  readonly rules: Rules;
  readonly clients: SiteClients;
  readonly circuit: Circuit;
  readonly knowledge: Knowledge;
  readonly outgoing: Outgoing;
  readonly exclusions: Exclusions;
  readonly classGate: ClassGate;
  readonly times: Times;
  private logins: Logins;
  private reports: ReportSecrets;
  private text: string | undefined;

  constructor(readonly parts: HubParts) {
    this.times = { ...TIMES, ...parts.times };
    this.rules = new Rules(parts.configuration, parts.plugins, parts.now);
    this.logins = parts.logins ?? new Map();
    this.reports = parts.reports ?? NO_REPORTS;
    this.text = parts.text;
    this.repositories = repositoriesOf(parts.database, parts.vault, this.rules);
    const { changes, closedClasses, redrive, sites, store } = this.repositories;
    const { database, log } = parts;
    this.clients = parts.clients(this.repositories);
    this.clients.restBy((site) => this.rules.isResting(site));
    this.circuit = new Circuit(
      database,
      sites,
      {
        ping: (site) => this.clients.ping(site),
        learn: (site) => learnSite({ clients: this.clients, database, sites, changes, closedClasses, redrive, log }, site),
        forget: (site) => this.clients.forget(site),
        rests: (site) => this.rules.isResting(site),
      },
      (site, state) => log[state === 'up' ? 'info' : 'warn']('site-state', { site, state }),
      this.times,
    );
    this.knowledge = new Knowledge(this.repositories);
    this.classGate = new ClassGate(this.repositories.closedClasses, this.clients);
    this.outgoing = new Outgoing(parts.bus, store);
    this.exclusions = new Exclusions(this.repositories.exclusions, changes);
  }

  /** The sites at the ends of the links this instance runs. */
  get siteIds(): readonly SiteId[] {
    return sitesRunHere(this.rules.current).map(({ id }) => id);
  }

  /** By what the site signs what it tells of its changes. */
  webhookSecret(site: SiteId): string {
    const secret = this.logins.get(site)?.webhookSecret;
    if (secret === undefined) throw new BugError('a site that tells of its changes has no secret', { site });
    return secret;
  }

  /** The desk at which people answer conflicts. */
  conflictDesk(): HubConflictDesk {
    const { conflictOverview: overview, answers, decisions, snapshots } = this.repositories;
    return new HubConflictDesk({
      database: this.parts.database,
      overview,
      answers,
      decisions,
      snapshots,
      send: (said) => this.outgoing.send(said),
      titleOf: (site) => this.rules.site(site).title ?? site,
      patientPage: patientPages(
        (site) => this.rules.site(site),
        (site, patient) => this.repositories.aliases.bookOf(site).toLocal(patient),
      ),
    });
  }

  /** The desk at which people make rules of decisions. */
  policyRuleDesk(): HubPolicyRuleDesk {
    const { policyRules } = this.repositories;
    return new HubPolicyRuleDesk({
      database: this.parts.database,
      rules: policyRules,
      configuration: () => this.rules.current,
      send: (said) => this.outgoing.send(said),
    });
  }

  /** The desk at which people answer many conflicts by one policy. */
  bulkDesk(): HubBulkDesk {
    const { conflictOverview: overview, decisions, snapshots, sights } = this.repositories;
    return new HubBulkDesk({ desk: this.conflictDesk(), overview, decisions, snapshots, sights, atOnceSeconds: this.times.atOnceSeconds });
  }

  /** The desk at which people see to what is held; `dryRun` where somebody here can ask the sites. */
  heldDesk(dryRun: HeldDryRun | null = null): HubHeldDesk {
    const { held, heldActs: acts, snapshots, patientStops: stops } = this.repositories;
    return new HubHeldDesk({ database: this.parts.database, held, acts, snapshots, stops, send: (said) => this.outgoing.send(said), dryRun });
  }

  /** The desk at which people have routes looked through by hand. */
  manualRunDesk(): HubManualRunDesk {
    const { manualRuns: runs, manualRunOverview: overview } = this.repositories;
    return new HubManualRunDesk({
      database: this.parts.database,
      runs,
      overview,
      configuration: () => this.rules.current,
      send: (said) => this.outgoing.send(said),
    });
  }

  /** The desk at which people see to feeds. */
  feedDesk(): HubFeedDesk {
    const { markers } = this.repositories;
    return new HubFeedDesk({ database: this.parts.database, markers, configuration: () => this.rules.current, send: (said) => this.outgoing.send(said) });
  }

  /** The desk at which people stop links, and let them go on. */
  linkDesk(): HubLinkDesk {
    const { linkActs: acts, brakes } = this.repositories;
    return new HubLinkDesk({ database: this.parts.database, acts, brakes, configuration: () => this.rules.current, send: (said) => this.outgoing.send(said) });
  }

  /** Who signs in, and their accounts. */
  accountDesks(): { readonly signIn: HubSignInDesk; readonly accounts: HubAccountDesk } {
    const parts = accountPartsOn(this.parts.database, this.rules.current.instance.id, (said) => this.outgoing.send(said));
    return { signIn: new HubSignInDesk(parts), accounts: new HubAccountDesk(parts) };
  }

  /** The desk at which people look into the audit. */
  auditDesk(): AuditDesk {
    return auditDeskOn(
      this.parts.database,
      this.parts.vault,
      () => this.rules.current,
      (said) => this.outgoing.send(said),
    );
  }

  /** The conflict desk, with the conflicts of the instances that report here. */
  everyConflictDesk(): ConflictDesk {
    return everyDesk(this.conflictDesk(), this.repositories.receivedConflicts, () => this.rules.current);
  }

  /** By which instances know each other. */
  get reportSecrets(): ReportSecrets {
    return this.reports;
  }

  /** Configuration and secrets in force. */
  get settings(): Settings {
    return { configuration: this.rules.current, logins: this.logins, reports: this.reports, ...(this.text === undefined ? {} : { text: this.text }) };
  }

  /** The same for every process that goes by the same settings; nobody without our keys can guess a secret from it. */
  get settingsDigest(): string {
    return this.parts.vault.digest(contentOf(this.settings));
  }

  /** From now on these are in force in this process; who keeps something for each site is told by `Rules.tell`. */
  async take({ configuration, logins, reports = NO_REPORTS, text }: Settings): Promise<void> {
    await this.clients.configure({ configuration, logins });
    this.logins = logins;
    this.reports = reports;
    this.text = text;
    this.rules.replace(configuration);
  }

  /** By which rules records are admitted on each route that this instance runs. */
  routeRules(): readonly RouteRules[] {
    return linksRunAt(this.rules.current).flatMap((link) =>
      (['pull', 'push'] as const).map((direction) => ({
        link: link.id,
        direction,
        source: routeOf(link, direction).source,
        digest: admissionDigest(link, direction, this.rules.plugins),
        writesBy: writingDigest(this.rules.current, link, this.rules.plugins),
      })),
    );
  }

  /** Closes what the services do not: clients and database. */
  async close(): Promise<void> {
    await this.clients.close();
    await this.parts.database.close();
  }

  /** What Nest may inject into stages and services, under its own class. */
  providers(): Provider[] {
    const values = [this, this.rules, this.circuit, this.knowledge, this.outgoing, this.exclusions, this.classGate, ...Object.values(this.repositories)];
    return [...values.map((value) => ({ provide: value.constructor as Type, useValue: value })), { provide: SiteClients, useValue: this.clients }];
  }
}

import type { Provider, Type } from '@nestjs/common';
import type { Configuration } from '@sync-hub/configuration';
import { admissionDigest, linksRunAt, routeOf, shownOf, sitesRunHere } from '@sync-hub/configuration';
import type { SiteId } from '@sync-hub/contracts';
import type { Bus } from '@sync-hub/messaging';
import type { Log, Meters } from '@sync-hub/observability';
import {
  AgreementRepository,
  AliasRepository,
  AuditRepository,
  BrakeRepository,
  ChangeRepository,
  ConflictRepository,
  type Database,
  EngineRepository,
  FeedMarkerRepository,
  InstallationRepository,
  IntentRepository,
  JobRepository,
  KeptFieldRepository,
  MembershipRepository,
  OverviewRepository,
  PipelineStore,
  PlaceRepository,
  RedriveRepository,
  type RouteRules,
  RulesRepository,
  SiteRepository,
  SnapshotRepository,
  UuidAuditRepository,
  type Vault,
  WaiterRepository,
} from '@sync-hub/persistence';
import { Circuit } from './circuit.js';
import { Knowledge } from './knowledge.js';
import { learnSite } from './learn-site.js';
import { Outgoing } from './outgoing.js';
import { Rules } from './rules.js';
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
}

/** One repository per table, and what stands on them. */
export type Repositories = ReturnType<typeof repositoriesOf>;

function repositoriesOf(database: Database, vault: Vault, configuration: Configuration) {
  const changes = new ChangeRepository(database);
  const jobs = new JobRepository(database);
  const conflicts = new ConflictRepository(database, vault);
  return {
    changes,
    jobs,
    conflicts,
    store: new PipelineStore(database, changes, jobs, conflicts),
    places: new PlaceRepository(database),
    redrive: new RedriveRepository(),
    rules: new RulesRepository(database),
    sites: new SiteRepository(database),
    markers: new FeedMarkerRepository(database),
    snapshots: new SnapshotRepository(database, vault),
    agreements: new AgreementRepository(database, vault),
    intents: new IntentRepository(database, vault),
    keptFields: new KeptFieldRepository(database),
    waiters: new WaiterRepository(database),
    memberships: new MembershipRepository(database),
    uuidAudits: new UuidAuditRepository(database),
    aliases: new AliasRepository(database),
    audit: new AuditRepository(),
    brakes: new BrakeRepository(),
    engines: new EngineRepository(database),
    installation: new InstallationRepository(database),
    overview: new OverviewRepository(database, shownOf(configuration)),
  };
}

/** All that a process of the hub shares between its services, made once. */
export class Hub {
  readonly repositories: Repositories;
  readonly rules: Rules;
  readonly clients: SiteClients;
  readonly circuit: Circuit;
  readonly knowledge: Knowledge;
  readonly outgoing: Outgoing;
  readonly times: Times;

  constructor(readonly parts: HubParts) {
    this.times = { ...TIMES, ...parts.times };
    this.repositories = repositoriesOf(parts.database, parts.vault, parts.configuration);
    const { changes, redrive, sites, store } = this.repositories;
    const { database, log } = parts;
    this.rules = new Rules(parts.configuration);
    this.clients = parts.clients(this.repositories);
    this.circuit = new Circuit(
      database,
      sites,
      {
        ping: (site) => this.clients.ping(site),
        learn: (site) => learnSite({ clients: this.clients, database, sites, changes, redrive, log }, site),
        forget: (site) => this.clients.forget(site),
      },
      (site, state) => log[state === 'up' ? 'info' : 'warn']('site-state', { site, state }),
      this.times,
    );
    this.knowledge = new Knowledge(this.repositories);
    this.outgoing = new Outgoing(parts.bus, store);
  }

  /** The sites at the ends of the links this instance runs. */
  get siteIds(): readonly SiteId[] {
    return sitesRunHere(this.rules.current).map(({ id }) => id);
  }

  /** By which rules records are admitted on each route that this instance runs. */
  routeRules(): readonly RouteRules[] {
    return linksRunAt(this.rules.current).flatMap((link) =>
      (['pull', 'push'] as const).map((direction) => ({
        link: link.id,
        direction,
        source: routeOf(link, direction).source,
        digest: admissionDigest(link, direction),
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
    const { repositories: r } = this;
    const values = [
      this,
      this.rules,
      this.circuit,
      this.knowledge,
      this.outgoing,
      ...[
        r.changes,
        r.jobs,
        r.conflicts,
        r.store,
        r.places,
        r.rules,
        r.sites,
        r.markers,
        r.snapshots,
        r.agreements,
        r.intents,
        r.keptFields,
        r.waiters,
        r.memberships,
        r.uuidAudits,
        r.aliases,
        r.audit,
        r.brakes,
        r.engines,
        r.installation,
        r.overview,
      ],
    ];
    return [...values.map((value) => ({ provide: value.constructor as Type, useValue: value })), { provide: SiteClients, useValue: this.clients }];
  }
}

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Logins } from '@sync-hub/configuration';
import { type FeedFlavour, type Published, type Simulator, sampleMetadata, startSimulator } from '@sync-hub/openmrs-simulator';

type Profile = Parameters<typeof startSimulator>[0]['profile'];

export interface WorldOptions {
  /** The parent first. */
  readonly sites: Readonly<Record<string, Profile>>;
  /** Whose module writes a site's feed, where it is not the generic one. */
  readonly flavours?: Readonly<Record<string, FeedFlavour>>;
  /** Sites that have no FHIR module, until they are upgraded. */
  readonly withoutFhir?: readonly string[];
  /** Whether visits, encounters and obs travel as well. */
  readonly care?: boolean;
  /** Whether what is kept as a list of a patient travels, and lists of patients, and is told of by the feeds. */
  readonly lists?: boolean;
  /** Classes that travel beside these. */
  readonly classes?: Readonly<Record<string, Readonly<Record<'pull' | 'push', boolean>>>>;
  /** Metadata that every site's atomfeed module is configured to publish. */
  readonly publishes?: readonly Published[];
  readonly pollSeconds?: number;
  readonly longestRequestSeconds?: number;
  /** Whom the instance tells of what needs people, and when. */
  readonly messages?: Readonly<Record<string, unknown>>;
  /** Extra keys of the instance's, and of one site's or link's configuration. */
  readonly instance?: Readonly<Record<string, unknown>>;
  readonly site?: (id: string) => Readonly<Record<string, unknown>>;
  readonly link?: (child: string) => Readonly<Record<string, unknown>>;
}

/** One parent and its children as simulators, a configuration file that joins them, and a folder for what a hub keeps. */
export interface World {
  readonly sites: ReadonlyMap<string, Simulator>;
  readonly site: (id: string) => Simulator;
  readonly folder: string;
  readonly configurationFile: string;
  readonly logins: Logins;
  /** What services of their own need in their environment to log in. */
  readonly env: Readonly<Record<string, string>>;
  /** The server is taken down and comes back, at the same address and with the same data, on another platform. */
  upgrade(id: string, profile: Profile): Promise<void>;
  stop(): Promise<void>;
}

const LOGIN = { username: 'admin', password: 'Admin123' };

/** Starts the simulators, all with the same metadata, and writes the configuration. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sync-hub-world-'));
  // PostgreSQL runs as another user where we are root, and must reach its data; what is in the folder keeps its own rights.
  await chmod(folder, 0o755);
  const sites = new Map<string, Simulator>();
  const start = (id: string, profile: Profile, more: { readonly port?: number; readonly fhir?: false }): Promise<Simulator> =>
    startSimulator({
      id,
      profile,
      flavour: flavourOf(options, id),
      alsoPublishes: [...(options.publishes ?? []), ...(options.lists === true ? LISTS_PUBLISHED : [])],
      ...more,
    });
  for (const [id, profile] of Object.entries(options.sites)) {
    const simulator = await start(id, profile, options.withoutFhir?.includes(id) === true ? { fhir: false } : {});
    simulator.seedMetadata(sampleMetadata());
    sites.set(id, simulator);
  }
  const configurationFile = path.join(folder, 'sync-hub.json');
  await writeFile(configurationFile, JSON.stringify(configurationOf(options, sites), null, 2));
  const site = (id: string): Simulator => {
    const simulator = sites.get(id);
    if (simulator === undefined) throw new Error(`no site ${id} in this world`);
    return simulator;
  };
  return {
    sites,
    site,
    folder,
    configurationFile,
    logins: new Map([...sites.keys()].map((id) => [id, LOGIN])),
    upgrade: async (id, profile) => {
      const before = site(id);
      await before.stop();
      const after = await start(id, profile, { port: Number(new URL(before.baseUrl).port) });
      after.restore(before.backup());
      sites.set(id, after);
    },
    env: { SITE_USERNAME: LOGIN.username, SITE_PASSWORD: LOGIN.password },
    stop: async () => {
      await Promise.all([...sites.values()].map((simulator) => simulator.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const flavourOf = ({ flavours }: WorldOptions, site: string): FeedFlavour => flavours?.[site] ?? 'generic';

const LISTS = ['relationship', 'programenrollment', 'condition', 'diagnosis', 'order', 'medicationdispense', 'allergy', 'diagnosticreport', 'cohort'];
/** Those of which a feed tells only where it is configured to. */
const LISTS_PUBLISHED = ['relationship', 'programenrollment', 'condition', 'patientdiagnoses', 'medicationdispense'] as const;

/** All classes that were asked for, both ways; a Bahmni sends only what its feed tells of. */
function classesOf(options: WorldOptions, child: string) {
  const both = { pull: true, push: true };
  const asTold = { pull: true, push: flavourOf(options, child) === 'generic' };
  return {
    location: asTold,
    person: asTold,
    patient: both,
    ...(options.care === true ? { visit: both, encounter: both, observation: asTold } : {}),
    ...(options.lists === true ? Object.fromEntries(LISTS.map((name) => [name, asTold])) : {}),
    ...options.classes,
  };
}

function configurationOf(options: WorldOptions, sites: ReadonlyMap<string, Simulator>) {
  const [parent = '', ...children] = sites.keys();
  return {
    instance: { id: 'hub', ...options.instance },
    ...(options.messages === undefined ? {} : { messages: options.messages }),
    sites: [...sites].map(([id, { baseUrl }]) => ({
      id,
      baseUrl,
      login: { username: { env: 'SITE_USERNAME' }, password: { env: 'SITE_PASSWORD' } },
      client: 'rest',
      feed: { startAt: 'beginning', pollSeconds: options.pollSeconds ?? 1, flavour: flavourOf(options, id) },
      longestRequestSeconds: options.longestRequestSeconds ?? 4,
      ...options.site?.(id),
    })),
    links: children.map((child) => ({
      id: child,
      parent,
      child,
      runsAt: 'hub',
      mode: 'live',
      brake: { voidsPerHour: 1_000_000, percentOfCategory: 100 },
      classes: classesOf(options, child),
      metadataFromChild: true,
      persons: 'everyone',
      catchment: { rule: 'everyone' },
      ...options.link?.(child),
    })),
  };
}

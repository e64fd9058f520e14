import { afterEach, beforeEach } from '@jest/globals';
import type { CanonicalRecord, Writes } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import type { Scalar } from '@sync-hub/merge';
import { type CallOptions, type SiteOptions, Sites } from '@sync-hub/openmrs';
import { MemoryAliasBook } from '@sync-hub/openmrs/testing';
import { type ProfileId, type Simulator, type SimulatorOptions, sampleData, sampleMetadata, startSimulator } from '@sync-hub/openmrs-simulator';

/** A platform of today, and one that takes no uuids of ours. */
export const PROFILES: readonly { readonly profile: ProfileId }[] = [{ profile: '2.8' }, { profile: '2.1-old' }];

export const person = (uuid: string): RecordRef => ({ aggregate: 'person', uuid });
export const location = (uuid: string): RecordRef => ({ aggregate: 'location', uuid });
export const call: CallOptions = { signal: new AbortController().signal };
export const data = sampleData('source', 3);
export const [country, district, clinic] = data.locations.map(({ uuid }) => String(uuid)) as [string, string, string];
export const [jane] = data.patients.map(({ uuid }) => String(uuid)) as [string];

/** Everything that `from` holds and `to` does not yet. */
export function difference(from: CanonicalRecord, to: CanonicalRecord): Writes {
  const changed = Object.entries(from.fields).filter(([path, value]) => value !== null && to.fields[path] !== value);
  const emptied = Object.entries(from.fields).filter(([path, value]) => value === null && !path.endsWith(']') && (to.fields[path] ?? null) !== null);
  const gone = to.presence === 'present' ? Object.keys(to.fields).filter((path) => path.includes('[') && !(path in from.fields)) : [];
  return { fields: new Map<string, Scalar | undefined>([...changed, ...emptied, ...gone.map((path) => [path, undefined] as const)]) };
}

/** A clock that stands until it is told to move on: what goes in one second comes back together (core's unvoid handlers). */
export class HandClock {
  private at = Date.now();
  readonly now = (): Date => new Date(this.at);
  tick(): void {
    this.at += 1000;
  }
}

/** What one write was about: the source's version, what stands at the target after it, and the requests that wrote. */
export interface Carried {
  readonly incoming: CanonicalRecord;
  readonly written: CanonicalRecord;
  readonly asked: readonly string[];
}

/** A source of today's platform, with sample data, and a target of the platform under test, spoken to as the pusher does. */
export class RestBench {
  readonly aliases = new MemoryAliasBook();
  readonly old: boolean;
  private constructor(
    profile: ProfileId,
    readonly source: Simulator,
    public target: Simulator,
    readonly sites: Sites,
  ) {
    this.old = profile === '2.1-old';
  }

  static async start(profile: ProfileId, clock?: HandClock, more: Partial<SimulatorOptions> = {}): Promise<RestBench> {
    const source = await startSimulator({ id: 'source', profile: '2.8', ...(clock ? { clock: clock.now } : {}) });
    const target = await startSimulator({ id: 'target', profile, timeZone: 'Africa/Nairobi', ...(clock ? { clock: clock.now } : {}), ...more });
    for (const site of [source, target]) site.seedMetadata(sampleMetadata());
    source.load(data);
    const held: { bench?: RestBench } = {};
    const sites = new Sites([optionsOf(source, 'source'), optionsOf(target, 'target')], (id) =>
      id === 'target' && held.bench ? held.bench.aliases : new MemoryAliasBook(),
    );
    held.bench = new RestBench(profile, source, target, sites);
    return held.bench;
  }

  async stop(): Promise<void> {
    await this.sites.close();
    await Promise.all([this.source.stop(), this.target.stop()]);
  }

  /** Reads both ends and writes what differs to the target. */
  async carry(record: RecordRef): Promise<Carried> {
    const incoming = await this.sites.of('source').read(record, call);
    const held = await this.sites.of('target').read(record, call);
    this.target.resetRequests();
    const written = await this.sites.of('target').write(held, incoming, difference(incoming, held), call);
    const asked = this.target.requests
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => `${method} ${path.split('/ws/rest/v1/')[1]?.split('?')[0]}`);
    return { incoming, written, asked };
  }

  /** A patient, and the places it refers to, at both ends. */
  async agreeOnJane(): Promise<CanonicalRecord> {
    for (const uuid of [country, district, clinic]) await this.carry(location(uuid));
    return (await this.carry(person(jane))).written;
  }
}

/** For each test a bench on which both ends have Jane, and a clock that stands. */
export function eachWithJane(profile: ProfileId, given: (bench: RestBench, clock: HandClock) => void): void {
  let bench: RestBench;
  beforeEach(async () => {
    const clock = new HandClock();
    bench = await RestBench.start(profile, clock);
    await bench.agreeOnJane();
    given(bench, clock);
  });
  afterEach(() => bench.stop());
}

/** Short deadlines, and a login tried again at once. */
export const optionsOf = ({ baseUrl }: Simulator, id: string): SiteOptions => ({
  id,
  baseUrl,
  username: 'admin',
  password: 'Admin123',
  answerTimeoutMs: 5000,
  maxBodyBytes: 2_000_000,
  unlockWaitMs: 0,
});

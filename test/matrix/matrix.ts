import { type Action, CATEGORIES, type CanonicalRecord, type Client, patientsOf, type RecordCategory, type Writes, whyNot } from '@sync-hub/categories';
import { type RecordRef, RefusedError } from '@sync-hub/contracts';
import { covers } from '@sync-hub/merge';
import { type SiteCapabilities, Sites } from '@sync-hub/openmrs';
import { MemoryAliasBook } from '@sync-hub/openmrs/testing';
import { ORDER_TYPES, type ProfileId, type RowState, type Simulator, type SimulatorState, sampleMetadata, startSimulator } from '@sync-hub/openmrs-simulator';
import { call, data, difference, HandClock, optionsOf } from '../contract/rest-bench.js';
import { clerks } from './sample-clerk.js';
import { SAMPLES } from './samples.js';

/** What came of an action: it went from the child to the parent and to the second child, or a site was not sent it, for a reason that the category names. */
export type Came = 'passed' | { readonly refused: string; readonly because: string };

const SITES = ['child', 'parent', 'second'] as const;
type Site = (typeof SITES)[number];

/** A child and a second child of one platform, and their parent of today's; all three have the same places, patients and metadata. */
export class MatrixBench {
  private number = 0;
  private constructor(
    private readonly simulators: Readonly<Record<Site, Simulator>>,
    private readonly sites: Sites,
    private readonly clock: HandClock,
    /** What each of them is, as its probe says. */
    readonly platforms: Readonly<Record<Site, SiteCapabilities>>,
  ) {}

  static async start(profile: ProfileId): Promise<MatrixBench> {
    const clock = new HandClock();
    const start = (id: Site, of: ProfileId) => startSimulator({ id, profile: of, clock: clock.now, timeZone: id === 'parent' ? 'UTC' : 'Africa/Nairobi' });
    const simulators = { child: await start('child', profile), parent: await start('parent', '2.8'), second: await start('second', profile) };
    for (const site of Object.values(simulators)) {
      site.seedMetadata(sampleMetadata());
      site.seedMetadata({ ordertype: ORDER_TYPES });
      site.seedMetadata(clerks());
      site.clinician.appointments.addService('Eye care', 'First visit');
      site.load(data);
    }
    const books = new Map(SITES.map((id) => [id, new MemoryAliasBook()]));
    const sites = new Sites(
      SITES.map((id) => optionsOf(simulators[id], id)),
      (id) => books.get(id as Site) ?? new MemoryAliasBook(),
    );
    const [own, parents, others] = await Promise.all(SITES.map((id) => sites.probe(id, call)));
    if (own === undefined || parents === undefined || others === undefined) throw new Error('a site does not say what it is');
    return new MatrixBench(simulators, sites, clock, { child: own, parent: parents, second: others });
  }

  async stop(): Promise<void> {
    await this.sites.close();
    await Promise.all(Object.values(this.simulators).map((site) => site.stop()));
  }

  /** Does the actions one after the other, and says what came of each. */
  async run(category: RecordCategory, client: Client): Promise<Readonly<Record<Action, Came>>> {
    const sample = SAMPLES[category];
    this.number += 1;
    const { number } = this;
    if (whyNot(category, 'make', this.platforms.child) !== null) return this.refusedWhole(category, number, client);
    const from = this.beginsAt(category);
    const [site, platform] = [this.simulators[from], this.platforms[from]];
    const records = sample.make(site, number, platform);
    const made = await this.through(from, records, client);
    this.clock.tick();
    const after = sample.change(site, lastOf(records).uuid, platform);
    const changed = await this.through(from, after, client);
    const record = lastOf(after);
    if (CATEGORIES[category].staysInUse !== undefined) return { make: made, change: changed, ...(await this.neverTaken(record)) };
    this.clock.tick();
    sample.void(site, record.uuid);
    const voided = await this.through(from, [record], client);
    this.clock.tick();
    const isRestorable = Object.values(this.platforms).every((platform) => whyNot(category, 'restore', platform) === null);
    if (!isRestorable) return { make: made, change: changed, void: voided, restore: await this.refusedRestore(category, record) };
    sample.restore(site, record.uuid);
    const restored = await this.through(from, [record], client);
    return { make: made, change: changed, void: voided, restore: restored };
  }

  /** A patient and a place of whom everything is said, as the first and the second child have them in their tables: no codec of ours comes between. */
  async whatArrives(client: Client) {
    this.number += 1;
    const patient = lastOf(SAMPLES.patient.make(this.simulators.child, this.number, this.platforms.child));
    const place = lastOf(SAMPLES.location.make(this.simulators.child, this.number, this.platforms.child));
    await this.through('child', [place], client);
    await this.through('child', [patient], client);
    const rowsAt = (site: Site) => rowsOf(this.simulators[site].state(), patient.uuid, `Ward ${this.number}`);
    return { here: rowsAt('child'), there: rowsAt('second') };
  }

  /** At the child; at the parent what a child of that platform has no word for that no server does without, or whose patient only fhir2 tells. */
  private beginsAt(category: RecordCategory): 'child' | 'parent' {
    const { requires, scalars, scalarsOn, under } = CATEGORIES[category];
    if (under !== undefined && this.platforms.child.fhir2 === null) return 'parent';
    return requires.some((name) => name in scalars && !scalarsOn(this.platforms.child).includes(name)) ? 'parent' : 'child';
  }

  /** From where it begins up and to the second child: all that it says is there, or a mistake is told. */
  private async through(from: 'child' | 'parent', records: readonly [...RecordRef[], RecordRef], client: Client): Promise<Came> {
    for (const record of records) {
      if (from === 'child') await this.carry('child', 'parent', record, client);
      await this.carry('parent', 'second', record, client);
    }
    return 'passed';
  }

  private async carry(from: Site, to: Site, record: RecordRef, client: Client): Promise<void> {
    const incoming = await this.sites.of(from).read(record, call);
    const held = await this.sites.of(to).read(record, { ...call, patients: patientsOf(incoming) });
    const written = await this.write(to, held, incoming, client);
    expectSame(incoming, written, `${record.aggregate} from ${from} to ${to}`);
  }

  private async write(to: Site, held: CanonicalRecord, incoming: CanonicalRecord, client: Client): Promise<CanonicalRecord> {
    const target = this.sites.of(to);
    const options = { ...call, client, patients: patientsOf(incoming) };
    if (incoming.presence === 'voided' && held.presence === 'present') return target.write(held, incoming, { presence: 'voided', fields: new Map() }, options);
    const back = incoming.presence === 'present' && held.presence === 'voided';
    const now = back ? await target.write(held, incoming, { presence: 'present', fields: new Map() }, options) : held;
    if (incoming.presence !== 'present') return now;
    const writes = sayable(difference(incoming, now), { from: incoming, to: now });
    return writes.fields.size === 0 ? now : target.write(now, incoming, writes, options);
  }

  /** Where the second child has no such records it is sent nothing, and the reason is the category's own. */
  private async refusedWhole(category: RecordCategory, number: number, client: Client): Promise<Readonly<Record<Action, Came>>> {
    const { parent } = this.simulators;
    const sample = SAMPLES[category];
    const canBeMade = whyNot(category, 'make', this.platforms.parent) === null;
    const records = canBeMade || sample.seed === undefined ? sample.make(parent, number, this.platforms.parent) : ([sample.seed(parent, number)] as const);
    const [record, ...before] = [...records].reverse();
    for (const one of before.reverse()) await this.carry('parent', 'second', one, client);
    const came = await this.refused(record ?? records[0], client);
    return { make: came, change: came, void: came, restore: came };
  }

  private async refused(record: RecordRef, client: Client): Promise<Came> {
    const incoming = await this.sites.of('parent').read(record, call);
    const options = { ...call, client, patients: patientsOf(incoming) };
    const held = await this.sites.of('second').read(record, options);
    return this.whySendsNothing(() => this.sites.of('second').write(held, incoming, difference(incoming, held), options));
  }

  private async refusedRestore(category: RecordCategory, record: RecordRef): Promise<Came> {
    const held = await this.sites.of('second').read(record, call);
    if (whyNot(category, 'restore', this.platforms.second) === null)
      return { refused: 'unsupported', because: whyNot(category, 'restore', this.platforms.parent) ?? '' };
    return this.whySendsNothing(() => this.sites.of('second').write(held, held, { presence: 'present', fields: new Map() }, call));
  }

  private async neverTaken(record: RecordRef): Promise<Pick<Readonly<Record<Action, Came>>, 'void' | 'restore'>> {
    const held = await this.sites.of('second').read(record, call);
    const came = await this.whySendsNothing(() => this.sites.of('second').write(held, held, { presence: 'voided', fields: new Map() }, call));
    return { void: came, restore: came };
  }

  private async whySendsNothing(write: () => Promise<CanonicalRecord>): Promise<Came> {
    const { second } = this.simulators;
    second.resetRequests();
    try {
      await write();
    } catch (error) {
      const sent = second.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
      if (sent.length > 0) throw new Error(`was sent: ${sent.join(', ')}`);
      if (error instanceof RefusedError) return { refused: error.code, because: error.message };
      throw error;
    }
    throw new Error('was written, and should have been refused');
  }
}

/** What stands in the tables of a patient and a place, apart from stamps, and from uuids that old servers mint. */
function rowsOf({ people, locations }: SimulatorState, patient: string, place: string) {
  const person = people.find(({ uuid }) => uuid === patient);
  const ward = locations.find(({ values }) => values['name'] === place);
  const parts = (rows: readonly RowState[] = []): readonly Readonly<Record<string, unknown>>[] =>
    [...rows].sort((a, b) => (a.uuid < b.uuid ? -1 : 1)).map(({ uuid, values }) => ({ uuid, ...values }));
  return {
    person: person?.values,
    names: parts(person?.names),
    addresses: parts(person?.addresses),
    identifiers: parts(person?.identifiers),
    attributes: person?.attributes.map(({ values }) => values['value']).sort(),
    place: ward?.values,
  };
}

const lastOf = (records: readonly [...RecordRef[], RecordRef]): RecordRef => records[records.length - 1] as RecordRef;

/** What one of the ends cannot see the target is not asked to hold, or to let go: the pipeline never writes what is not covered. */
const sayable = ({ fields }: Writes, { from, to }: { readonly from: CanonicalRecord; readonly to: CanonicalRecord }): Writes => ({
  fields: to.presence === 'absent' ? fields : new Map([...fields].filter(([path, value]) => covers(to, path) && (value !== undefined || covers(from, path)))),
});

function expectSame(from: CanonicalRecord, to: CanonicalRecord, what: string): void {
  if (from.presence !== to.presence) throw new Error(`${what}: ${to.presence}, and it is ${from.presence}`);
  const isSeen = (path: string): boolean => covers(from, path) && covers(to, path) && !path.endsWith('.seconds') && !path.startsWith('states[');
  const paths = [...new Set([...Object.keys(from.fields), ...Object.keys(to.fields)])].filter(isSeen);
  const wrong = paths.filter((path) => (from.fields[path] ?? null) !== (to.fields[path] ?? null));
  if (wrong.length > 0)
    throw new Error(`${what}: ${wrong.map((path) => `${path} is ${String(to.fields[path])}, not ${String(from.fields[path])}`).join('; ')}`);
  if (from.presence === 'present' && paths.length < 2) throw new Error(`${what}: nothing was compared`);
}

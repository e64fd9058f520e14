import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Teller, tellsAll } from '@sync-hub/categories';
import { type RecordRef, recordKey } from '@sync-hub/contracts';
import { toldEvents } from '@sync-hub/feed-watcher';
import { type EventReading, GENERATION_SUSPECTED, Sites } from '@sync-hub/openmrs';
import { MemoryAliasBook } from '@sync-hub/openmrs/testing';
import { SAMPLE, type Simulator, sampleData, sampleMetadata, startSimulator } from '@sync-hub/openmrs-simulator';
import { call, location, person } from './rest-bench.js';

/** One way in which a site's changes come to be known, over what a category tells. */
interface Way {
  readonly teller: Teller;
  /** What is new since the last time, as a process that was just started would read it. */
  read(category: string): Promise<Pick<EventReading, 'changes' | 'findings'>>;
}

const CATEGORIES = ['patient', 'person', 'location'] as const;

class Asked implements Way {
  private readonly kept = new Map<string, string>();
  constructor(
    readonly teller: Exclude<Teller, 'webhook'>,
    private readonly sites: Sites,
  ) {}

  async read(category: string) {
    const changes = [];
    const findings = [];
    for (;;) {
      const position = JSON.parse(this.kept.get(category) ?? 'null') as unknown;
      const reading = await this.sites.readEvents('kisumu', { category, position, startAt: 'beginning' }, this.teller, call);
      this.kept.set(category, JSON.stringify(reading.position));
      changes.push(...reading.changes);
      findings.push(...reading.findings);
      if (!reading.more) return { changes, findings };
    }
  }
}

/** What the site's own module sends of what it saves. */
class Sent implements Way {
  readonly teller = 'webhook';
  private readonly sent = new Map<string, number>();
  constructor(private readonly site: Simulator) {}

  async read(category: string) {
    const rows = this.site.feed.rows(category).filter(({ id }) => id > (this.sent.get(category) ?? 0));
    if (rows.length === 0) return { changes: [], findings: [] };
    this.sent.set(category, rows.at(-1)?.id ?? 0);
    const events = rows.map(({ object }) => ({ category, uuid: /\/([0-9a-f-]{36})/.exec(object ?? '')?.[1] }));
    return { changes: toldEvents(Buffer.from(JSON.stringify({ events }))).changes, findings: [] };
  }
}

describe.each(['generic', 'bahmni', 'fhir-lastupdated', 'webhook'] as const)('what is known of a site by %s', (teller) => {
  let site: Simulator;
  let sites: Sites;
  let way: Way;
  let now = new Date('2026-03-02T09:00:00Z');
  beforeEach(async () => {
    now = new Date('2026-03-02T09:00:00Z');
    site = await startSimulator({
      id: 'kisumu',
      profile: '2.8',
      flavour: teller === 'bahmni' ? 'bahmni' : 'generic',
      timeZone: 'Africa/Nairobi',
      clock: () => now,
    });
    site.seedMetadata(sampleMetadata());
    site.load(sampleData('kisumu', 12));
    sites = new Sites([{ id: 'kisumu', baseUrl: site.baseUrl, username: 'admin', password: 'Admin123' }], () => new MemoryAliasBook());
    way = teller === 'webhook' ? new Sent(site) : new Asked(teller, sites);
  });
  afterEach(async () => {
    await sites.close();
    await site.stop();
  });

  /** What the site's feeds of people and places tell together: which of them does is each teller's own affair. */
  const told = async (): Promise<string[]> => {
    const records: RecordRef[] = [];
    for (const category of teller === 'bahmni' ? ['patient'] : CATEGORIES) records.push(...(await way.read(category)).changes.map(({ record }) => record));
    return [...new Set(records.map(recordKey))].sort();
  };
  const later = (seconds = 60): void => {
    now = new Date(now.getTime() + seconds * 1000);
  };
  const aPatient = (number: string) =>
    site.clinician.addPatient({
      gender: 'F',
      names: [{ givenName: 'Zawadi', familyName: 'Mutua' }],
      identifiers: [{ identifier: number, identifierType: SAMPLE.openmrsId, location: site.state().locations[0]?.uuid ?? '', preferred: true }],
    });

  it('is every record that was there, once, and then what is new, and nothing when nothing is', async () => {
    const people = site.state().people.map(({ uuid }) => recordKey(person(uuid)));
    expect(await told()).toEqual(expect.arrayContaining(people));
    expect(await told()).toEqual([]);
    later();
    const zawadi = aPatient('ZAWADI-1');
    expect(await told()).toEqual([recordKey(person(zawadi))]);
    expect(await told()).toEqual([]);
  });

  it('is every edit, and of several the record once more', async () => {
    const [zawadi, juma] = [aPatient('ZAWADI-1'), aPatient('JUMA-1')];
    await told();
    later();
    site.clinician.edit('person', zawadi, { birthdate: '1981-02-03' });
    site.clinician.edit('person', zawadi, { birthdate: '1981-02-04' });
    expect(await told()).toEqual([recordKey(person(zawadi))]);
    later(1);
    site.clinician.edit('person', juma, { birthdate: '1991-02-03' });
    expect(await told()).toEqual([recordKey(person(juma))]);
  });

  it('is an edit in the very second in which the record was told before, as soon as its date says so', async () => {
    const zawadi = aPatient('ZAWADI-1');
    await told();
    later(1);
    site.clinician.edit('person', zawadi, { gender: 'O' });
    expect(await told()).toEqual([recordKey(person(zawadi))]);
  });

  it('is a void, where the teller tells all; where it does not, what was told lately', async () => {
    const zawadi = aPatient('ZAWADI-1');
    await told();
    later();
    site.clinician.voidPatient(zawadi);
    if (tellsAll(teller) || teller === 'fhir-lastupdated' || teller === 'webhook') expect(await told()).toEqual([recordKey(person(zawadi))]);
    else expect([await told(), tellsAll(teller)]).toEqual([[], false]);
  });

  if (teller !== 'bahmni')
    it('is a place that is made, changed and retired', async () => {
      await told();
      later();
      const ward = site.clinician.addLocation({ name: 'Ward 3' });
      expect(await told()).toEqual([recordKey(location(ward))]);
      later();
      site.clinician.edit('location', ward, { description: 'for children' });
      expect(await told()).toEqual([recordKey(location(ward))]);
      later();
      site.clinician.retireLocation(ward);
      expect(await told()).toEqual([recordKey(location(ward))]);
    });

  if (teller !== 'webhook')
    it('is a backup that was restored: nothing of it is told, and the reading stays where it is', async () => {
      aPatient('ZAWADI-1');
      await told();
      const backup = site.backup();
      for (const number of ['JUMA-1', 'JUMA-2', 'JUMA-3']) {
        later(7200);
        aPatient(number);
        expect((await way.read('patient')).changes).toHaveLength(1);
      }
      site.restore(backup);
      later(7200);
      aPatient('TYPED-SINCE');
      expect(await way.read('patient')).toEqual({ changes: [], findings: [GENERATION_SUSPECTED] });
      expect((await way.read('patient')).findings).toEqual([GENERATION_SUSPECTED]);
    });
});

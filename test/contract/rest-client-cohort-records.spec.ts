import { describe, expect, it } from '@jest/globals';
import { CATEGORIES, MODERN_PLATFORM } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import { PROFILE_IDS } from '@sync-hub/openmrs-simulator';
import { call, data, eachWithJane, type HandClock, jane, person, type RestBench } from './rest-bench.js';

const COHORT: RecordRef = { aggregate: 'cohort', uuid: '99999999-0000-4000-8000-00000000000c' };
const JANUARY = '2024-01-01T00:00:00.000+0000';
const MAY = '2024-05-01T00:00:00.000+0000';
const [, eve] = data.patients.map(({ uuid }) => String(uuid)) as [string, string];

describe.each(PROFILE_IDS.map((profile) => ({ profile })))('a cohort at a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  let clock: HandClock;
  eachWithJane(profile, (given, hand) => {
    bench = given;
    clock = hand;
  });
  const isOld = !/^2/.test(profile);
  const ours = () => bench.source.clinician.cohorts;
  const gathered = () => {
    ours().gather('On trial', COHORT.uuid);
    return ours().add(COHORT.uuid, jane, { startDate: JANUARY });
  };
  /** What the target was sent, the uuids of its own left out. */
  const sent = (asked: readonly string[]) =>
    asked.map((line) =>
      line
        .split('/')
        .map((part) => (/^[a-z ]+$/i.test(part) ? part : '…'))
        .join('/'),
    );
  const path = `${isOld ? 'member' : 'membership'}`;

  it('is made without anybody, then gets each member by uuid, with the dates where there are any; and no number of a database', async () => {
    gathered();
    const { asked, incoming, written } = await bench.carry(COHORT);
    expect(sent(asked)).toEqual(['POST cohort', `POST cohort/…/${path}`]);
    expect(incoming.fields).toEqual({
      name: 'On trial',
      description: 'On trial',
      [`members[${jane}]`]: true,
      [`members[${jane}].startDate`]: '2024-01-01T00:00:00Z',
      [`members[${jane}].endDate`]: null,
    });
    expect(incoming.references).toEqual([{ path: `members[${jane}]`, resource: 'patient', uuid: jane, aggregate: 'person' }]);
    const { [`members[${jane}].startDate`]: start, [`members[${jane}].endDate`]: end, ...undated } = incoming.fields;
    expect(written.fields).toEqual(isOld ? undated : { ...undated, [`members[${jane}].startDate`]: start, [`members[${jane}].endDate`]: end });
    expect(written.covers.includes('members.startDate')).toBe(!isOld);
    const body = CATEGORIES.cohort.encodeCreate(incoming, { platform: MODERN_PLATFORM }).body;
    expect(body).toEqual({ uuid: COHORT.uuid, name: 'On trial', description: 'On trial', memberIds: [] });
  });

  it('gets who comes, loses who goes, and is told of an end where memberships have one', async () => {
    const membership = gathered();
    await bench.carry(person(eve));
    await bench.carry(COHORT);
    ours().add(COHORT.uuid, eve, { startDate: MAY });
    const came = await bench.carry(COHORT);
    expect(sent(came.asked)).toEqual([`POST cohort/…/${path}`]);
    ours().end(membership, MAY);
    if (!isOld) {
      const ended = await bench.carry(COHORT);
      expect(sent(ended.asked)).toEqual([`POST cohort/…/${path}/…`]);
      expect(ended.written.fields[`members[${jane}].endDate`]).toBe('2024-05-01T00:00:00Z');
    }
    ours().remove(membership);
    const went = await bench.carry(COHORT);
    expect(sent(went.asked)).toEqual([`DELETE cohort/…/${path}/…`]);
    expect(Object.keys(went.written.fields).filter((field) => field.startsWith(`members[${jane}]`))).toEqual([]);
    expect(went.written.fields[`members[${eve}]`]).toBe(true);
  });

  it('gives who has no date there the day on which the cohort was made, because no row is without one', async () => {
    gathered();
    const incoming = await bench.sites.of('source').read(COHORT, call);
    const { [`members[${jane}].startDate`]: _start, [`members[${jane}].endDate`]: _end, ...undated } = incoming.fields;
    const target = bench.sites.of('target');
    const written = await target.write(await target.read(COHORT, call), { ...incoming, fields: undated }, { fields: new Map(Object.entries(undated)) }, call);
    const start = isOld ? undefined : incoming.provenance.dateCreated;
    expect([written.fields[`members[${jane}]`], written.fields[`members[${jane}].startDate`]]).toEqual([true, start]);
  });

  it('is told of by the feed when somebody comes or goes', async () => {
    const membership = gathered();
    const told = () => bench.source.feed.rows('cohort').length;
    const before = told();
    ours().remove(membership);
    expect(told()).toBeGreaterThan(before);
  });

  it('is voided, and by no request brought back', async () => {
    gathered();
    await bench.carry(COHORT);
    clock.tick();
    const target = bench.sites.of('target');
    const held = await target.read(COHORT, call);
    const voided = await target.write(held, held, { presence: 'voided', fields: new Map() }, call);
    expect(voided.presence).toBe('voided');
    bench.target.resetRequests();
    const restored = target.write(voided, held, { presence: 'present', fields: new Map() }, call);
    await expect(restored).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('CohortResource1_8') });
    expect(bench.target.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('is found again, by its name and what it says, where a create was not answered', async () => {
    gathered();
    const { incoming } = await bench.carry(COHORT);
    bench.aliases.local.clear();
    bench.aliases.canonical.clear();
    const twin = await bench.sites.of('target').findTwin(incoming, call, async () => false);
    expect(twin === null).toBe(bench.target.profile.takesUuid);
    expect((await bench.sites.of('target').read(COHORT, call)).presence).toBe('present');
  });
});

describe('a patient who was in a cohort more than once', () => {
  let bench: RestBench;
  eachWithJane('2.3', (given) => {
    bench = given;
  });

  it('is in it once, as of the last time, and goes with all of it', async () => {
    const there = bench.target.clinician.cohorts;
    there.gather('On trial', COHORT.uuid);
    there.end(there.add(COHORT.uuid, jane, { startDate: JANUARY }), MAY);
    there.add(COHORT.uuid, jane, { startDate: '2025-01-01T00:00:00.000+0000' });
    const target = bench.sites.of('target');
    const held = await target.read(COHORT, call);
    expect(held.fields).toMatchObject({ [`members[${jane}].startDate`]: '2025-01-01T00:00:00Z', [`members[${jane}].endDate`]: null });
    const gone = await target.write(held, held, { fields: new Map([[`members[${jane}]`, undefined]]) }, call);
    expect(Object.keys(gone.fields)).toEqual(['name', 'description']);
  });
});

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Configuration } from '@sync-hub/configuration';
import { type RecordRef, RefusedError } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type MemorySite, type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(120_000);

const BOTH = { pull: true, push: true };
const ALL = { location: BOTH, person: BOTH, patient: BOTH, visit: BOTH, encounter: BOTH, observation: BOTH };

/** Care travels on every link, but for these. */
const withClasses = (classes: Configuration['links'][number]['classes']): Configuration => {
  const configuration = twoChildren();
  return { ...configuration, links: configuration.links.map((link) => ({ ...link, classes: { ...ALL, ...classes } })) };
};

describe('what a job waits for', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  const on = async (configuration: Configuration = withClasses({})): Promise<void> => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration });
    central = pipeline.sites.site('central');
    kisumu = pipeline.sites.site('kisumu');
  };
  beforeEach(() => on(), 60_000);
  afterEach(() => pipeline.stop());

  const look = async (site: string, ...records: RecordRef[]): Promise<void> => {
    await pipeline.look(site, ...records);
    await pipeline.atRest(60_000);
  };
  const aPatient = (): RecordRef => ({ aggregate: 'person', uuid: randomUUID() });
  /** A visit of hers at kisumu. */
  const aVisitOf = (patient: RecordRef): RecordRef => {
    const visit: RecordRef = { aggregate: 'visit', uuid: randomUUID() };
    const references = [{ path: 'patient', resource: 'patient', uuid: patient.uuid, aggregate: 'person' as const }];
    kisumu.edit(visit, { patient: patient.uuid, startDatetime: '2026-05-01T08:00:00Z' }, 'present', references);
    return visit;
  };
  const job = async ({ uuid }: RecordRef) =>
    (
      await pipeline.query<{ state: string; outcome: string | null; details: Record<string, unknown> }>(
        `select state, outcome, details from job where uuid = $1 and link = 'kisumu' and direction = 'push' order by opened_at desc`,
        [uuid],
      )
    )[0];
  const looksAt = async ({ uuid }: RecordRef): Promise<number> =>
    Number((await pipeline.query<{ count: string }>(`select count(*) from audit where type = 'record.changed.v1' and uuid = $1`, [uuid]))[0]?.count);
  /** It waits, names that as what blocks it, and is not looked at again and again. */
  const expectBlocked = async (waiter: RecordRef, by: RecordRef, blockedBy: string): Promise<void> => {
    expect(await job(waiter)).toMatchObject({ state: 'waiting', details: { blockedBy } });
    expect(central.records.has(`visit/${waiter.uuid}`)).toBe(false);
    const { held } = await pipeline.hub.repositories.overview.read();
    expect(held.flatMap(({ names }) => names)).toContain(`patient/${by.uuid} (${blockedBy})`);
    expect(await looksAt(waiter)).toBeLessThan(6);
    expect(await looksAt(by)).toBeLessThan(6);
  };

  it('is named on it where its class is off, and it goes on once that is on', async () => {
    await pipeline.stop();
    await on(withClasses({ patient: { pull: false, push: false } }));
    const patient = aPatient();
    kisumu.edit(patient, { gender: 'F' });
    const visit = aVisitOf(patient);
    await look('kisumu', visit);
    await expectBlocked(visit, patient, 'not admitted on kisumu: class-off');
    pipeline.hub.rules.replace(withClasses({}));
    await pipeline.query(`update job set held_at = now() - interval '2 minutes' where uuid = $1`, [visit.uuid]);
    await until('it has gone on', async () => (await job(visit))?.state === 'ended', 60_000);
    expect([await job(patient), await job(visit)]).toMatchObject([{ outcome: 'pushed' }, { outcome: 'pushed' }]);
  });

  it('is named on it where its target refuses it, and it goes on once that takes it', async () => {
    const patient = aPatient();
    kisumu.edit(patient, { gender: 'F' });
    central.beforeWrite = async () => {
      throw new RefusedError('invalid', 'the site refused this', { status: 400 });
    };
    const visit = aVisitOf(patient);
    await look('kisumu', visit);
    await expectBlocked(visit, patient, 'parked: refused');
    central.beforeWrite = async () => undefined;
    kisumu.edit(patient, { gender: 'U' });
    await look('kisumu', patient);
    expect([await job(patient), await job(visit)]).toMatchObject([{ outcome: 'pushed' }, { outcome: 'pushed' }]);
  });

  it('is named on it where it was voided before it travelled, and it goes on once that is restored', async () => {
    const patient = aPatient();
    kisumu.edit(patient, { gender: 'F' }, 'voided');
    const visit = aVisitOf(patient);
    await look('kisumu', visit);
    await expectBlocked(visit, patient, 'voided before it travelled');
    kisumu.edit(patient, { gender: 'F' });
    await look('kisumu', patient);
    expect([await job(patient), await job(visit)]).toMatchObject([{ outcome: 'pushed' }, { outcome: 'pushed' }]);
  });

  it('is named on it where it is voided at both ends, and it goes on once that is restored', async () => {
    const patient = aPatient();
    kisumu.edit(patient, { gender: 'F' });
    await look('kisumu', patient);
    kisumu.edit(patient, {}, 'voided');
    await look('kisumu', patient);
    expect(central.records.get(`person/${patient.uuid}`)?.presence).toBe('voided');
    const visit = aVisitOf(patient);
    await look('kisumu', visit);
    await expectBlocked(visit, patient, 'voided');
    kisumu.edit(patient, { gender: 'F' });
    await look('kisumu', patient);
    expect(await job(visit)).toMatchObject({ outcome: 'pushed' });
  });

  it('is named on it where it was purged at its site, whether an entry says so or not, and it goes on where that comes back', async () => {
    const [patient, other] = [aPatient(), aPatient()];
    const [visit, another] = [aVisitOf(patient), aVisitOf(other)];
    await look('kisumu', visit, another);
    const { said } = await pipeline.hub.parts.database.transaction((tx) =>
      pipeline.hub.repositories.changes.open(tx, [{ site: 'kisumu', record: other, deletedEntry: true }]),
    );
    await pipeline.hub.outgoing.send(said);
    await pipeline.atRest();
    await expectBlocked(visit, patient, 'not at kisumu');
    await expectBlocked(another, other, 'voided before it travelled');
    for (const one of [patient, other]) kisumu.edit(one, { gender: 'F' });
    await look('kisumu', patient, other);
    expect([await job(visit), await job(another)]).toMatchObject([{ outcome: 'pushed' }, { outcome: 'pushed' }]);
  });

  it('is named on all that wait for it, those that come after it was held too', async () => {
    const patient = aPatient();
    kisumu.edit(patient, { gender: 'F' });
    central.beforeWrite = async () => {
      throw new RefusedError('invalid', 'the site refused this', { status: 400 });
    };
    const visits = Array.from({ length: 20 }, () => aVisitOf(patient));
    await look('kisumu', ...visits.slice(0, 10));
    await look('kisumu', ...visits.slice(10));
    for (const visit of visits) expect(await job(visit)).toMatchObject({ state: 'waiting', details: { blockedBy: 'parked: refused' } });
    expect(await looksAt(patient)).toBeLessThan(25);
  });
});

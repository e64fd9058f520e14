import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Configuration } from '@sync-hub/configuration';
import { type RecordRef, recordKey, SiteDownError } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(30_000);

const BOTH = { pull: true, push: true };
const withCare = (): Configuration => {
  const configuration = twoChildren();
  return { ...configuration, links: configuration.links.map((link) => ({ ...link, classes: { ...link.classes, observation: BOTH } })) };
};

/** What hangs on a patient is admitted by whose it is, and a voided one does not tell that any more. */
describe('an observation that is voided while it is being created elsewhere', () => {
  let pipeline: Pipeline;
  const patient: RecordRef = { aggregate: 'person', uuid: randomUUID() };
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: withCare() });
    pipeline.sites.site('central').edit(patient, { isPatient: true, gender: 'F' });
    await look('central', patient);
  }, 60_000);
  afterAll(() => pipeline.stop());

  const look = async (site: string, ...records: RecordRef[]): Promise<void> => {
    await pipeline.look(site, ...records);
    await pipeline.atRest();
  };
  const recorded = (): RecordRef => {
    const record: RecordRef = { aggregate: 'obs', uuid: randomUUID() };
    pipeline.sites.site('central').edit(record, { person: patient.uuid, [`obs[${record.uuid}]`]: '{"concept":"weight","numeric":61}' });
    return record;
  };
  const presenceAt = (site: string, record: RecordRef) => pipeline.sites.site(site).records.get(recordKey(record))?.presence;
  /** Voided at its own site, and that looked at, the next time that the moment comes at the other. */
  const voidedAt = (moment: 'beforeWrite' | 'afterWrite', record: RecordRef, more: () => void): void =>
    pipeline.sites.site('kisumu').once(moment, async () => {
      pipeline.sites.site('central').edit(record, {}, 'voided');
      await pipeline.look('central', record);
      await until('the void was looked at', async () => {
        const changes = await pipeline.query(`select state from change where site = 'central' and uuid = $1`, [record.uuid]);
        return changes.length > 1 && changes.every(({ state }) => state === 'ended');
      });
      more();
    });
  const noAnswer = (): void => {
    throw new SiteDownError('no answer came');
  };

  it.each<readonly [string, 'beforeWrite' | 'afterWrite', () => void]>([
    ['is voided there too', 'beforeWrite', () => undefined],
    ['and the answer is lost, is voided there too', 'afterWrite', noAnswer],
  ])('%s', async (_what, moment, more) => {
    const record = recorded();
    voidedAt(moment, record, more);
    await look('central', record);
    expect(presenceAt('kisumu', record)).toBe('voided');
    expect(presenceAt('siaya', record)).not.toBe('present');
    expect(await pipeline.query(`select from job where uuid = $1 and state <> 'ended'`, [record.uuid])).toEqual([]);
  });

  it('and a correction that was being written is not taken for one made there, when somebody brings the record back: who took it back is not overruled', async () => {
    const [central, kisumu] = [pipeline.sites.site('central'), pipeline.sites.site('kisumu')];
    const person: RecordRef = { aggregate: 'person', uuid: randomUUID() };
    central.edit(person, { isPatient: true, gender: 'F', birthdateEstimated: false });
    await look('central', person);
    central.edit(person, { birthdateEstimated: true });
    kisumu.once('afterWrite', async () => kisumu.edit(person, {}, 'voided'));
    await look('central', person);
    central.edit(person, { birthdateEstimated: false });
    kisumu.edit(person, {}, 'present');
    await look('central', person);
    await look('kisumu', person);
    expect(central.fieldsOf(person)['birthdateEstimated']).toBe(false);
    expect(await pipeline.query(`select distinct code from job where uuid = $1 and link = 'kisumu' and state = 'conflict'`, [person.uuid])).toEqual([
      { code: 'in-doubt' },
    ]);
  });

  it('has the obs voided that an unanswered write had made in a record that somebody voided at the target meanwhile, and asks', async () => {
    const kisumu = pipeline.sites.site('kisumu');
    const record = recorded();
    await look('central', record);
    const [added, taken] = [randomUUID(), `obs[${record.uuid}]`];
    pipeline.sites.site('central').edit(record, { [`obs[${added}]`]: '{"concept":"height","numeric":171}', [`obs[${added}].comment`]: 'lying' });
    kisumu.once('afterWrite', async () => {
      kisumu.edit(record, {}, 'voided');
      noAnswer();
    });
    await look('central', record);
    expect(kisumu.obsVoided).toEqual([`obs/${record.uuid} ${added}`]);
    expect([presenceAt('kisumu', record), taken in kisumu.fieldsOf(record)]).toEqual(['voided', true]);
    expect(await pipeline.query(`select state from job where uuid = $1 and target = 'kisumu' and state <> 'ended'`, [record.uuid])).toEqual([
      { state: 'conflict' },
    ]);
  });
});

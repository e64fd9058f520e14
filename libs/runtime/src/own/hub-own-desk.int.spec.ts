import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CanonicalRecord } from '@sync-hub/categories';
import { aConfiguration, aLink, aSite } from '@sync-hub/configuration/testing';
import type { Aggregate } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type PipelineBench, pipelineBench } from '@sync-hub/persistence/testing';
import { ownDeskOn, widgetDeskOn } from '../desk-on.js';

const LINK = 'central-kisumu';
const page = 'https://kisumu.example.org/openmrs/spa/patient/{uuid}/chart';
const configuration = aConfiguration({
  sites: [aSite('central'), aSite('kisumu', { title: 'Kisumu clinic', patientPage: page }), aSite('siaya')],
  links: [aLink('kisumu'), aLink('siaya')],
});
const AGREED = 4_000;

describe('what of a site has not arrived', () => {
  let bench: PipelineBench;
  beforeAll(async () => {
    bench = await pipelineBench();
    await entered();
  }, 120_000);
  afterAll(() => bench.close());
  const desk = () => ownDeskOn(bench.database, bench.vault, () => configuration);

  const keep = async (aggregate: Aggregate, category: CanonicalRecord['category'], fields: CanonicalRecord['fields'], uuid: string = randomUUID()) => {
    const record: CanonicalRecord = { ...bench.location(fields, { aggregate, uuid }), category };
    return { uuid, snapshot: await bench.database.transaction(async (tx) => await bench.snapshots.keep(tx, 'kisumu', 1, record)).then(({ result }) => result) };
  };
  const job = async (kept: { readonly uuid: string; readonly snapshot: string }, changes: Readonly<Record<string, unknown>>) => {
    const row = {
      link: LINK,
      direction: 'push',
      source: 'kisumu',
      target: 'central',
      aggregate: 'visit',
      category: 'visit',
      reason: null,
      code: null,
      details: {},
      ...changes,
    };
    await bench.database.query(
      `insert into job (id, link, direction, source, target, aggregate, uuid, category, state, reason, code, details, source_snapshot, source_hash, read_at_revision, source_generation, target_generation, held_at)
       select gen_random_uuid(), link, direction, source, target, aggregate, $2, category, state, reason, code, details, $3::uuid, 'x', 0, 1, 1, case when state in ('ready', 'looking') then null else now() end
       from jsonb_to_record($1) as row (link text, direction text, source text, target text, aggregate text, category text, state text, reason text, code text, details jsonb)`,
      [JSON.stringify(row), kept.uuid, kept.snapshot],
    );
  };

  /** What was entered at kisumu, and some of others. */
  const entered = async (): Promise<void> => {
    const visit = (patient: string) => keep('visit', 'visit', { patient, startDatetime: '2026-11-05T08:00:00Z' });
    await job(await visit('jane-1'), { state: 'parked', reason: 'refused', code: 'invalid', details: { fields: ['stopDatetime'] } });
    await job(await visit('jane-2'), { state: 'parked', reason: 'refused', code: 'invalid', details: { fields: ['stopDatetime'] } });
    await job(await visit('jane-3'), { state: 'conflict', reason: 'conflict', code: 'both-edited' });
    await job(await visit('jane-1'), { state: 'ready' });
    await job(await keep('person', 'patient', { isPatient: true }, 'jane-9'), {
      state: 'waiting',
      code: 'missing-reference',
      details: { missing: ['location/x'] },
      aggregate: 'person',
      category: 'patient',
    });
    await job(await visit('jane-4'), { state: 'parked', reason: 'refused', code: 'invalid', link: 'central-siaya', source: 'siaya' });
    await job(await visit('jane-5'), { state: 'ready', direction: 'pull', source: 'central', target: 'kisumu' });
    await bench.database.query(`insert into change (id, site, aggregate, uuid) values (gen_random_uuid(), 'kisumu', 'visit', 'not-read')`);
    await bench.database.query(`insert into alias (site, aggregate, uuid, local_uuid) values ('kisumu', 'person', 'jane-9', 'local-9')`);
  };

  it('is told by why, with whose it is and where the clinic shows her, by what she is called there', async () => {
    const told = await desk().list('kisumu', { most: 50 });
    expect([told?.site.title, told?.all]).toEqual(['Kisumu clinic', 6]);
    expect(told?.groups.map(({ because, category, count, helps }) => `${because} ${category} ${count} ${helps}`)).toEqual([
      'held visit 2 mend-record',
      'conflict visit 1 answer',
      'waiting patient 1 wait',
      'moving visit 1 null',
      'unread visit 1 null',
    ]);
    const patients = told?.groups.map(({ records }) => records[0]?.patient ?? null);
    expect(patients?.slice(0, 3)).toEqual([
      { uuid: expect.stringMatching(/^jane-[12]$/), page: expect.stringMatching(/^https:\/\/kisumu\.example\.org\/openmrs\/spa\/patient\/jane-[12]\/chart$/) },
      { uuid: 'jane-3', page: page.replace('{uuid}', 'jane-3') },
      { uuid: 'jane-9', page: page.replace('{uuid}', 'local-9') },
    ]);
    expect((await desk().list('kisumu', { most: 1 }))?.groups.map(({ count, records }) => [count, records.length])[0]).toEqual([2, 1]);
    expect([await desk().list('nowhere', { most: 1 }), await desk().completeness('nowhere')]).toEqual([null, null]);
  });

  it('is paused, or waits for an end that is away, where that is so', async () => {
    const moving = async () => (await desk().list('kisumu', { most: 1 }))?.groups.find(({ why, kind }) => why === null && kind === 'job');
    await bench.database.query(`update site set state = 'down' where id = 'central'`);
    expect(await moving()).toMatchObject({ because: 'away', away: { site: 'central', state: 'down' } });
    await bench.database.query(`insert into link_brake (link, braked_at, reason, category, voids) values ($1, now(), 'voids-per-hour', 'visit', 51)`, [LINK]);
    expect(await moving()).toMatchObject({ because: 'paused', pause: { why: 'brake' } });
    await bench.database.query(`update site set state = 'up' where id = 'central'`);
    await bench.database.query(`delete from link_brake`);
  });

  it('is told to anybody in counts alone, of those sites that the configuration names', async () => {
    const open = {
      ...configuration,
      instance: { ...configuration.instance, console: { url: 'https://sync.example', host: '127.0.0.1', widget: { sites: ['kisumu'], framedBy: [] } } },
    };
    const widgets = widgetDeskOn(bench.database, bench.vault, () => open);
    expect([await widgets.find('siaya'), await widgetDeskOn(bench.database, bench.vault, () => configuration).find('kisumu')]).toEqual([null, null]);
    expect(await widgets.find('kisumu')).toMatchObject({
      title: 'Kisumu clinic',
      state: 'catching-up',
      waiting: 3,
      held: 4,
      lastGoodAt: null,
      expectedDoneAt: null,
    });
  });

  it(`is counted against ${AGREED} agreements without asking anybody, and once for all who ask`, async () => {
    const side = (fields: CanonicalRecord['fields']) => ({ presence: 'present', fields, covers: [] });
    const rows = Array.from({ length: AGREED }, (_, index) => {
      const uuid = `agreed-${index}`;
      const fields = { patient: `p-${index % 500}`, encounterDatetime: `2026-${index % 2 === 0 ? '10' : '09'}-05T08:00:00Z`, note: 'x'.repeat(1500) };
      return {
        uuid,
        sealed: bench.vault.seal({ revision: 1, parent: side(fields), child: side(fields) }, `agreement:${LINK}:encounter:${uuid}`).toString('hex'),
      };
    });
    await bench.database.query(
      `insert into agreement (link, aggregate, uuid, revision, shape, sealed, parent_generation, child_generation, parent_past, child_past)
       select $1, 'encounter', uuid, 1, 1, decode(sealed, 'hex'), 1, 1, '{}', '{}' from unnest($2::text[], $3::text[]) as row (uuid, sealed)`,
      [LINK, rows.map(({ uuid }) => uuid), rows.map(({ sealed }) => sealed)],
    );
    await bench.database.query(`update agreement set sealed = '\\x00' where uuid = 'agreed-0'`);
    const asked = desk();
    const started = performance.now();
    let told = await asked.completeness('kisumu');
    await until(
      'it is counted',
      async () => {
        told = await asked.completeness('kisumu');
        return told?.rows !== null;
      },
      90_000,
    );
    process.stdout.write(`${AGREED} agreements of 1.5 kB counted in ${Math.round(performance.now() - started)} ms\n`);
    const lines = told?.rows?.map(({ category, month, here, there, both }) => `${month ?? 'all'} ${category} ${here} ${there} ${both}`);
    expect(lines).toEqual([
      'all patient 1 0 0',
      `all visit 4 1 0`,
      `all encounter ${AGREED - 1} ${AGREED - 1} ${AGREED - 1}`,
      '2026-11 patient 3 1 0',
      '2026-11 visit 4 1 0',
      '2026-10 patient 250 250 250',
      `2026-10 encounter ${AGREED / 2 - 1} ${AGREED / 2 - 1} ${AGREED / 2 - 1}`,
      '2026-09 patient 250 250 250',
      `2026-09 encounter ${AGREED / 2} ${AGREED / 2} ${AGREED / 2}`,
    ]);
    expect([told?.unread, told?.sealed, await asked.completeness('kisumu')]).toEqual([1, 1, told]);
  }, 120_000);
});

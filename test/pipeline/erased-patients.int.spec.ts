import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Reference } from '@sync-hub/categories';
import { type RecordRef, recordKey } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type MemorySite, type Pipeline, patientDeskOf, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { everyRow } from '../end-to-end/places.js';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(90_000);

const BOTH = { pull: true, push: true };
/** Stands in every value that is hers, and in nothing else. */
const MARK = 'zqmarked';
const NAME = JSON.stringify({ givenName: MARK, familyName: `${MARK} too` });

describe('a patient who is erased', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  beforeEach(async () => {
    const configuration = twoChildren();
    const links = configuration.links.map((link) => ({ ...link, classes: { ...link.classes, visit: BOTH } }));
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: { ...configuration, links } });
    [central, kisumu] = [pipeline.sites.site('central'), pipeline.sites.site('kisumu')];
  }, 60_000);
  afterEach(() => pipeline.stop());

  const desk = () => patientDeskOf(pipeline.hub);
  const refer = (path: string, { aggregate, uuid }: RecordRef): Reference => ({ path, resource: path, uuid, aggregate });
  const look = async (site: MemorySite, ...records: RecordRef[]): Promise<void> => {
    await pipeline.look(site.site, ...records);
    await pipeline.atRest();
  };
  const aPatient = (mark: string): RecordRef => {
    const patient: RecordRef = { aggregate: 'person', uuid: randomUUID() };
    kisumu.edit(patient, { isPatient: true, gender: 'F', causeOfDeath: mark, [`names[${mark === MARK ? NAME : '{"givenName":"Amina"}'}]`]: true });
    return patient;
  };
  const aVisit = (patient: RecordRef, mark: string): RecordRef => {
    const visit: RecordRef = { aggregate: 'visit', uuid: randomUUID() };
    kisumu.edit(visit, { patient: patient.uuid, startDatetime: '2026-05-01T08:00:00Z', indication: mark }, 'present', [refer('patient', patient)]);
    return visit;
  };
  const stop = (patient: RecordRef) => desk().stop({ patient: patient.uuid, by: 'Amina', reason: `${MARK} asked for it` });
  const erase = (patient: RecordRef, confirm = patient.uuid) => desk().erase({ patient: patient.uuid, confirm, reason: 'by order', by: 'Amina' });

  /** All that is sealed, opened: each column by what binds it to its row; and every other value as it stands. */
  const whatIsKept = async (): Promise<readonly string[]> => {
    const { vault } = pipeline.hub.parts;
    const { texts, sealed } = await everyRow({ query: pipeline.query });
    const contexts: Readonly<Record<string, string>> = {
      'snapshot.sealed': `'snapshot:' || id`,
      'agreement.sealed': `concat_ws(':', 'agreement', link, aggregate, uuid)`,
      'intent.sealed': `'intent:' || id`,
      'conflict.agreement_sealed': `concat_ws(':', 'conflict', link, uuid)`,
      'decision.sealed': `'decision:' || id`,
      'patient_act.sealed': `'patient-act:' || id`,
    };
    const opened: string[] = [];
    const unread = new Set(sealed.filter((column) => texts.some((text) => text.startsWith(`${column} `))));
    for (const [column, context] of Object.entries(contexts)) {
      unread.delete(column);
      const [table, name] = column.split('.');
      for (const row of await pipeline.query<{ sealed: Buffer; context: string }>(
        `select ${name} as sealed, ${context} as context from ${table} where ${name} is not null`,
      ))
        opened.push(JSON.stringify(vault.open(row.sealed, row.context)));
    }
    // Hashes of the audit's lines and of sessions are nothing that anybody opens.
    expect([...unread].filter((column) => !/^(audit_seal|received_audit_seal|account_session|api_token|known_browser)\./.test(column))).toEqual([]);
    return [...texts, ...opened];
  };
  const marks = async () => (await whatIsKept()).filter((text) => text.includes(MARK)).length;

  it('is nowhere in what is stored, sealed or not, nor is what hangs on her, and another is all there; the audit is as it was written', async () => {
    const [patient, other] = [aPatient(MARK), aPatient('another')];
    const visit = aVisit(patient, MARK);
    await look(kisumu, patient, visit, other);
    kisumu.edit(patient, { gender: 'M', causeOfDeath: `${MARK} again` });
    central.edit(patient, { gender: 'U' });
    await look(kisumu, patient);
    await until('they are asked about', async () => (await pipeline.query(`select 1 from conflict`)).length > 0);
    expect(await erase(patient)).toMatchObject({ outcome: 'not-stopped' });
    await stop(patient);
    expect([await erase(patient, 'her'), await marks()]).toMatchObject([{ outcome: 'not-confirmed' }, expect.any(Number)]);
    expect(await marks()).toBeGreaterThan(5);
    await until('nothing of hers is in hand', async () => (await pipeline.query(`select 1 from claim where until > now()`)).length === 0);
    const counts = await desk().kept(patient.uuid);
    const [before] = await pipeline.query<{ count: number }>(`select count(*)::int as count from audit`);
    expect(await erase(patient)).toEqual({ outcome: 'done', counts });
    expect(counts).toMatchObject({ records: 2, held: 1, conflicts: 1 });
    await pipeline.atRest();
    expect(await marks()).toBe(0);
    const kept = await whatIsKept();
    expect([kept.some((text) => text.includes('another')), (await desk().kept(patient.uuid)).snapshots, (await desk().kept(other.uuid)).snapshots > 0]).toEqual(
      [true, 0, true],
    );
    const [after] = await pipeline.query<{ count: number }>(`select count(*)::int as count from audit where type <> 'patient.acted.v1'`);
    expect(after?.count).toBeGreaterThanOrEqual((before?.count ?? 0) - 1);
    const { stopped } = await desk().list();
    expect(stopped).toMatchObject([{ patient: patient.uuid, waiting: 0, reason: null, erasedAt: expect.any(String) }]);
    expect(await pipeline.open()).toEqual([]);
  });

  it('has nothing stored of what comes of her, and is met anew where somebody lets her go on: what differs is asked about', async () => {
    const patient = aPatient(MARK);
    await look(kisumu, patient);
    await stop(patient);
    expect(await erase(patient)).toMatchObject({ outcome: 'done' });
    const visit = aVisit(patient, MARK);
    kisumu.edit(patient, { gender: 'M' });
    await look(kisumu, patient, visit);
    expect([await pipeline.open(), await marks(), central.records.has(recordKey(visit))]).toEqual([[], 0, false]);
    await desk().resume({ patient: patient.uuid, by: 'Amina' });
    await pipeline.atRest();
    expect(central.records.has(recordKey(visit))).toBe(true);
    expect([central.fieldsOf(patient)['gender'], (await pipeline.open()).map(({ state }) => state)]).toEqual(['F', ['conflict', 'conflict']]);
  });

  it('is not erased while somebody has something of hers in hand', async () => {
    const patient = aPatient(MARK);
    await look(kisumu, patient);
    await stop(patient);
    await pipeline.hub.repositories.store.claim('another#1', 'kisumu', patient, 60);
    expect([await erase(patient), (await marks()) > 0]).toEqual([{ outcome: 'in-hand', counts: null }, true]);
  });

  it('has nothing stored by a look that was under way as she was erased', async () => {
    const patient = aPatient(MARK);
    await stop(patient);
    await erase(patient);
    await expect(
      pipeline.hub.parts.database.transaction((tx) => pipeline.hub.repositories.snapshots.keep(tx, 'kisumu', 1, kisumu.records.get(recordKey(patient))!)),
    ).rejects.toMatchObject({ code: 'patient-erased' });
    expect(await marks()).toBe(0);
  });
});

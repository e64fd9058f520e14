import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Reference } from '@sync-hub/categories';
import { type RecordRef, recordKey, TransientError } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type MemorySite, type Pipeline, patientDeskOf, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const BOTH = { pull: true, push: true };

describe('a patient whom a person has stopped', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  beforeEach(async () => {
    const configuration = twoChildren();
    const links = configuration.links.map((link) => ({ ...link, classes: { ...link.classes, visit: BOTH, encounter: BOTH } }));
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: { ...configuration, links } });
    [central, kisumu] = [pipeline.sites.site('central'), pipeline.sites.site('kisumu')];
  }, 60_000);
  afterEach(() => pipeline.stop());

  const desk = () => patientDeskOf(pipeline.hub);
  const stop = ({ uuid }: RecordRef, link?: string) =>
    desk().stop({ patient: uuid, by: 'Amina', reason: 'a court asks about Achieng', ...(link === undefined ? {} : { link }) });
  const letGo = ({ uuid }: RecordRef, link?: string) => desk().resume({ patient: uuid, by: 'Otieno', ...(link === undefined ? {} : { link }) });
  const refer = (path: string, { aggregate, uuid }: RecordRef): Reference => ({ path, resource: path, uuid, aggregate });
  const look = async (site: MemorySite, ...records: RecordRef[]): Promise<void> => {
    await pipeline.look(site.site, ...records);
    await pipeline.atRest();
  };
  const aPatient = (site: MemorySite = kisumu): RecordRef => {
    const patient: RecordRef = { aggregate: 'person', uuid: randomUUID() };
    site.edit(patient, { isPatient: true, gender: 'F', birthdate: '1990-01-01' });
    return patient;
  };
  const aVisit = (patient: RecordRef, site: MemorySite = kisumu): RecordRef => {
    const visit: RecordRef = { aggregate: 'visit', uuid: randomUUID() };
    site.edit(visit, { patient: patient.uuid, startDatetime: '2026-05-01T08:00:00Z' }, 'present', [refer('patient', patient)]);
    return visit;
  };
  const anEncounter = (patient: RecordRef, visit: RecordRef): RecordRef => {
    const encounter: RecordRef = { aggregate: 'encounter', uuid: randomUUID() };
    kisumu.edit(encounter, { patient: patient.uuid, visit: visit.uuid }, 'present', [refer('patient', patient), refer('visit', visit)]);
    return encounter;
  };
  const isAt = (site: MemorySite, ...records: RecordRef[]): readonly boolean[] => records.map((record) => site.records.has(recordKey(record)));
  const writesOf = (site: MemorySite, ...records: RecordRef[]): number =>
    site.writes.filter(({ record }) => records.some((one) => recordKey(one) === recordKey(record))).length;
  const reasons = async () => (await pipeline.open()).map(({ reason }) => reason);

  it('travels nowhere, nor does what hangs on her, while another does; it is one cause, and all of it goes on by itself, in order, once', async () => {
    const [patient, other] = [aPatient(), aPatient()];
    const visit = aVisit(patient);
    const encounter = anEncounter(patient, visit);
    expect(await stop(patient)).toMatchObject({ outcome: 'done', isKnown: false, underWay: 0, elsewhere: [] });
    await look(kisumu, encounter, visit, patient, other);
    expect([...isAt(central, patient, visit, encounter), ...isAt(central, other)]).toEqual([false, false, false, true]);
    expect(await reasons()).toEqual(['patient-stopped', 'patient-stopped', 'patient-stopped']);
    const { groups, counts } = await pipeline.hub.heldDesk().list({});
    expect([groups.length, counts.all, groups[0]?.count, groups[0]?.stopped?.by, groups[0]?.helps]).toEqual([1, 3, 3, 'Amina', 'let-go-on']);
    expect((await desk().list()).stopped).toMatchObject([{ patient: patient.uuid, link: null, by: 'Amina', reason: 'a court asks about Achieng', waiting: 3 }]);
    kisumu.edit(patient, { gender: 'M' });
    await look(kisumu, patient);
    expect(isAt(central, patient)).toEqual([false]);
    expect(await letGo(patient)).toEqual({ outcome: 'done', woken: 3 });
    await pipeline.atRest();
    expect([isAt(central, patient, visit, encounter), await pipeline.open(), central.fieldsOf(patient)['gender']]).toEqual([[true, true, true], [], 'M']);
    expect([patient, visit, encounter].map((record) => writesOf(central, record))).toEqual([1, 1, 1]);
    expect((await desk().list()).stopped).toEqual([]);
  });

  it('is stopped on one link alone where one is named', async () => {
    const patient = aPatient(central);
    await stop(patient, 'kisumu');
    await look(central, patient);
    expect([isAt(kisumu, patient), isAt(pipeline.sites.site('siaya'), patient)]).toEqual([[false], [true]]);
    expect(await letGo(patient)).toMatchObject({ outcome: 'as-it-is' });
    expect(await letGo(patient, 'kisumu')).toMatchObject({ outcome: 'done' });
    await pipeline.atRest();
    expect(isAt(kisumu, patient)).toEqual([true]);
    expect([await stop(patient, 'nowhere'), await letGo(patient, 'nowhere')]).toMatchObject([{ outcome: 'no-such-link' }, { outcome: 'no-such-link' }]);
  });

  it('is written no more once that is told, though her write was about to begin; one that has begun is counted', async () => {
    const patient = aPatient();
    await look(kisumu, patient);
    const [first, second] = [aVisit(patient), aVisit(patient)];
    central.once('beforeRead', async () => void (await stop(patient)));
    await look(kisumu, first);
    expect([isAt(central, first), await reasons()]).toEqual([[false], ['patient-stopped']]);
    await letGo(patient);
    await pipeline.atRest();
    let told: unknown;
    central.once('beforeWrite', async () => {
      told = await stop(patient);
    });
    await look(kisumu, second);
    expect([told, isAt(central, second)]).toMatchObject([{ outcome: 'done', isKnown: true, underWay: 1 }, [true]]);
  });

  it('is stopped between the last reading and the intent: nothing is committed, and nothing sent', async () => {
    const patient = aPatient();
    await look(kisumu, patient);
    const visit = aVisit(patient);
    const { intents } = pipeline.hub.repositories;
    const commit = intents.commit.bind(intents);
    jest.spyOn(intents, 'commit').mockImplementationOnce(async (...intent) => {
      await stop(patient);
      return commit(...intent);
    });
    await look(kisumu, visit);
    expect([isAt(central, visit), await reasons(), await pipeline.query(`select 1 from intent where uuid = $1`, [visit.uuid])]).toEqual([
      [false],
      ['patient-stopped'],
      [],
    ]);
  });

  it('is known by what the target has where the source tells nobody of whom a record was', async () => {
    const patient = aPatient();
    const visit = aVisit(patient);
    await look(kisumu, patient, visit);
    await stop(patient);
    kisumu.edit(visit, { patient: undefined }, 'voided', []);
    await look(kisumu, visit);
    expect([central.records.get(recordKey(visit))?.presence, await reasons()]).toEqual(['present', ['patient-stopped']]);
    await letGo(patient);
    await pipeline.atRest();
    expect(central.records.get(recordKey(visit))?.presence).toBe('voided');
  });

  it('is she under either of the uuids by which two sites know her', async () => {
    const [parents, childs] = [randomUUID(), randomUUID()];
    await stop({ aggregate: 'person', uuid: childs });
    await pipeline.query(`insert into alias (site, aggregate, uuid, local_uuid) values ('kisumu', 'person', $1, $2)`, [parents, childs]);
    const patient: RecordRef = { aggregate: 'person', uuid: parents };
    central.edit(patient, { isPatient: true, gender: 'F' });
    await look(central, patient);
    expect([isAt(kisumu, patient), await reasons()]).toEqual([[false], ['patient-stopped', 'patient-stopped']]);
    expect(await letGo({ aggregate: 'person', uuid: childs })).toMatchObject({ outcome: 'done', woken: 2 });
    await stop({ aggregate: 'person', uuid: childs });
    expect((await desk().list()).stopped.map((one) => one.patient)).toEqual([parents]);
  });

  it('has what became of a write that nobody answered found out, and is not written to again for it', async () => {
    const patient = aPatient();
    await look(kisumu, patient);
    kisumu.edit(patient, { gender: 'M' });
    central.once('afterWrite', async () => {
      await stop(patient);
      throw new TransientError('cut-off', 'the answer was lost', { site: 'central' });
    });
    await pipeline.look('kisumu', patient);
    await until('she is held', async () => (await reasons()).includes('patient-stopped'), 30_000);
    expect(await pipeline.query(`select 1 from intent where settled_at is null`)).toEqual([]);
    expect(writesOf(central, patient)).toBe(2);
  });

  it('goes on though nobody was there to wake what came too late to be woken', async () => {
    const patient = aPatient();
    await stop(patient);
    await look(kisumu, patient);
    await pipeline.query(`delete from patient_stop`);
    await until('she has arrived', () => isAt(central, patient)[0] === true, 20_000);
    await pipeline.atRest();
    expect(await pipeline.open()).toEqual([]);
  });

  it('is in the audit with who stopped her and who let her go on, and why is in nothing that is said; her page tells of it', async () => {
    const patient = aPatient();
    await look(kisumu, patient);
    await stop(patient);
    expect(await stop(patient)).toMatchObject({ outcome: 'as-it-is' });
    await letGo(patient);
    const audited = () => pipeline.query<{ details: Record<string, unknown> }>(`select details from audit where type = 'patient.acted.v1' order by said_at`);
    await until('both are in the audit', async () => (await audited()).length === 2);
    expect((await audited()).map(({ details }) => [details['what'], details['by']])).toEqual([
      ['stopped', 'Amina'],
      ['resumed', 'Otieno'],
    ]);
    expect(JSON.stringify([await audited(), await pipeline.query(`select sealed::text, by from patient_act`), pipeline.lines])).not.toContain('Achieng');
  });
});

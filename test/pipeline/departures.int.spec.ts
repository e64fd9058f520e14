import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { LinkConfiguration } from '@sync-hub/configuration';
import { type RecordRef, recordKey } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type MemorySite, type Pipeline, patientDeskOf, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const BOTH = { pull: true, push: true };
const IN = JSON.stringify({ countyDistrict: 'Kisumu' });
const OUT = JSON.stringify({ countyDistrict: 'Nakuru' });

describe('a patient who leaves', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  afterEach(() => pipeline.stop());

  const start = async (change: Partial<LinkConfiguration> = {}): Promise<void> => {
    const configuration = twoChildren();
    const rule = { rule: 'address' as const, field: 'countyDistrict' as const, isOneOf: ['Kisumu'] };
    const links = configuration.links.map((link) => ({
      ...link,
      classes: { ...link.classes, visit: BOTH },
      ...(link.id === 'kisumu' ? { whenPatientLeaves: 'retire' as const, catchment: rule, ...change } : {}),
    }));
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: { ...configuration, links } });
    [central, kisumu] = [pipeline.sites.site('central'), pipeline.sites.site('kisumu')];
  };
  const look = async (site: string, ...records: RecordRef[]): Promise<void> => {
    await pipeline.look(site, ...records);
    await pipeline.atRest();
  };
  const livesAt = (address: string) => ({
    [`addresses[${IN}]`]: undefined,
    [`addresses[${OUT}]`]: undefined,
    [`addresses[${address}]`]: true,
    preferredAddress: address,
  });
  const aPatient = async (): Promise<RecordRef> => {
    const patient: RecordRef = { aggregate: 'person', uuid: randomUUID() };
    central.edit(patient, { isPatient: true, gender: 'F', birthdate: '1990-01-01', ...livesAt(IN) });
    await look('central', patient);
    expect(kisumu.records.has(recordKey(patient))).toBe(true);
    return patient;
  };
  const aVisit = (site: MemorySite, patient: RecordRef): RecordRef => {
    const visit: RecordRef = { aggregate: 'visit', uuid: randomUUID() };
    site.edit(visit, { patient: patient.uuid, startDatetime: '2024-05-01T10:00:00Z' }, 'present', [
      { path: 'patient', resource: 'patient', uuid: patient.uuid, aggregate: 'person' },
    ]);
    return visit;
  };
  const leave = async (...patients: RecordRef[]): Promise<void> => {
    for (const patient of patients) central.edit(patient, livesAt(OUT));
    await pipeline.look('central', ...patients);
  };
  const departure = async (patient: RecordRef) =>
    (await pipeline.query<{ state: string; reason: string | null }>(`select state, reason from departure where patient = $1`, [patient.uuid]))[0] ?? null;
  const becomes = (patient: RecordRef, state: string | null): Promise<unknown> =>
    until(`she is ${state}`, async () => ((await departure(patient))?.state ?? null) === state, 20_000);
  const waitsFor = (patient: RecordRef, reason: string): Promise<unknown> =>
    until(`she waits for ${reason}`, async () => (await departure(patient))?.reason === reason, 20_000);
  const presenceAt = (site: MemorySite, record: RecordRef) => site.records.get(recordKey(record))?.presence ?? 'absent';
  /** What a server does that is asked to void a patient. */
  const voidsAlong = (patient: RecordRef, ...records: RecordRef[]): void => {
    kisumu.dependantsOf = records.map(recordKey);
    kisumu.afterWrite = async () => {
      if (presenceAt(kisumu, patient) === 'voided') for (const record of records) kisumu.edit(record, {}, 'voided');
    };
  };

  it('is voided at the child with what hangs on her, and no entry of that cascade travels up', async () => {
    await start();
    const patient = await aPatient();
    const visit = aVisit(central, patient);
    await look('central', visit);
    voidsAlong(patient, visit);
    await leave(patient);
    await becomes(patient, 'retired');
    await look('kisumu', visit, patient);
    expect([presenceAt(kisumu, patient), presenceAt(kisumu, visit), presenceAt(central, patient), presenceAt(central, visit)]).toEqual([
      'voided',
      'voided',
      'present',
      'present',
    ]);
    expect(await pipeline.open()).toEqual([]);
  });

  it('has gone up first with what nobody has told of yet', async () => {
    await start();
    const patient = await aPatient();
    const visit = aVisit(kisumu, patient);
    kisumu.edit(patient, { birthdate: '1985-05-05' });
    voidsAlong(patient, visit);
    await leave(patient);
    await becomes(patient, 'retired');
    await pipeline.atRest();
    expect([central.fieldsOf(patient)['birthdate'], presenceAt(central, visit), presenceAt(kisumu, patient)]).toEqual(['1985-05-05', 'present', 'voided']);
  });

  it('leaves later where something is done at the child just when the tombstone stands: that goes up before the void', async () => {
    await start();
    const patient = await aPatient();
    let isEdited = false;
    kisumu.beforeRead = async () => {
      if (isEdited || (await departure(patient))?.state !== 'closed') return;
      isEdited = true;
      kisumu.edit(patient, { birthdate: '1985-05-05' });
    };
    await leave(patient);
    await becomes(patient, 'retired');
    await pipeline.atRest();
    expect([isEdited, central.fieldsOf(patient)['birthdate'], presenceAt(kisumu, patient), presenceAt(central, patient)]).toEqual([
      true,
      '1985-05-05',
      'voided',
      'present',
    ]);
  });

  it('is voided no more once a person has stopped her, though the tombstone stands, and leaves when they let her go on', async () => {
    await start();
    const patient = await aPatient();
    const deed = { patient: patient.uuid, by: 'Amina', reason: 'a court asks' };
    let isStopped = false;
    kisumu.beforeRead = async () => {
      if (isStopped || (await departure(patient))?.state !== 'closed') return;
      isStopped = true;
      await patientDeskOf(pipeline.hub).stop(deed);
    };
    await leave(patient);
    await waitsFor(patient, 'patient-stopped');
    expect([isStopped, presenceAt(kisumu, patient), (await departure(patient))?.state]).toEqual([true, 'present', 'closed']);
    await patientDeskOf(pipeline.hub).resume(deed);
    await becomes(patient, 'retired');
    expect(presenceAt(kisumu, patient)).toBe('voided');
  });

  it('stays as long as anything of hers is open or held', async () => {
    await start();
    const patient = await aPatient();
    central.edit(patient, { gender: 'M' });
    kisumu.edit(patient, { gender: 'U' });
    await look('kisumu', patient);
    await leave(patient);
    await waitsFor(patient, 'open');
    expect([presenceAt(kisumu, patient), (await departure(patient))?.state]).toEqual(['present', 'leaving']);
  });

  it('stays as long as something of hers is at the child alone', async () => {
    await start({ classes: { ...twoChildren().links[0]!.classes } });
    const patient = await aPatient();
    kisumu.dependantsOf = [recordKey(aVisit(kisumu, patient))];
    await leave(patient);
    await waitsFor(patient, 'unsent');
    expect(presenceAt(kisumu, patient)).toBe('present');
  });

  it.each<[string, Partial<LinkConfiguration>, string]>([
    ['the policy is to keep her', { whenPatientLeaves: 'keep' }, OUT],
    ['no rule can tell where she lives', {}, ''],
    ['the catchment fails', { catchment: { rule: 'not', of: { rule: 'custom', name: 'gone', options: {} } } }, OUT],
  ])('keeps her copy where %s', async (_, change, address) => {
    await start();
    const patient = await aPatient();
    const rules = pipeline.hub.rules.current;
    pipeline.hub.rules.replace({ ...rules, links: rules.links.map((link) => (link.id === 'kisumu' ? { ...link, ...change } : link)) });
    if (address === '') central.edit(patient, { preferredAddress: null });
    else central.edit(patient, livesAt(address));
    await look('central', patient);
    expect([await departure(patient), presenceAt(kisumu, patient)]).toEqual([null, 'present']);
    expect(await pipeline.query(`select 1 from membership where patient = $1 and link = 'kisumu' and is_member`, [patient.uuid])).toEqual([]);
  });

  it('keeps her copy where the child entered her and its catchment never had her', async () => {
    await start();
    const patient: RecordRef = { aggregate: 'person', uuid: randomUUID() };
    kisumu.edit(patient, { isPatient: true, gender: 'F', ...livesAt(OUT) });
    await look('kisumu', patient);
    await look('central', patient);
    expect([presenceAt(central, patient), await departure(patient)]).toEqual(['present', null]);
  });

  it('is counted by the brake, which pauses the link at one void too many', async () => {
    await start({ brake: { voidsPerHour: 2, percentOfCategory: 100 } });
    const patients = [await aPatient(), await aPatient(), await aPatient(), await aPatient()];
    await leave(...patients);
    const paused = async () => (await pipeline.hub.repositories.overview.read()).links.find(({ link }) => link === 'kisumu')?.braked !== null;
    await until('the link is paused', paused, 20_000);
    expect(patients.filter((patient) => presenceAt(kisumu, patient) === 'voided')).toHaveLength(2);
  });

  it('whose void nobody answered is not asked for again before it can no longer land, nor brought back before', async () => {
    await start();
    pipeline.sites.longestRequest = 600_000;
    const patient = await aPatient();
    await pipeline.query(`insert into departure (id, link, patient, state, sent_at) values ($1, 'kisumu', $2, 'voiding', now())`, [randomUUID(), patient.uuid]);
    await waitsFor(patient, 'unknown-write');
    expect(kisumu.writes.filter(({ presence }) => presence === 'voided')).toEqual([]);
    await look('central', patient);
    await becomes(patient, 'returning');
    await waitsFor(patient, 'unknown-write');
    await pipeline.query(`update departure set sent_at = now() - interval '1 hour', not_before = now()`);
    await becomes(patient, null);
  });

  it('and was brought back at the child by hand is left there', async () => {
    await start();
    const patient = await aPatient();
    await leave(patient);
    await becomes(patient, 'retired');
    kisumu.edit(patient, { ...central.fieldsOf(patient), birthdate: '1985-05-05' }, 'present');
    await look('kisumu', patient);
    await becomes(patient, 'kept');
    await until('what was edited there goes up', () => central.fieldsOf(patient)['birthdate'] === '1985-05-05', 20_000);
    await look('central', patient);
    expect([presenceAt(kisumu, patient), presenceAt(central, patient), (await departure(patient))?.state]).toEqual(['present', 'present', 'kept']);
  });

  it('and comes back before anything was voided has lost nothing', async () => {
    await start();
    const patient = await aPatient();
    const visit = aVisit(kisumu, patient);
    kisumu.dependantsOf = [recordKey(visit)];
    await pipeline.hub.repositories.store.claim('another#1', 'kisumu', patient, 3600);
    await leave(patient);
    await waitsFor(patient, 'claimed');
    central.edit(patient, livesAt(IN));
    await pipeline.look('central', patient);
    await becomes(patient, null);
    await pipeline.query(`delete from claim where holder = 'another#1'`);
    await pipeline.atRest();
    expect(presenceAt(kisumu, patient)).toBe('present');
  });
});

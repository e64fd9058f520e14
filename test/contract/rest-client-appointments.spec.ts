import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { CARE, type ProfileId } from '@sync-hub/openmrs-simulator';
import { call, clinic, difference, jane, person, RestBench } from './rest-bench.js';

const appointmentOf = (uuid: string): RecordRef => ({ aggregate: 'appointment', uuid });
const UUID = '5f0c9a92-6f24-11e3-af88-0050568210c0';
const NINE = Date.parse('2024-02-01T09:00:00Z');
const HALF_AN_HOUR = 1_800_000;
const nobodys = async (): Promise<boolean> => false;
const SERVICE = { service: 'Eye care', serviceType: 'First visit' };

interface Case {
  readonly profile: ProfileId;
  readonly appointments?: false;
}

const WITHOUT: readonly Case[] = [{ profile: '1.9' }, { profile: '1.12' }, { profile: '2.1-old' }, { profile: '2.8', appointments: false }];

describe.each(WITHOUT)('a site without the appointments module (%j)', ({ profile, appointments }) => {
  it('is sent no appointment, says why, and is asked for none', async () => {
    const bench = await RestBench.start(profile, undefined, appointments === false ? { appointments } : {});
    await bench.agreeOnJane();
    bench.source.clinician.appointments.addService('Eye care');
    bench.source.clinician.appointments.add({ uuid: UUID, patient: jane, service: 'Eye care' });
    const incoming = await bench.sites.of('source').read(appointmentOf(UUID), call);
    bench.target.resetRequests();
    const target = bench.sites.of('target');
    const held = await target.read(appointmentOf(UUID), call);
    expect([held.presence, await target.presenceOf(appointmentOf(UUID), call), await target.historyOf(jane, ['appointment'], call)]).toEqual([
      'absent',
      'absent',
      [],
    ]);
    await expect(target.write(held, incoming, difference(incoming, held), call)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('openmrs-module-appointments'),
    });
    expect(bench.target.requests.filter(({ method, path }) => method !== 'GET' || /appointment/i.test(path))).toEqual([]);
    await bench.stop();
  });
});

describe.each([{ profile: '2.3' as const }, { profile: '2.8' as const }])('appointments at a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  let service: string;
  beforeEach(async () => {
    bench = await RestBench.start(profile);
    await bench.agreeOnJane();
    bench.source.clinician.appointments.addService('Eye care', 'First visit', 'Review');
    service = bench.target.clinician.appointments.addService('Eye care', 'First visit', 'Review');
  });
  afterEach(() => bench.stop());
  const add = (more: object = {}) =>
    bench.source.clinician.appointments.add({
      ...{ uuid: UUID, patient: jane, ...SERVICE, location: clinic, status: 'Scheduled', priority: 'Routine', comments: 'with her glasses' },
      ...{ startDateTime: NINE, endDateTime: NINE + HALF_AN_HOUR, dateAppointmentScheduled: NINE - 86_400_000 },
      ...{ providers: [{ uuid: CARE.nurse, response: 'ACCEPTED', comments: 'in room 2' }], reasons: [{ uuid: CARE.malaria }] },
      // What one end does not tell is compared by nobody.
      ...(profile === '2.8' ? {} : { appointmentNumber: null }),
      ...more,
    });
  const there = () => bench.target.state().appointments;
  const target = () => bench.sites.of('target');
  const wrote = () =>
    bench.target.requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/search')).map(({ path }) => path.split('/v1/')[1]);
  const seen = (fields: object) =>
    profile === '2.8' ? fields : Object.fromEntries(Object.entries(fields).filter(([path]) => !/^(reasons|appointmentNumber)/.test(path)));

  it('are made by one request under a uuid of the server, for the service of that name, and known by it from then on', async () => {
    const { incoming, written } = await bench.carry(appointmentOf(add()));
    expect(wrote()).toEqual(['appointment']);
    expect(written.fields).toEqual(seen(incoming.fields));
    const [row] = there();
    expect([there().length, row?.uuid === UUID, await target().canonicalOf(appointmentOf(String(row?.uuid)))]).toEqual([1, false, appointmentOf(UUID)]);
    expect(row?.values).toMatchObject({ patient: jane, service, location: clinic, startDateTime: NINE, dateAppointmentScheduled: NINE - 86_400_000 });
    expect(await target().historyOf(jane, ['appointment'], call)).toEqual([appointmentOf(UUID)]);
    expect(await target().dependants(person(jane), call)).toEqual([]);
  });

  it('are changed by one request that says all again, so that nothing is emptied and no day becomes today', async () => {
    await bench.carry(appointmentOf(add()));
    bench.source.clinician.appointments.change(UUID, { status: 'CheckedIn', providers: [{ uuid: CARE.doctor, response: 'AWAITING', comments: null }] });
    const { written } = await bench.carry(appointmentOf(UUID));
    expect(wrote()).toEqual(['appointment']);
    expect(there().length).toBe(1);
    expect(written.fields).toMatchObject({ status: 'CheckedIn', comments: 'with her glasses', location: clinic, priority: 'Routine' });
    expect(Object.keys(written.fields).filter((path) => path.startsWith('providers') && path.endsWith(']'))).toEqual([`providers[${CARE.doctor}]`]);
    expect(there()[0]?.values).toMatchObject({ dateAppointmentScheduled: NINE - 86_400_000, startDateTime: NINE });
  });

  it('are asked for no service that is not there by name, whatever its uuid', async () => {
    const has = (resource: string, uuid: string) => target().has({ resource, uuid }, call);
    expect([
      await has('appointmentservicename', 'Eye care'),
      await has('appointmentservicename', 'Dentist'),
      await has('appointmentservicename', service),
    ]).toEqual([true, false, false]);
    expect([await has('appointmentservicetypename', 'Eye care: Review'), await has('appointmentservicetypename', 'Review')]).toEqual([true, false]);
  });

  it('are neither voided nor brought back, and nothing is sent', async () => {
    const { written } = await bench.carry(appointmentOf(add()));
    bench.target.resetRequests();
    await expect(target().write(written, written, { presence: 'voided', fields: new Map() }, call)).rejects.toMatchObject({ code: 'unsupported' });
    expect(wrote()).toEqual([]);
    bench.target.clinician.appointments.void(String(there()[0]?.uuid));
    expect([await target().presenceOf(appointmentOf(UUID), call), await target().historyOf(jane, ['appointment'], call)]).toEqual(['voided', []]);
  });

  it('are found again after a create that nobody answered, by what they say, unless there are two', async () => {
    add(profile === '2.8' ? {} : { reasons: [] });
    const incoming = await bench.sites.of('source').read(appointmentOf(UUID), call);
    const own = { ...bench.source.state().appointments[0]?.values, ...SERVICE };
    bench.target.clinician.appointments.add({ ...own, uuid: 'made-there-1' });
    bench.target.clinician.appointments.add({ ...own, uuid: 'made-there-2' });
    expect(await target().findTwin(incoming, call, nobodys)).toBeNull();
    bench.target.clinician.appointments.void('made-there-2');
    expect(await target().findTwin(incoming, call, async () => true)).toBeNull();
    expect(await target().findTwin(incoming, call, nobodys)).toBe('made-there-1');
  });

  it('name the privilege that it takes to see them', async () => {
    bench.target.revoke('View Appointments');
    await expect(target().read(appointmentOf('any'), call)).rejects.toMatchObject({ details: expect.objectContaining({ privilege: 'View Appointments' }) });
  });
});

import { describe, expect, it } from '@jest/globals';
import type { CanonicalRecord } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import { covers } from '@sync-hub/merge';
import { CARE, PROFILE_IDS } from '@sync-hub/openmrs-simulator';
import { call, clinic, eachWithJane, type HandClock, jane, person, type RestBench } from './rest-bench.js';

const enrollmentOf = (uuid: string): RecordRef => ({ aggregate: 'programenrollment', uuid });
const TEN = (day: string): string => `${day}T10:00:00.000+0000`;

describe.each(PROFILE_IDS.map((profile) => ({ profile })))('a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  let clock: HandClock;
  const takesStates = profile === '2.8';
  eachWithJane(profile, (given, at) => {
    bench = given;
    clock = at;
  });
  const programs = () => bench.source.clinician.programs;
  const enroll = (more: object = {}) =>
    programs().enroll({ patient: jane, program: CARE.hivProgram, dateEnrolled: TEN('2020-01-05'), location: clinic, ...more });
  /** What a record says, as far as the other one can say it too, states where they can be written. */
  const asFarAs = ({ fields }: CanonicalRecord, other: CanonicalRecord) =>
    Object.fromEntries(Object.entries(fields).filter(([path]) => covers(other, path) && (takesStates || !path.startsWith('states['))));
  const statesOf = ({ fields }: CanonicalRecord) => Object.keys(fields).filter((path) => path.startsWith('states['));
  const carried = async (uuid: string) => {
    const all = await bench.carry(enrollmentOf(uuid));
    expect(asFarAs(all.written, all.incoming)).toEqual(asFarAs(all.incoming, all.written));
    return all;
  };

  it('gets an enrollment with its states one by one, what follows in it, and its completion', async () => {
    const uuid = enroll({ attributes: [{ attributeType: CARE.regimen, value: 'first line' }] });
    programs().moveTo(uuid, CARE.waiting, '2020-01-05');
    programs().moveTo(uuid, CARE.onTreatment, '2020-02-01');
    const { written, asked } = await carried(uuid);
    const local = await bench.aliases.toLocal(enrollmentOf(uuid));
    const state = `POST programenrollment/${local}/state`;
    expect(asked).toEqual(takesStates ? ['POST programenrollment', state, state] : ['POST programenrollment']);
    expect(written.fields).toMatchObject({ patient: jane, program: CARE.hivProgram, dateEnrolled: '2020-01-05T10:00:00Z', location: clinic });
    expect(statesOf(written)).toHaveLength(takesStates ? 4 : 0);

    programs().moveTo(uuid, CARE.transferredOut, '2020-03-01');
    programs().edit(uuid, { outcome: CARE.anaemia, dateEnrolled: TEN('2020-01-04') });
    const next = await carried(uuid);
    expect(statesOf(next.written)).toHaveLength(takesStates ? 6 : 0);
    expect(next.written.fields['dateCompleted']).toBe('2020-03-01T00:00:00Z');
    expect(next.written.fields['outcome'] ?? null).toBe(profile === '1.9' ? null : CARE.anaemia);
  });

  it('follows where a state was a mistake, and where an enrollment is not completed after all', async () => {
    const uuid = enroll();
    programs().moveTo(uuid, CARE.waiting, '2020-01-05');
    programs().moveTo(uuid, CARE.transferredOut, '2020-02-01');
    await carried(uuid);
    programs().edit(uuid, { dateCompleted: null });
    programs().takeBackState(uuid, CARE.treatment);
    const { written } = await carried(uuid);
    expect(written.fields['dateCompleted']).toBeNull();
    expect(statesOf(written)).toEqual(takesStates ? [`states[${CARE.waiting}|2020-01-05]`, `states[${CARE.waiting}|2020-01-05].endDate`] : []);
    expect(bench.target.state().enrollments).toHaveLength(1);
  });

  it('tells its own states, whether or not it can be sent any', async () => {
    const uuid = enroll();
    await carried(uuid);
    const local = await bench.aliases.toLocal(enrollmentOf(uuid));
    bench.target.clinician.programs.moveTo(local, CARE.waiting, '2020-01-05');
    const held = await bench.sites.of('target').read(enrollmentOf(uuid), call);
    expect(held.fields).toMatchObject({ [`states[${CARE.waiting}|2020-01-05]`]: true, [`states[${CARE.waiting}|2020-01-05].endDate`]: null });
  });

  it('gets another regimen where it has attributes, so that its feed tells of it', async () => {
    const uuid = enroll({ attributes: [{ attributeType: CARE.regimen, value: 'first line' }] });
    await carried(uuid);
    const [attribute] = bench.source.state().enrollments[0]?.attributes ?? [];
    bench.source.clinician.programs.editAttribute(attribute?.uuid ?? '', { value: 'second line' });
    const { written } = await carried(uuid);
    const has = ['2.3', '2.8'].includes(profile);
    expect(written.fields[`attributes[${CARE.regimen}]`]).toBe(has ? 'second line' : undefined);
    const live = bench.target.state().enrollments[0]?.attributes.filter(({ gone }) => !gone) ?? [];
    expect(live.map(({ values }) => values['value'])).toEqual(has ? ['second line'] : []);
  });

  it('gets its void with its states, and its restoration; a void of the patient takes none along', async () => {
    const uuid = enroll();
    programs().moveTo(uuid, CARE.waiting, '2020-01-05');
    const { written } = await carried(uuid);
    const target = bench.sites.of('target');
    expect(await target.dependants(person(jane), call)).toEqual([]);
    expect(await target.historyOf(jane, ['programenrollment'], call)).toEqual([enrollmentOf(uuid)]);
    clock.tick();
    const gone = await target.write(written, written, { presence: 'voided', fields: new Map() }, call);
    expect([gone.presence, bench.target.state().enrollments[0]?.states.every((state) => state.gone)]).toEqual(['voided', true]);
    const back = target.write(gone, written, { presence: 'present', fields: new Map() }, call);
    if (bench.target.profile.undeletes) expect(await back).toMatchObject({ presence: 'present', fields: written.fields });
    else await expect(back).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('says which states and attribute types it lacks, and of none where it is sent none', async () => {
    const target = bench.sites.of('target');
    const has = (resource: string, uuid: string) => target.has({ resource, uuid }, call);
    expect(await has('programworkflowstate', CARE.waiting)).toBe(true);
    expect(await has('programworkflowstate', jane)).toBe(!takesStates);
    expect(await has('programattributetype', jane)).toBe(!['2.3', '2.8'].includes(profile));
    expect([await has('program', CARE.hivProgram), await has('program', 'HIV Program')]).toEqual([true, false]);
  });

  it('refuses two states at once, and tells by which rule', async () => {
    const uuid = enroll();
    await carried(uuid);
    const local = await bench.aliases.toLocal(enrollmentOf(uuid));
    programs().moveTo(uuid, CARE.waiting, '2020-01-05');
    bench.target.clinician.programs.moveTo(local, CARE.onTreatment, '2020-01-06');
    const [incoming, held] = [await bench.sites.of('source').read(enrollmentOf(uuid), call), await bench.sites.of('target').read(enrollmentOf(uuid), call)];
    const fields = new Map(Object.entries(incoming.fields).filter(([path]) => path.startsWith('states[')));
    const written = bench.sites.of('target').write(held, incoming, { fields }, call);
    if (takesStates) await expect(written).rejects.toMatchObject({ code: 'refused', details: { codes: ['PatientProgram.error.cannotBeInMultipleStates'] } });
    else expect((await written).fields).toEqual(held.fields);
  });
});

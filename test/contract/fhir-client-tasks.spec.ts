import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { CARE, type ProfileId } from '@sync-hub/openmrs-simulator';
import { call, clinic, difference, jane, person, RestBench } from './rest-bench.js';

const taskOf = (uuid: string): RecordRef => ({ aggregate: 'task', uuid });
const TASK = '5f0c9a92-6f24-11e3-af88-0050568210b0';
const NOON = Date.parse('2024-02-01T12:00:00Z');
const nobodys = async (): Promise<boolean> => false;
const OF_JANE = { for: { reference: `Patient/${jane}`, type: 'Patient' } };

interface Case {
  readonly profile: ProfileId;
  readonly fhir?: false;
}

const WITHOUT: readonly Case[] = [{ profile: '1.9' }, { profile: '1.12' }, { profile: '2.1-old' }, { profile: '2.3' }, { profile: '2.8', fhir: false }];

describe.each(WITHOUT)('a site with no fhir2, or one before 2.1 (%j)', ({ profile, fhir }) => {
  it('is sent no task, says why, and is asked for none', async () => {
    const bench = await RestBench.start(profile, undefined, fhir === false ? { fhir } : {});
    await bench.agreeOnJane();
    bench.source.clinician.lists.addTask({ uuid: TASK, status: 'requested', ...OF_JANE });
    const incoming = await bench.sites.of('source').read(taskOf(TASK), call);
    bench.target.resetRequests();
    const target = bench.sites.of('target');
    const held = await target.read(taskOf(TASK), call);
    expect([held.presence, await target.presenceOf(taskOf(TASK), call), await target.historyOf(jane, ['task'], call)]).toEqual(['absent', 'absent', []]);
    await expect(target.write(held, incoming, difference(incoming, held), call)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('fhir2'),
    });
    expect(bench.target.requests.filter(({ method, path }) => method !== 'GET' || path.includes('fhir2'))).toEqual([]);
    await bench.stop();
  });
});

describe('tasks at a site of platform 2.8', () => {
  let bench: RestBench;
  beforeEach(async () => {
    bench = await RestBench.start('2.8');
    await bench.agreeOnJane();
  });
  afterEach(() => bench.stop());
  const add = (more: object = {}) =>
    bench.source.clinician.lists.addTask({
      ...{ uuid: TASK, status: 'requested', code: CARE.pulse, comment: 'before noon', executionStartTime: NOON, ...OF_JANE },
      ...{ owner: { reference: `Practitioner/${CARE.nurse}` }, location: { reference: `Location/${clinic}` }, focus: { reference: 'Device/scale-1' } },
      ...{ basedOn: [{ reference: 'ServiceRequest/here' }], input: [{ type: CARE.note, valueString: 'fasting' }], ...more },
    });
  const there = () => bench.target.state().tasks;
  const said = (key: string) => JSON.parse(String(there()[0]?.values[key]));
  const target = () => bench.sites.of('target');
  const wrote = () => bench.target.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path.split('/R4/')[1]}`);

  it('are made by one POST under a uuid of the server, by which they are known from then on', async () => {
    const { incoming, written } = await bench.carry(taskOf(add()));
    expect(wrote()).toEqual(['POST Task']);
    expect(written).toMatchObject({ presence: 'present', client: 'fhir-r4', fields: incoming.fields });
    const [row] = there();
    expect([there().length, row?.uuid === TASK, await target().canonicalOf(taskOf(String(row?.uuid)))]).toEqual([1, false, taskOf(TASK)]);
    expect(row?.values).toMatchObject({ status: 'requested', intent: 'order', code: CARE.pulse, comment: 'before noon', executionStartTime: NOON });
    expect(await target().historyOf(jane, ['task'], call)).toEqual([taskOf(TASK)]);
    expect(await target().dependants(person(jane), call)).toEqual([]);
    expect(await target().has({ resource: 'task', uuid: TASK }, call)).toBe(true);
  });

  it('lead to a record by the uuid that it has there', async () => {
    await bench.aliases.remember({ aggregate: 'order', uuid: 'here' }, 'there');
    await bench.aliases.remember({ aggregate: 'visit', uuid: 'visit-here' }, 'visit-there');
    const { incoming, written } = await bench.carry(taskOf(add({ encounter: { reference: 'Encounter/visit-here' } })));
    expect([said('basedOn'), said('encounter')]).toEqual([[{ reference: 'ServiceRequest/there' }], { reference: 'Encounter/visit-there' }]);
    expect(written.fields).toEqual(incoming.fields);
  });

  it('are changed by one request that says what changes and no more, and retired', async () => {
    await bench.carry(taskOf(add()));
    const [row] = there();
    bench.source.clinician.lists.changeTask(TASK, { status: 'in-progress', output: [{ type: CARE.note, valueReference: { reference: 'Observation/o-1' } }] });
    const { written } = await bench.carry(taskOf(TASK));
    expect(wrote()).toEqual([`PUT Task/${row?.uuid}`]);
    expect(bench.target.requests.at(-1)?.path).toContain('Task');
    expect(written.fields).toMatchObject({ status: 'in-progress', comment: 'before noon' });
    expect(said('output')).toEqual([{ type: CARE.note, valueReference: { reference: 'Observation/o-1' } }]);
    const gone = await target().write(written, written, { presence: 'voided', fields: new Map() }, call);
    expect([gone.presence, there().map((one) => one.gone), await target().presenceOf(taskOf(TASK), call)]).toEqual(['voided', [true], 'voided']);
    expect(gone.stamp).not.toBe(written.stamp);
  });

  it('are found again after a create that nobody answered, by what they say, unless there are two', async () => {
    add();
    const incoming = await bench.sites.of('source').read(taskOf(TASK), call);
    const own = { ...bench.source.state().tasks[0]?.values };
    bench.target.clinician.lists.addTask({ ...own, uuid: 'made-there-1' });
    bench.target.clinician.lists.addTask({ ...own, uuid: 'made-there-2' });
    expect(await target().findTwin(incoming, call, nobodys)).toBeNull();
    bench.target.clinician.lists.retireTask('made-there-2');
    expect(await target().findTwin(incoming, call, async () => true)).toBeNull();
    expect(await target().findTwin(incoming, call, nobodys)).toBe('made-there-1');
    expect((await target().read(taskOf(TASK), call)).presence).toBe('present');
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ConflictFilter } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { SAMPLE, type Simulator } from '@sync-hub/openmrs-simulator';
import { type PipelineOnSimulators, pipelineOnSimulators } from './on-simulators.js';

jest.setTimeout(120_000);

/** Whoever waits for it goes on once it is open. */
function aGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

describe('an edit of the very field that is written, between our read and our write', () => {
  let pipeline: PipelineOnSimulators;
  let central: Simulator;
  let kisumu: Simulator;
  let uuid: string;
  beforeAll(async () => {
    pipeline = await pipelineOnSimulators({ sites: { central: '2.8', kisumu: '2.8' } });
    [central, kisumu] = [pipeline.world.site('central'), pipeline.world.site('kisumu')];
  }, 60_000);
  beforeEach(async () => {
    uuid = central.clinician.addLocation({ uuid: randomUUID(), name: `Ward ${randomUUID()}`, description: 'old', address1: 'here' });
    // Of what is changed in the second in which it is read nobody can tell whether it was read.
    for (const site of [central, kisumu]) site.faults.clockSkewMs += 2000;
    await pipeline.settle();
    for (const site of [central, kisumu]) site.faults.clockSkewMs += 2000;
  });
  afterAll(() => pipeline.stop());

  /** The child's edit travels, and somebody acts at the parent just before our write is handled there. */
  const beside = async (
    act: () => void,
    ours = () => kisumu.clinician.edit('location', uuid, { description: "the child's" }),
    record = uuid,
  ): Promise<void> => {
    let isDone = false;
    central.faults.beside = ({ path, isWrite }, moment) => {
      if (isDone || !isWrite || moment !== 'before' || !path.includes(record)) return;
      isDone = true;
      act();
    };
    ours();
    await pipeline.settle();
    central.faults.beside = null;
    expect(isDone).toBe(true);
  };
  const held = () => [central, kisumu].map((site) => site.state().locations.find((one) => one.uuid === uuid)?.values['description']);
  const isLookedAtCentral = () =>
    until('central was looked at', async () => (await pipeline.query(`select 1 from change where site = 'central' and state <> 'ended'`)).length === 0);
  const desk = () => pipeline.hub.conflictDesk();
  const open = async (one = uuid) => {
    const { conflicts } = await desk().list(ConflictFilter.parse({}));
    return conflicts.filter(({ record }) => record.uuid === one);
  };

  it('is told of by the site’s own entry, with what stood there before and what was written', async () => {
    await beside(() => central.clinician.edit('location', uuid, { description: "the parent's" }));
    expect(held()).toEqual(["the child's", "the child's"]);
    const [conflict, ...more] = await open();
    expect([conflict?.reason, conflict?.fields, conflict?.state, more]).toEqual(['overwritten', ['description'], 'open', []]);
    const detail = await desk().find(conflict?.id ?? '');
    const field = detail?.fields.find(({ path }) => path === 'description');
    expect([field?.base?.parent.value, field?.parent.value, field?.child.value]).toEqual(['old', "the child's", "the child's"]);
  });

  it('is told of where the answer to our write never came', async () => {
    let isDone = false;
    const { opened: noAnswer, open: answer } = aGate();
    central.faults.beside = async ({ path, isWrite }, moment) => {
      if (!isWrite || !path.includes(uuid)) return;
      if (moment === 'after') await noAnswer;
      else if (!isDone) central.clinician.edit('location', uuid, { description: "the parent's" });
      isDone = true;
    };
    kisumu.clinician.edit('location', uuid, { description: "the child's" });
    await pipeline.readFeeds('kisumu');
    await until('it is written', () => isDone);
    await pipeline.readFeeds('central');
    await isLookedAtCentral();
    await pipeline.settle();
    central.faults.beside = null;
    answer();
    const intents = await pipeline.query<{ settled_as: string }>(`select settled_as from intent where uuid = $1 and site = 'central'`, [uuid]);
    expect([held(), intents]).toEqual([["the child's", "the child's"], [{ settled_as: 'landed' }]]);
    expect((await open()).map(({ reason, fields }) => [reason, fields])).toEqual([['overwritten', ['description']]]);
  });

  it('is told of where another job for the record is open as its entries are read', async () => {
    let isDone = false;
    central.faults.beside = ({ path, isWrite }, moment) => {
      if (isDone || !isWrite || moment !== 'before' || !path.includes(uuid)) return;
      isDone = true;
      central.clinician.edit('location', uuid, { description: "the parent's" });
    };
    kisumu.clinician.edit('location', uuid, { description: "the child's" });
    await pipeline.readFeeds('kisumu');
    await pipeline.atRest();
    const { opened: read, open: goOn } = aGate();
    let isReading = false;
    kisumu.faults.beside = async ({ path }, moment) => {
      if (moment !== 'before' || !path.includes(uuid)) return;
      isReading = true;
      await read;
    };
    const { hub } = pipeline;
    const record = { aggregate: 'location', uuid } as const;
    await hub.parts.database.transaction((tx) => hub.repositories.changes.open(tx, [{ site: 'central', record, forced: true }]));
    await until('it is compared at kisumu', () => isReading);
    await pipeline.readFeeds('central');
    await isLookedAtCentral();
    kisumu.faults.beside = central.faults.beside = null;
    goOn();
    await pipeline.settle();
    expect(held()).toEqual(["the child's", "the child's"]);
    expect((await open()).map(({ reason, fields }) => [reason, fields])).toEqual([['overwritten', ['description']]]);
  });

  it('is told of where it is of a name, whose entry names the name alone; and where it is none, nobody is asked', async () => {
    const [patient, name] = [randomUUID(), randomUUID()];
    const identifier = { uuid: randomUUID(), identifier: '10000X', identifierType: SAMPLE.openmrsId, location: uuid, preferred: true };
    const names = [{ uuid: name, givenName: 'Asha', familyName: 'Otieno', preferred: true }];
    central.clinician.addPatient({ uuid: patient, gender: 'F', birthdate: '1980-01-01', names, identifiers: [identifier] });
    await pipeline.settle();
    const givenNames = () =>
      [central, kisumu].map((site) =>
        site
          .state()
          .people.find((one) => one.uuid === patient)
          ?.names.map(({ values }) => values['givenName']),
      );
    await beside(
      () => undefined,
      () => kisumu.clinician.editName(name, { givenName: 'Aisha' }),
      patient,
    );
    expect([givenNames(), await open(patient)]).toEqual([[['Aisha'], ['Aisha']], []]);
    for (const site of [central, kisumu]) site.faults.clockSkewMs += 5000;
    await beside(
      () => central.clinician.editName(name, { givenName: 'Ayesha' }),
      () => kisumu.clinician.editName(name, { givenName: 'Aesha' }),
      patient,
    );
    expect(givenNames()).toEqual([['Aesha'], ['Aesha']]);
    expect((await open(patient)).map(({ reason, fields }) => [reason, fields])).toEqual([['overwritten', ['names', 'preferredName']]]);
  });

  it('is told of once, for as long as nobody has said that it was looked into, whatever becomes of the record', async () => {
    await beside(() => central.clinician.edit('location', uuid, { description: "the parent's" }));
    kisumu.clinician.edit('location', uuid, { address1: 'there' });
    await pipeline.settle();
    central.clinician.edit('location', uuid, { description: 'this' });
    kisumu.clinician.edit('location', uuid, { description: 'that' });
    await pipeline.settle();
    expect((await open()).map(({ reason }) => reason)).toEqual(['both-edited']);
    kisumu.clinician.edit('location', uuid, { description: 'this' });
    await pipeline.settle();
    const [conflict] = await open();
    expect([conflict?.reason, conflict?.fields]).toEqual(['overwritten', ['description']]);
    expect(await desk().dismiss(conflict?.id ?? '', { reason: 'asked at the parent' }, 'grace')).toBe(true);
    kisumu.clinician.edit('location', uuid, { address1: 'elsewhere' });
    await pipeline.settle();
    expect(await open()).toEqual([]);
  });

  it('that is made after our write, and is seen, is not taken for one that was overwritten when we write again', async () => {
    kisumu.clinician.edit('location', uuid, { description: "the child's" });
    await pipeline.readFeeds('kisumu');
    await pipeline.atRest();
    central.clinician.edit('location', uuid, { description: 'of the parent, who saw it' });
    await pipeline.settle();
    for (const site of [central, kisumu]) site.faults.clockSkewMs += 5000;
    kisumu.clinician.edit('location', uuid, { address1: 'there' });
    await pipeline.settle();
    expect([held(), await open()]).toEqual([['of the parent, who saw it', 'of the parent, who saw it'], []]);
  });

  it.each<readonly [string, () => void]>([
    ['of another field, which is merged', () => central.clinician.edit('location', uuid, { address1: 'there' })],
    ['that is none: nobody is asked for nothing', () => undefined],
  ])('%s', async (_what, act) => {
    await beside(act);
    expect([held(), await open()]).toEqual([["the child's", "the child's"], []]);
  });

  it('that was read is not taken for one that was overwritten, though its entry comes later', async () => {
    kisumu.clinician.edit('location', uuid, { description: "the child's" });
    central.clinician.edit('location', uuid, { address1: 'there' });
    await pipeline.readFeeds('kisumu');
    await pipeline.atRest();
    await pipeline.settle();
    expect([held(), await open()]).toEqual([["the child's", "the child's"], []]);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ManualRun, ManualRunScope } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { CARE, SAMPLE, type Simulator, sampleData } from '@sync-hub/openmrs-simulator';
import type { HubManualRunDesk } from '@sync-hub/runtime';
import { Random } from '../convergence/random.js';
import { everyRow, foreseen, happened, noteKnown } from './dry-run-bench.js';
import { type PipelineOnSimulators, pipelineOnSimulators } from './on-simulators.js';

jest.setTimeout(180_000);

const SEED = process.env['SYNC_HUB_SEED'] ?? 'what would come of it';
const AT = '2026-03-02T08:30:00.000+0000';

describe('a dry run of everything, on servers on which people have worked at both ends', () => {
  let pipeline: PipelineOnSimulators;
  let desk: HubManualRunDesk;
  let [central, kisumu]: Simulator[] = [];
  const random = new Random(SEED);
  const { locations, patients } = sampleData('central', 7);
  const encounters = patients.map(() => randomUUID());

  beforeAll(async () => {
    pipeline = await pipelineOnSimulators({ sites: { central: '2.8', kisumu: '2.8' }, care: true });
    desk = pipeline.hub.manualRunDesk();
    [central, kisumu] = pipeline.simulators;
    central?.load({ locations, patients });
    patients.forEach(({ uuid }, index) => void encounter(central, encounters[index] ?? '', String(uuid)));
    await pipeline.settle(120_000);
  }, 180_000);
  afterAll(() => pipeline.stop());

  const encounter = (
    site: Simulator | undefined,
    uuid: string,
    patient: string,
    location = String(locations[0]?.['uuid']),
    type: string = CARE.vitals,
  ): string =>
    site?.clinician.care.recordEncounter({
      uuid,
      patient,
      encounterType: type,
      location,
      encounterDatetime: AT,
      obs: [{ uuid: randomUUID(), concept: CARE.weight, value: 60 }],
    }) ?? '';

  /** Something is done to each of what both ends have, at one of them, at both, or at neither. */
  function editBoth(): void {
    const number = (): string => String(random.below(1_000_000));
    for (const { uuid } of patients) {
      const person = String(uuid);
      const gender = (site: Simulator | undefined, to: string): void => site?.clinician.edit('person', person, { gender: to });
      const born = (site: Simulator | undefined): void => site?.clinician.edit('person', person, { birthdate: `19${10 + random.below(80)}-01-01` });
      const does = random.weighted({ source: 3, target: 2, both: 2, clash: 3, nothing: 2 });
      if (does === 'source' || does === 'both') born(central);
      if (does === 'target' || does === 'both') gender(kisumu, 'O');
      if (does === 'clash')
        for (const [site, to] of [
          [central, 'U'],
          [kisumu, 'O'],
        ] as const)
          gender(site, to);
    }
    for (const { uuid } of locations) {
      const id = String(uuid);
      const does = random.weighted({ source: 2, clash: 1, nothing: 2 });
      if (does !== 'nothing') central?.clinician.edit('location', id, { description: `At the parent ${number()}` });
      if (does === 'clash') kisumu?.clinician.edit('location', id, { description: `At the clinic ${number()}` });
    }
    for (const uuid of encounters) {
      const does = random.weighted({ moved: 2, voided: 1, nothing: 3 });
      if (does === 'moved') central?.clinician.care.moveEncounter(uuid, `2026-03-03T0${random.below(10)}:00:00.000+0000`);
      if (does === 'voided') central?.clinician.care.voidEncounter(uuid);
    }
  }

  /** What stands at the parent alone: some of it refers to other of it, some to what the clinic lacks. */
  function addAtParent(): readonly (readonly ['location' | 'person' | 'encounter', string])[] {
    const added: (readonly ['location' | 'person' | 'encounter', string])[] = [];
    let parent: string | null = String(locations[0]?.['uuid']);
    for (let depth = 0; depth < 4; depth += 1) {
      parent = central?.clinician.addLocation({ uuid: randomUUID(), name: `New ward ${depth}`, parentLocation: parent }) ?? '';
      added.push(['location', parent]);
    }
    central?.seedMetadata({ encountertype: [{ uuid: OUTREACH, name: 'Outreach', description: 'In the village' }] });
    for (let index = 0; index < 4; index += 1) {
      const patient = central?.clinician.addPatient({
        uuid: randomUUID(),
        gender: 'F',
        names: [{ givenName: 'Moraa', familyName: 'Kemunto' }],
        identifiers: [{ identifier: `NEW-${index}`, identifierType: SAMPLE.nationalId, location: parent, preferred: true }],
      });
      added.push(['person', patient ?? '']);
      added.push(['encounter', encounter(central, randomUUID(), patient ?? '', parent, index === 0 ? OUTREACH : CARE.vitals)]);
    }
    // Somebody else has her number there.
    kisumu?.clinician.addPatient({
      uuid: randomUUID(),
      gender: 'F',
      names: [{ givenName: 'Nekesa', familyName: 'Wanjala' }],
      identifiers: [{ identifier: 'NEW-3', identifierType: SAMPLE.nationalId, location: String(locations[0]?.['uuid']), preferred: true }],
    });
    return added;
  }

  const writesSeen = (): number =>
    pipeline.simulators.flatMap(({ requests }) => requests).filter(({ method, path }) => method !== 'GET' && !path.includes('systemsetting')).length;

  async function run(scope: ManualRunScope, dry: boolean, direction: 'pull' | 'push' = 'pull'): Promise<ManualRun> {
    const done = await desk.begin({ link: pipeline.hub.rules.current.links[0]?.id ?? '', direction, scope, dry }, 'jane');
    if ('refused' in done) throw new Error(done.said);
    await until('the run is over', async () => (await desk.find(done.begun))?.endedAt !== null, 90_000);
    return (await desk.find(done.begun))!;
  }

  it(`says what a run that writes then does, and has written nothing (seed ${SEED})`, async () => {
    editBoth();
    await noteKnown(pipeline, 'central', addAtParent());
    const before = [writesSeen(), await everyRow(pipeline), pipeline.simulators.map((site) => JSON.stringify(site.state()))];

    const dry = await run({ what: 'everything' }, true);

    expect([writesSeen(), await everyRow(pipeline), pipeline.simulators.map((site) => JSON.stringify(site.state()))]).toEqual(before);
    const told = foreseen(dry);
    const wet = await run({ what: 'everything' }, false);
    expect(told).toEqual(await happened(pipeline, wet));
    // Of each there was something: a run that says nothing of anything is equal to nothing.
    const ends = new Set(dry.categories.flatMap(({ became }) => became.map(({ as }) => as)));
    for (const as of ['would-create', 'would-update', 'would-follow', 'in-step', 'would-ask', 'would-be-held', 'would-wait']) expect([...ends]).toContain(as);
    expect(dry.told?.about?.seconds).toBeGreaterThan(0);
    expect(dry.told?.bytesToSend).toBeGreaterThan(500);
    expect(Math.min(dry.told?.source.bytes ?? 0, dry.told?.target.bytes ?? 0)).toBeGreaterThan(5_000);
  });
});

const OUTREACH = '0c0ffee0-0000-4000-8000-00000000abcd';

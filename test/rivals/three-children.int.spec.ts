import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Simulator, sampleData } from '@sync-hub/openmrs-simulator';
import { account } from '../convergence/account.js';
import { answerAll, type Shown } from '../convergence/answering.js';
import { contentsOf, NOTHING_HELD, type RecordKey } from '../convergence/content.js';
import { HubDatabase } from '../convergence/hub-database.js';
import { Ledger } from '../convergence/ledger.js';
import { Random } from '../convergence/random.js';
import type { Rivals } from '../convergence/rival-edits.js';
import { storyOf } from '../convergence/story.js';
import { type PipelineOnSimulators, pipelineOnSimulators } from '../pipeline/on-simulators.js';
import { acted } from './acted.js';
import { dayOf, type Made, type Word } from './deeds.js';
import { aPatient } from './people.js';

jest.setTimeout(600_000);

const PATIENTS = process.env['SYNC_HUB_CHAOS'] === undefined ? 6 : 60;
const EDITS = 5;
const CHILDREN = ['kisumu', 'siaya', 'homabay'];
const SEED = process.env['SYNC_HUB_SEED'] ?? 's1';

type Edit = (at: Simulator, made: Made, word: Word) => void;

const person = (made: Made): string => String(made.parts['patient']);
const ACTS: Readonly<Record<string, Edit>> = {
  'her date of birth': ({ clinician }, made, word) => clinician.edit('person', person(made), { birthdate: dayOf(word) }),
  'her gender': ({ clinician }, made, { n }) => clinician.edit('person', person(made), { gender: n % 2 === 0 ? 'M' : 'O' }),
  'her telephone': ({ clinician }, made, { text }) =>
    void clinician.addAttribute(person(made), { attributeType: '14d4f066-15f5-102d-96e4-000c29c2a5d7', value: text }),
  'another name': ({ clinician }, made, { text }) => void clinician.addName(person(made), { givenName: text, familyName: text }),
};

describe('three clinics that edit the same patients at once, in any order and some of them unheard for a while', () => {
  let pipeline: PipelineOnSimulators;
  let hub: HubDatabase;
  const ledger = new Ledger();
  const random = new Random(SEED);
  let atFirst: ReadonlySet<RecordKey>;
  const shown: Shown[] = [];
  let made: readonly Made[] = [];
  let words = 0;
  beforeAll(async () => {
    pipeline = await pipelineOnSimulators({ sites: { central: '2.8', kisumu: '2.8', siaya: '2.8', homabay: '2.8' } });
    hub = HubDatabase.of(pipeline.hub);
    pipeline.simulators[0]?.load({ locations: sampleData('central', 6).locations, patients: [] });
    atFirst = new Set(contentsOf(pipeline.simulators[0]!.state()).keys());
    acted(ledger, pipeline.simulators[0]!, 'made', () => {
      made = Array.from({ length: PATIENTS }, () => aPatient(pipeline.simulators[0]!.clinician, word()));
    });
    await pipeline.settle(240_000);
  }, 300_000);
  afterAll(() => pipeline.stop());

  const word = (): Word => {
    words += 1;
    return { n: words, text: `Q${String(words).padStart(4, '0')}T` };
  };
  const nobody: Rivals = { wroteInSecondOf: () => false, isBeside: () => false, isUndone: () => false };
  const wrong = async (): Promise<string> => {
    const faults = await account({ sites: pipeline.simulators, edits: ledger.edits, hub, rivals: nobody, atFirst, shown });
    const records = [...new Set(faults.flatMap((fault) => /[a-z]+\/[0-9a-f]{8}-[A-Za-z0-9-]+/.exec(fault)?.[0] ?? []))];
    const stories = await Promise.all(records.slice(0, 2).map((record) => storyOf(record, { hub, edits: ledger.edits, sites: pipeline.simulators })));
    return [...faults, ...stories].join('\n');
  };
  const writesOf = (record: RecordKey): number =>
    pipeline.simulators.flatMap((site) => site.writes('client')).filter(({ records }) => records.includes(record)).length;

  it('lose nothing: each link is at one, or asks about the patient once', async () => {
    for (let n = 0; n < EDITS; n += 1) {
      for (const one of made)
        for (const id of CHILDREN)
          if (random.chance(0.6))
            acted(ledger, pipeline.world.site(id), 'edit', () => ACTS[random.pick(Object.keys(ACTS))!]!(pipeline.world.site(id), one, word()));
      for (const id of [random.pick(CHILDREN)!, 'central'].filter(() => random.chance(0.8))) await pipeline.readFeeds(id);
      if (random.chance(0.5)) await pipeline.atRest(240_000);
    }
    await pipeline.settle(240_000);
    expect(await wrong()).toBe('');
    const conflicts = await hub.conflicts();
    const perLink = new Set(conflicts.map(({ link, record }) => `${link} ${record}`));
    process.stdout.write(
      `${ledger.edits.length} edits of ${PATIENTS} patients at three clinics: ${conflicts.length} conflicts of ${new Set(conflicts.map(({ record }) => record)).size}\n`,
    );
    expect([perLink.size, conflicts.length > 0]).toEqual([conflicts.length, true]);
    // Nobody writes for ever: all is at rest, and each edit came to each of the others once, or with others.
    for (const { record } of made) expect(writesOf(record)).toBeLessThanOrEqual(4 * (CHILDREN.length + 1) * EDITS);
  });

  it('come to hold the same everywhere once what is asked has been answered, whatever the answers', async () => {
    const desk = pipeline.hub.conflictDesk();
    for (let round = 0; round < 8 && (await hub.conflicts()).length > 0; round += 1) {
      shown.push(...(await answerAll(desk, { random })));
      await pipeline.settle(240_000);
    }
    expect(shown.filter(({ how }) => how === 'answered').length).toBeGreaterThan(0);
    expect(await hub.conflicts()).toEqual([]);
    expect(await wrong()).toBe('');
    const contents = pipeline.simulators.map((site) => contentsOf(site.state()));
    for (const { record } of made) for (const other of contents.slice(1)) expect(other.get(record) ?? NOTHING_HELD).toEqual(contents[0]?.get(record));
  });
});

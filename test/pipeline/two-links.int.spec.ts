import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CARE, type Simulator, sampleData } from '@sync-hub/openmrs-simulator';
import { account } from '../convergence/account.js';
import { answerOne, type Shown } from '../convergence/answering.js';
import { Answers } from '../convergence/answers.js';
import { liveObs } from '../convergence/care-content.js';
import { contentsOf, type RecordKey } from '../convergence/content.js';
import { HubDatabase } from '../convergence/hub-database.js';
import { Ledger } from '../convergence/ledger.js';
import { storyOf } from '../convergence/story.js';
import { acted } from '../rivals/acted.js';
import { type PipelineOnSimulators, pipelineOnSimulators } from './on-simulators.js';

jest.setTimeout(600_000);

const WITHIN_MS = 300_000;
const ENDS = ['parent', 'child'] as const;
type End = (typeof ENDS)[number];
/** What is done to a weight of an encounter, at the parent and at both children: it is corrected, the encounter is moved, so that its server writes it anew, or one after the other. */
type Does = 'corrects' | 'moves' | 'moves and corrects';
const DONE: readonly (readonly [Does, Does, Does])[] = [
  ['corrects', 'corrects', 'corrects'],
  ['corrects', 'moves', 'moves'],
  ['moves', 'corrects', 'corrects'],
  ['moves and corrects', 'corrects', 'moves'],
];

interface Case {
  readonly encounter: string;
  readonly does: (typeof DONE)[number];
  /** The end that is taken on either link when both are asked at once. */
  readonly takes: readonly [End, End];
}

const cases: readonly Case[] = DONE.flatMap((does) =>
  ENDS.flatMap((first) => ENDS.map((second) => ({ encounter: randomUUID(), does, takes: [first, second] as const }))),
);
const recordOf = ({ encounter }: Case): RecordKey => `encounter/${encounter}`;
const titleOf = ({ does, takes }: Case): string => `${does.join(', ')}; ${takes.join(', ')}`;

describe('an obs that three sites changed, unheard of each other, and of which both links ask', () => {
  let pipeline: PipelineOnSimulators;
  let hub: HubDatabase;
  let atFirst: ReadonlySet<RecordKey>;
  const ledger = new Ledger();
  const shown: Shown[] = [];
  let words = 0;

  const standing = (site: Simulator, { encounter }: Case) =>
    liveObs(site.state().encounters.find(({ uuid }) => uuid === encounter)?.obs ?? []).filter(({ values }) => values['concept'] === CARE.weight);

  const act = (site: Simulator, one: Case, does: Does): void =>
    acted(
      ledger,
      site,
      does,
      () => {
        words += 1;
        const { care } = site.clinician;
        if (does !== 'corrects') care.moveEncounter(one.encounter, new Date(Date.UTC(2026, 2, 2, 9) + words * 1000).toISOString());
        if (does !== 'moves') care.editObs(standing(site, one)[0]!.uuid, { value: 100 + words / 100 });
      },
      (at) => contentsOf(at.state()),
    );

  beforeAll(async () => {
    pipeline = await pipelineOnSimulators({ sites: { central: '2.8', kisumu: '2.8', siaya: '2.8' }, care: true });
    hub = HubDatabase.of(pipeline.hub);
    const [central] = pipeline.simulators;
    const { locations, patients } = sampleData('central', 1);
    central?.load({ locations, patients });
    for (const { encounter } of cases)
      central?.clinician.care.recordEncounter({
        uuid: encounter,
        patient: String(patients[0]?.uuid),
        encounterType: CARE.vitals,
        location: String(locations[0]?.['uuid']),
        encounterDatetime: '2026-03-02T08:00:00',
        obs: [{ uuid: randomUUID(), concept: CARE.weight, value: 60 }],
      });
    atFirst = new Set(pipeline.simulators.flatMap((site) => [...contentsOf(site.state()).keys()]));
    await pipeline.settle(WITHIN_MS);
    for (const one of cases) pipeline.simulators.forEach((site, at) => void act(site, one, one.does[at]!));
    await pipeline.settle(WITHIN_MS);
  }, 600_000);
  afterAll(() => pipeline.stop());

  /** Both links at once, the one or the other first; whoever is asked again takes what came by the other link. */
  async function answerAll(round: number): Promise<void> {
    const asked = await hub.conflicts();
    for (const [at, one] of cases.entries()) {
      const own = asked.filter(({ record }) => record === recordOf(one)).sort((a, b) => (a.link < b.link === (at % 2 === 0) ? -1 : 1));
      for (const conflict of own) {
        const answered = await answerOne(hub.desk, conflict, round > 0 ? 'parent' : one.takes[conflict.link === 'kisumu' ? 0 : 1]);
        if (answered !== null) shown.push(answered);
      }
    }
    await pipeline.settle(WITHIN_MS);
  }

  it('stands once at every site when all is answered, and nothing is gone that nobody was shown', async () => {
    expect(new Set((await hub.conflicts()).map(({ record, link }) => `${link} ${record}`)).size).toBe(2 * cases.length);
    for (let round = 0; round < 6 && (await hub.conflicts()).length > 0; round += 1) await answerAll(round);
    expect(await hub.conflicts()).toEqual([]);
    const { simulators: sites } = pipeline;
    expect(cases.filter((one) => sites.some((site) => standing(site, one).length !== 1)).map(titleOf)).toEqual([]);
    const rivals = { wroteInSecondOf: () => false, isBeside: () => false, isUndone: () => false };
    const faults = [
      ...(await account({ sites, edits: ledger.edits, hub, rivals, atFirst, shown })),
      ...(await new Answers(hub, 'none').faults({ sites, edits: ledger.edits })),
    ];
    const told = cases.find((one) => faults.some((fault) => fault.includes(one.encounter)));
    expect(told === undefined ? faults : [...faults, await storyOf(recordOf(told), { hub, edits: ledger.edits, sites, shown })].join('\n')).toEqual([]);
  });

  it('was asked about again where the second answer met what the first had brought', () => {
    const again = cases.filter((one) => shown.filter(({ record, fields }) => record === recordOf(one) && fields.includes('obs')).length > 2);
    expect(again.length).toBeGreaterThan(0);
  });
});

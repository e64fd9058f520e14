import { describe, expect, it, jest } from '@jest/globals';
import { type Simulator, sampleData } from '@sync-hub/openmrs-simulator';
import { account } from '../convergence/account.js';
import { Answers } from '../convergence/answers.js';
import { Clinicians } from '../convergence/clinicians.js';
import { contentsOf } from '../convergence/content.js';
import { careAtFirst, recordCareAtFirst } from '../convergence/convergence-run.js';
import { IS_LONG, SEED } from '../convergence/findings.js';
import { HubDatabase } from '../convergence/hub-database.js';
import { Random } from '../convergence/random.js';
import { RivalEdits } from '../convergence/rival-edits.js';
import { storyOf } from '../convergence/story.js';
import { type PipelineOnSimulators, pipelineOnSimulators } from '../pipeline/on-simulators.js';

jest.setTimeout(1_200_000);

/** As many as `SYNC_HUB_CHAOS` says. In every run of the tests the convergence runs answer; this is for whoever looks for more. */
const SEEDS = Array.from({ length: IS_LONG ? Number(process.env['SYNC_HUB_CHAOS']) : 1 }, (_, n) => `${SEED}${n}`);
const RACES = 12;
const inLongRuns = IS_LONG ? describe : describe.skip;

async function live(seed: string): Promise<string> {
  const pipeline = await pipelineOnSimulators({ sites: { central: '2.8', kisumu: '2.8', siaya: '2.8' }, care: true });
  try {
    return await livedThrough(pipeline, seed);
  } finally {
    await pipeline.stop();
  }
}

async function livedThrough(pipeline: PipelineOnSimulators, seed: string): Promise<string> {
  const { simulators } = pipeline;
  const hub = HubDatabase.of(pipeline.hub);
  const [parent] = simulators as readonly [Simulator, ...Simulator[]];
  parent.load(sampleData('central', 6));
  recordCareAtFirst(parent);
  const atFirst = new Set(simulators.flatMap((site) => [...contentsOf(site.state()).keys()]));
  await pipeline.settle(240_000);
  const { visit, encounters } = careAtFirst();
  const hot = [`visit/${visit.uuid}`, ...encounters.map(({ uuid }) => `encounter/${uuid}`)];
  const clinicians = new Clinicians({ seed, sites: simulators, hot, work: 'care' });
  const answers = new Answers(hub, seed);
  const random = new Random(`${seed}/feeds`);
  for (let n = 0; n < RACES; n += 1) {
    clinicians.race();
    if (random.chance(0.3)) await pipeline.readFeeds(random.pick(simulators)!.id);
    if (random.chance(0.2)) await pipeline.atRest(240_000);
  }
  await pipeline.settle(240_000);
  for (let round = 0; round < 10 && (await hub.conflicts()).length > 0; round += 1) {
    await answers.round(round < 2 ? () => void clinicians.race() : undefined);
    await pipeline.settle(240_000);
  }
  process.stdout.write(`${seed}: ${clinicians.ledger.edits.length} edits, ${answers.summary()}\n`);
  const { edits } = clinicians.ledger;
  const rivals = await RivalEdits.of(simulators, hub);
  const shown = answers.shown.filter(({ how }) => how === 'answered' || how === 'dismissed');
  const faults = [...(await account({ sites: simulators, edits, hub, rivals, atFirst, shown })), ...(await answers.faults({ sites: simulators, edits }))];
  const records = [...new Set(faults.flatMap((fault) => /[a-z]+\/[0-9a-f]{8}-[A-Za-z0-9-]+/.exec(fault)?.[0] ?? []))];
  const stories = await Promise.all(records.slice(0, 2).map((record) => storyOf(record, { hub, edits, sites: simulators, shown: answers.shown })));
  return [...faults, ...stories].join('\n\n');
}

inLongRuns('care that several sites change at once, unheard for a while', () => {
  it.each(SEEDS)('comes to be the same everywhere once what is asked has been answered (%s)', async (seed) => {
    expect(await live(seed)).toBe('');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PipelineBench, pipelineBench } from '@sync-hub/persistence/testing';
import { Circuit, nextProbeSeconds, type ProbeAnswer, type SiteQuestions, TOO_OLD } from './circuit.js';
import { TIMES } from './times.js';

describe('the circuit of a site', () => {
  let bench: PipelineBench;
  beforeAll(async () => {
    bench = await pipelineBench(['central', 'kisumu']);
  }, 60_000);
  afterAll(() => bench.close());

  const UP: ProbeAnswer = { state: 'up', code: null };
  const DOWN: ProbeAnswer = { state: 'down', code: 'down' };
  const circuitThatAnswers = (answer: () => ProbeAnswer, learned: () => ProbeAnswer = () => UP) => {
    const asked: string[] = [];
    const forgotten: string[] = [];
    const learn: string[] = [];
    const resting = new Set<string>();
    const questions: SiteQuestions = {
      ping: async (site) => {
        asked.push(site);
        return answer();
      },
      learn: async (site) => {
        learn.push(site);
        await bench.database.transaction((tx) => bench.sites.learned(tx, site, {}));
        return learned();
      },
      forget: (site) => void forgotten.push(site),
      rests: (site) => resting.has(site),
    };
    return { circuit: new Circuit(bench.database, bench.sites, questions), asked, learn, forgotten, resting };
  };

  it('is opened by a probe that nobody answers, and closed by one that somebody does', async () => {
    let answer = DOWN;
    const { circuit } = circuitThatAnswers(() => answer);
    expect(await circuit.confirm('kisumu')).toBe('down');
    expect([...(await circuit.closed()).keys()]).toEqual(['kisumu']);
    answer = UP;
    expect(await circuit.confirm('kisumu')).toBe('up');
    expect([...(await circuit.closed()).keys()]).toEqual([]);
  });

  it('is closed to everybody while it rests, whatever it was asked last, and nobody asks it', async () => {
    const { circuit, asked, resting } = circuitThatAnswers(() => UP);
    await circuit.confirm('kisumu');
    resting.add('kisumu');
    expect([await circuit.confirm('kisumu'), asked]).toEqual(['rests', ['kisumu']]);
    expect([...(await circuit.closed())]).toEqual([['kisumu', 'site-rests']]);
    resting.clear();
    expect([await circuit.confirm('kisumu'), (await circuit.closed()).size]).toEqual(['up', 0]);
  });

  it('is asked about once by all who ask at the same time', async () => {
    const { circuit, asked } = circuitThatAnswers(() => UP);
    await Promise.all(Array.from({ length: 20 }, () => circuit.confirm('kisumu')));
    expect(asked).toEqual(['kisumu']);
  });

  it('of a site that locked us out is not tried before its time: a try would extend the lock', async () => {
    const { circuit, asked } = circuitThatAnswers(() => ({ state: 'locked-out', code: 'locked-out' }));
    expect(await circuit.confirm('kisumu')).toBe('locked-out');
    expect(await circuit.confirm('kisumu')).toBe('locked-out');
    expect(asked).toEqual(['kisumu']);
    await bench.database.transaction((tx) => tx.query(`update site set next_probe_at = now() where id = 'kisumu'`));
    const { result: due } = await bench.database.transaction((tx) => bench.sites.takeDueProbes(tx, 'somebody', 30));
    expect(due).toContain('kisumu');
    await circuit.probeDue('kisumu');
    expect(asked).toEqual(['kisumu', 'kisumu']);
    await bench.database.transaction((tx) => bench.sites.probed(tx, 'kisumu', { state: 'up', reason: null, nextProbeSeconds: 1 }));
  });

  it('of a quarantined site stays closed, however well it answers, until a person accepts its new generation', async () => {
    const { circuit } = circuitThatAnswers(() => UP);
    await bench.database.transaction((tx) => bench.sites.quarantine(tx, 'kisumu', 'feed-patient-does-not-fit'));
    await circuit.confirm('kisumu');
    expect([...(await circuit.closed()).keys()]).toEqual(['kisumu']);
    const { result: generation } = await bench.database.transaction((tx) => bench.sites.beginGeneration(tx, 'kisumu'));
    expect(generation).toBe(2);
    await circuit.confirm('kisumu');
    expect([...(await circuit.closed()).keys()]).toEqual([]);
  });

  it('is closed only once the site was asked what it can: when it joins, whenever it comes back, and once a day', async () => {
    let answer = DOWN;
    const { circuit, learn } = circuitThatAnswers(() => answer);
    await circuit.confirm('kisumu');
    expect(learn).toEqual([]);
    answer = UP;
    await circuit.confirm('kisumu');
    await circuit.confirm('kisumu');
    expect(learn).toEqual(['kisumu']);
    await bench.database.transaction((tx) => tx.query(`update site set learned_at = now() - interval '25 hours' where id = 'kisumu'`));
    await circuit.confirm('kisumu');
    await circuit.confirm('kisumu');
    expect(learn).toEqual(['kisumu', 'kisumu']);
  });

  it('of a site that is too old to be read stays open, and it is not asked as often as one that may come back any moment', async () => {
    const { circuit } = circuitThatAnswers(
      () => UP,
      () => ({ state: 'down', code: TOO_OLD }),
    );
    await bench.database.transaction((tx) => bench.sites.probed(tx, 'kisumu', { state: 'down', reason: 'down', nextProbeSeconds: 1 }));
    expect(await circuit.confirm('kisumu')).toBe('down');
    expect(nextProbeSeconds({ state: 'down', code: TOO_OLD }, TIMES)).toBe(TIMES.probeUpSeconds);
    expect(nextProbeSeconds(DOWN, TIMES)).toBe(TIMES.probeDownSeconds);
  });

  it('tells every process when a site can other things than before, once', async () => {
    const { circuit, forgotten } = circuitThatAnswers(() => UP);
    await circuit.closed();
    await circuit.closed();
    expect(forgotten.filter((site) => site === 'kisumu')).toEqual(['kisumu']);
    await bench.database.transaction((tx) => bench.sites.hasChanged(tx, 'kisumu'));
    await circuit.closed();
    await circuit.closed();
    expect(forgotten.filter((site) => site === 'kisumu')).toEqual(['kisumu', 'kisumu']);
  });
});

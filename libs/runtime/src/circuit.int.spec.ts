import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PipelineBench, pipelineBench } from '@sync-hub/persistence/testing';
import { Circuit, type ProbeAnswer } from './circuit.js';

describe('the circuit of a site', () => {
  let bench: PipelineBench;
  beforeAll(async () => {
    bench = await pipelineBench(['central', 'kisumu']);
  }, 60_000);
  afterAll(() => bench.close());

  const circuitThatAnswers = (answer: () => ProbeAnswer) => {
    const asked: string[] = [];
    const ping = async (site: string): Promise<ProbeAnswer> => {
      asked.push(site);
      return answer();
    };
    return { circuit: new Circuit(bench.database, bench.sites, ping), asked };
  };
  const UP: ProbeAnswer = { state: 'up', code: null };
  const DOWN: ProbeAnswer = { state: 'down', code: 'down' };

  it('is opened by a probe that nobody answers, and closed by one that somebody does', async () => {
    let answer = DOWN;
    const { circuit } = circuitThatAnswers(() => answer);
    expect(await circuit.confirm('kisumu')).toBe('down');
    expect([...(await circuit.closed())]).toEqual(['kisumu']);
    answer = UP;
    expect(await circuit.confirm('kisumu')).toBe('up');
    expect([...(await circuit.closed())]).toEqual([]);
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
    expect(due.map(({ id }) => id)).toContain('kisumu');
    await circuit.probeDue('kisumu');
    expect(asked).toEqual(['kisumu', 'kisumu']);
    await bench.database.transaction((tx) => bench.sites.probed(tx, 'kisumu', { state: 'up', reason: null, nextProbeSeconds: 1 }));
  });

  it('of a quarantined site stays closed, however well it answers, until a person accepts its new generation', async () => {
    const { circuit } = circuitThatAnswers(() => UP);
    await bench.database.transaction((tx) => bench.sites.quarantine(tx, 'kisumu', 'feed-patient-does-not-fit'));
    await circuit.confirm('kisumu');
    expect([...(await circuit.closed())]).toEqual(['kisumu']);
    const { result: generation } = await bench.database.transaction((tx) => bench.sites.beginGeneration(tx, 'kisumu'));
    expect(generation).toBe(2);
    await circuit.confirm('kisumu');
    expect([...(await circuit.closed())]).toEqual([]);
  });
});

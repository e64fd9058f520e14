import { randomUUID } from 'node:crypto';
import { runnerStoreContract } from '@sync-hub/messaging/testing';
import { pipelineBench } from '../testing/pipeline-bench.js';

runnerStoreContract('the pipeline store', async () => {
  const bench = await pipelineBench(['kisumu', 'siaya']);
  await bench.database.transaction((tx) => tx.query('create table counter (id text)'));
  return {
    store: bench.store,
    changed: async (site) => {
      const { said } = await bench.database.transaction((tx) => bench.changes.open(tx, [{ site, record: { aggregate: 'location', uuid: randomUUID() } }]));
      const [envelope] = said;
      if (envelope === undefined) throw new Error('a new change said nothing');
      return envelope;
    },
    count: async (tx) => {
      await tx.query('insert into counter values ($1)', [randomUUID()]);
    },
    counted: async () => (await bench.database.query('select id from counter')).length,
    setSite: async (site, state) => {
      await bench.database.transaction((tx) => bench.sites.probed(tx, site, { state, reason: null, nextProbeSeconds: 3600 }));
    },
    close: bench.close,
  };
});

import { recordChanged } from './envelopes.js';
import { MemoryRunnerStore, type MemoryTx } from './memory-runner-store.js';
import { runnerStoreContract } from './runner-store.contract.js';

runnerStoreContract('the store in memory', async () => {
  const store = new MemoryRunnerStore();
  let counted = 0;
  return {
    store,
    changed: async (site) => {
      const envelope = recordChanged(site, { timestamp: new Date() });
      store.say(envelope);
      return envelope;
    },
    count: async (tx) => (tx as MemoryTx).onCommit(() => (counted += 1)),
    counted: async () => counted,
    setSite: async (site, state) => store.setSite(site, state),
    close: async () => undefined,
  };
});

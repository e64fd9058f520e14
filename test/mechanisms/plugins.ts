import type { Mutation } from './mutation.js';

/** A plug-in that fails lets nothing through. */
export const PLUGINS: readonly Mutation[] = [
  {
    name: 'a plug-in that does not answer with true or false has not answered',
    invariants: [7],
    file: 'libs/configuration/src/plugins.ts',
    text: "if (typeof answer === 'boolean') return answer;",
    instead: 'if (answer) return true;',
    red: { file: 'test/pipeline/plugins.int.spec.ts', test: 'plug-ins of a deployment let no record of nobody through where the strategy' },
  },
  {
    name: 'a filter that fails lets nothing through',
    invariants: [7],
    file: 'libs/configuration/src/ask-plugins.ts',
    text: "return 'filter-failed';",
    instead: 'return null;',
    red: { file: 'libs/configuration/src/ask-plugins.spec.ts', test: 'a filter of a deployment’s own that' },
  },
  {
    name: 'a validator that fails lets nothing be written',
    invariants: [7],
    file: 'libs/configuration/src/ask-plugins.ts',
    text: '} catch {\n      return false;',
    instead: '} catch {\n      return true;',
    red: { file: 'libs/configuration/src/ask-plugins.spec.ts', test: 'a validator of a deployment’s own that' },
  },
  {
    name: 'what a validator finds unfit is not written',
    invariants: [7],
    file: 'apps/pusher/src/target-writer.ts',
    text: 'if (round.unfitBy !== null) {',
    instead: 'if (false) {',
    red: { file: 'test/pipeline/plugins.int.spec.ts', test: 'plug-ins of a deployment hold what a validator finds unfit' },
  },
];

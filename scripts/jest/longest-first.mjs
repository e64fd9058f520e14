import { statSync } from 'node:fs';
import Sequencer from '@jest/test-sequencer';

/** Folders and kinds of tests, the longest first: a file that takes minutes and begins last is waited for by all. */
const LONGEST_FIRST = [
  /\/test\/(convergence|benchmarks|rivals|demo)\//,
  /\/test\/(mechanisms|model-checker)\//,
  /\/test\/end-to-end\//,
  /\/test\/(pipeline|browser|matrix)\//,
  /\.int\.spec\.ts$/,
];

/** Jest's `testSequencer`: it knows nothing of an earlier run, so that a clean clone and a machine of many runs do the same. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const placeOf = ({ path }) => {
      const place = LONGEST_FIRST.findIndex((pattern) => pattern.test(path));
      return place === -1 ? LONGEST_FIRST.length : place;
    };
    const sizes = new Map(tests.map((test) => [test, statSync(test.path).size]));
    return [...tests].sort((a, b) => placeOf(a) - placeOf(b) || sizes.get(b) - sizes.get(a));
  }
}

import { describe, expect, it, jest } from '@jest/globals';
import { CHANGES, findingsOf, SEED, WORK } from './findings.js';
import { killableShape } from './services-shape.js';
import { brokerForgets, brokerKilled, databaseKilled, everyServiceKilled, inTurn } from './troubles.js';

jest.setTimeout(1_800_000);

/** Slow enough that people are still at work when the last one falls. */
const EVERY_MS = 300;
/** What a dead process had in hand stands under its claims until their leases end, two minutes later. */
const RESTS_WITHIN_MS = 600_000;

describe('a parent and two children, after random changes at all three through kill -9, hold the same everywhere or ask about it once, and no typed value is lost', () => {
  it('of every service, the broker and the database, and with a broker that comes back empty', async () => {
    const meanwhile = [
      ...everyServiceKilled(0.05, 0.5),
      inTurn(0.15, [brokerKilled(0), brokerForgets(0)]),
      databaseKilled(0.7),
      ...everyServiceKilled(0.75, 1),
    ];
    // A hundred at least: everybody falls twice while they are made.
    const changes = Math.max(CHANGES, 100);
    const sites = { central: '2.8', kisumu: '2.1-old', siaya: '2.8' } as const;
    expect(
      await findingsOf({ seed: SEED, shape: killableShape, work: WORK, sites, changes, everyMs: EVERY_MS, meanwhile, restsWithinMs: RESTS_WITHIN_MS }),
    ).toBe('');
  });
});

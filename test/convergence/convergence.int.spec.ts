import { describe, expect, it, jest } from '@jest/globals';
import type { RunOptions } from './convergence-run.js';
import { CHANGES, findingsOf, IS_LONG, SEED, WORK } from './findings.js';
import { servicesShape } from './services-shape.js';
import { standaloneShape } from './standalone-shape.js';
import { away, slowSites } from './troubles.js';

jest.setTimeout(1_200_000);

type Shape = Pick<RunOptions, 'shape' | 'sites' | 'meanwhile' | 'flavours'>;

const meanwhile = [slowSites(0.01, 20, 200), away('kisumu', 0.2, 4000), away('central', 0.6, 3000)];
const agesOfAll = { central: '2.3', kisumu: '1.9', siaya: '1.12' } as const;
const tooOldForUuids = { central: '2.8', kisumu: '2.1-old', siaya: '2.3' } as const;
const audited = standaloneShape({ times: { auditDueMs: 300, auditPauseMs: 10 } });

/** Every kind of site and of trouble once: what a test run has time for. Separate processes over RabbitMQ are in `kills.int.spec.ts`, whatever is killed. */
const SHORT: Readonly<Record<string, Shape>> = {
  'in one process, with sites of all ages that are slow, and away for a while': { shape: standaloneShape(), sites: agesOfAll, meanwhile },
  'in one process, where one child is a Bahmni': { shape: audited, flavours: { siaya: 'bahmni' } },
};

/** Each by itself, so that what one of them hides is seen. */
const LONG: Readonly<Record<string, Shape>> = {
  'in one process, with sites that are slow, and away for a while': { shape: standaloneShape(), meanwhile },
  'as separate processes over RabbitMQ': { shape: servicesShape },
  'in one process, where one child is too old to take our uuids and another a little older than the parent': {
    shape: standaloneShape(),
    sites: tooOldForUuids,
  },
  'in one process, where the platforms are of all ages': { shape: standaloneShape(), sites: agesOfAll },
  'in one process, where one child is a Bahmni': { shape: audited, flavours: { siaya: 'bahmni' } },
};

/** What is kept as a list of a patient, on platforms that all have it; few changes in a test run, where there is no time for more. */
const LISTS: Shape & { readonly changes: number } = IS_LONG ? { shape: audited, meanwhile, changes: CHANGES } : { shape: audited, changes: CHANGES / 2 };

describe('a parent and two children, after random changes at all three, hold the same everywhere or ask about it once, and no typed value is lost', () => {
  it.each(Object.entries(IS_LONG ? LONG : SHORT))('%s', async (_, shape) => {
    expect(await findingsOf({ seed: SEED, changes: CHANGES, work: WORK, ...shape })).toBe('');
  });

  it('in one process, with what is kept as a list of a patient', async () => {
    // All that hangs on a patient is written one after another, and few have it all; slowly, so that there is something that all have to race for.
    expect(await findingsOf({ seed: SEED, work: 'lists', everyMs: 150, raceEvery: 5, restsWithinMs: 480_000, ...LISTS })).toBe('');
  });
});

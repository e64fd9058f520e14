import { describe, expect, it, jest } from '@jest/globals';
import { CARE, CHANGES, findingsOf, SEED } from './findings.js';
import { servicesShape } from './services-shape.js';
import { standaloneShape } from './standalone-shape.js';
import { away, slowSites } from './troubles.js';

jest.setTimeout(1_200_000);

describe('a parent and two children, after random changes at all three, hold the same everywhere or ask about it once, and no typed value is lost', () => {
  it('in one process, with sites that are slow, and away for a while', async () => {
    const meanwhile = [slowSites(0.01, 20, 200), away('kisumu', 0.2, 4000), away('central', 0.6, 3000)];
    expect(await findingsOf({ seed: SEED, shape: standaloneShape(), changes: CHANGES, care: CARE, meanwhile })).toBe('');
  });

  it('as separate processes over RabbitMQ', async () => {
    expect(await findingsOf({ seed: SEED, shape: servicesShape, changes: CHANGES, care: CARE })).toBe('');
  });

  it('in one process, where one child is too old to take our uuids and another a little older than the parent', async () => {
    const sites = { central: '2.8', kisumu: '2.1-old', siaya: '2.3' } as const;
    expect(await findingsOf({ seed: SEED, shape: standaloneShape(), changes: CHANGES, care: CARE, sites })).toBe('');
  });

  it('in one process, where the platforms are of all ages', async () => {
    const sites = { central: '2.3', kisumu: '1.9', siaya: '1.12' } as const;
    expect(await findingsOf({ seed: SEED, shape: standaloneShape(), changes: CHANGES, care: CARE, sites })).toBe('');
  });

  it('in one process, where one child is a Bahmni', async () => {
    const shape = standaloneShape({ times: { auditDueMs: 300, auditPauseMs: 10 } });
    expect(await findingsOf({ seed: SEED, shape, changes: CHANGES, care: CARE, flavours: { siaya: 'bahmni' } })).toBe('');
  });
});

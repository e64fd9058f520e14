import { describe, expect, it } from '@jest/globals';
import { type Content, PRESENCE } from './content.js';
import type { Open } from './hub-database.js';
import { heldRestores, type Presences, restoresOnLinks } from './restores.js';

const held = (change: Partial<Open> = {}): Open => ({
  what: 'job oldtown pull',
  record: 'visit/v',
  state: 'parked',
  reason: 'refused',
  code: 'unsupported',
  details: { fields: ['presence'] },
  ...change,
});
const is = (presence: string): Content => new Map([[PRESENCE, presence]]);
const presences = (change: Partial<Presences> = {}): Presences => ({
  parent: 'central',
  heldAt: (site) => is(site === 'central' ? 'present' : 'voided'),
  cameBackAt: (site) => site === 'central',
  undeletes: (site) => site === 'central',
  ...change,
});
const reasoned = (job: Open, change: Partial<Presences> = {}): string[] => [...restoresOnLinks(heldRestores([job], presences(change)))];

describe('a restore that is held at the end of a run', () => {
  it('is held for a reason where the record came back at one end and is voided at the other, which brings nothing back', () => {
    expect(reasoned(held())).toEqual(['oldtown visit/v']);
    const upwards: Partial<Presences> = { heldAt: (site) => is(site === 'oldtown' ? 'present' : 'voided'), cameBackAt: (site) => site === 'oldtown' };
    expect(reasoned(held({ what: 'job oldtown push' }), { ...upwards, undeletes: () => false })).toEqual(['oldtown visit/v']);
  });

  it.each<[string, Open, Partial<Presences>]>([
    ['nobody brought it back', held(), { cameBackAt: () => false }],
    ['it came back at the wrong end', held(), { cameBackAt: (site) => site === 'oldtown' }],
    ['the end can bring it back', held(), { undeletes: () => true }],
    ['both ends have it', held(), { heldAt: () => is('present') }],
    ['neither end has it', held(), { heldAt: () => is('voided') }],
    ['it never was at the other end', held(), { heldAt: (site) => (site === 'central' ? is('present') : new Map()) }],
    ['it is held for another reason', held({ code: 'invalid' }), {}],
    ['more is refused than to bring it back', held({ details: { fields: ['presence', 'location'] } }), {}],
    ['the job goes the other way', held({ what: 'job oldtown push' }), {}],
    ['it is no job', held({ what: 'change oldtown' }), {}],
  ])('is held for none where %s', (_why, job, change) => {
    expect(reasoned(job, change)).toEqual([]);
  });
});

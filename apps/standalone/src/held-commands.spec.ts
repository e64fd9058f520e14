import { describe, expect, it } from '@jest/globals';
import { idOf } from '../../console/src/testing/conflict.builder.js';
import { aHeld, MemoryHeld } from '../../console/src/testing/memory-held.js';
import { held } from './held-commands.js';

const WAITING = { state: 'down', site: 'siaya', since: '2026-11-30T10:42:00.000Z', waiting: 318 } as const;

function desk() {
  const memory = new MemoryHeld([
    aHeld(1),
    aHeld(2),
    aHeld(3, { link: 'siaya', group: 'c'.repeat(32), why: 'refused', code: 'invalid', names: [], helps: 'mend-record' }),
  ]);
  memory.away = [WAITING];
  return memory;
}

async function run(memory: MemoryHeld, ...args: string[]) {
  const lines: string[] = [];
  const code = await held(args, memory, (line) => void lines.push(line)).catch((error: Error) => error.message);
  return { code, lines, text: lines.join('\n') };
}

describe('parked', () => {
  it('lists by cause, with what helps, and of a site that is down only that', async () => {
    const { code, lines } = await run(desk(), 'list');
    expect(code).toBe(0);
    expect(lines.slice(0, 3)).toEqual([
      'siaya is down since 2026-11-30T10:42:00.000Z, 318 waiting',
      '3 held, of 2 causes',
      '2 patient: metadata is missing at the site: patientidentifiertype/8d79403a "OpenMRS ID" [missing-metadata]',
    ]);
    expect(lines[4]).toBe('  what helps: add what is missing at the site, under that uuid; it goes on by itself within a minute');
    expect((await run(desk(), 'list', '--group', 'a'.repeat(32))).lines).toHaveLength(2);
    expect(JSON.parse((await run(desk(), 'list', '--why', 'refused', '--json')).text)).toMatchObject({ counts: { all: 1 } });
  });

  it('shows one, and says why it will work, or not', async () => {
    const memory = desk();
    expect((await run(memory, 'show', idOf(7001))).text).toContain('metadata is missing at the site');
    expect(await run(memory, 'why', idOf(7001))).toMatchObject({
      code: 0,
      lines: ['It will work now.', expect.stringContaining('It would be written to central')],
    });
    memory.now = {
      works: 'no',
      prospect: 'would-be-held',
      site: 'central',
      why: 'unmapped',
      code: 'missing-metadata',
      names: aHeld(1).names,
      hasChanged: false,
    };
    expect(await run(memory, 'why', idOf(7001))).toMatchObject({
      code: 1,
      lines: ['It will not work now.', expect.any(String), expect.stringContaining('OpenMRS ID')],
    });
    expect(memory.deeds).toEqual([]);
  });

  it('acts on one, or on all that fit; discards and lays aside nothing without a reason, and nothing of everything', async () => {
    const memory = desk();
    expect(await run(memory, 'discard', idOf(7003))).toMatchObject({ code: expect.stringContaining('--reason') });
    expect(await run(memory, 'redrive')).toMatchObject({ code: expect.stringContaining('of which?') });
    expect(memory.deeds).toEqual([]);
    expect(await run(memory, 'park', idOf(7003), '--reason', 'asked')).toMatchObject({ code: 0 });
    expect((await run(memory, 'redrive', '--link', 'kisumu')).text).toContain('redriven: 2 of 2');
    expect(JSON.parse((await run(memory, 'discard', '--link', 'siaya', '--reason', 'test data', '--json')).text)).toEqual({ found: 1, done: 1, passedOver: 0 });
    expect(memory.deeds.map(({ what, reason }) => [what, reason])).toEqual([
      ['parked', 'asked'],
      ['redriven', undefined],
      ['redriven', undefined],
      ['discarded', 'test data'],
    ]);
    memory.outcome = 'moving';
    expect(await run(memory, 'redrive', idOf(9))).toMatchObject({ code: 1, lines: [expect.stringContaining('Nothing of that id is held')] });
  });

  it.each([[[]], [['list', '--tired']], [['show']], [['erase', 'x']]])('says how, of %j', async (args) => {
    expect((await run(desk(), ...args)).text).toContain('parked redrive ID | FILTERS');
  });
});

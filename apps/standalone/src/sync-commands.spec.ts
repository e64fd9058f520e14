import { describe, expect, it } from '@jest/globals';
import type { ManualRun, ManualRunDesk, ManualRunWish } from '@sync-hub/contracts';
import { sync } from './sync-commands.js';
import { endLine, progressLines, runLine } from './sync-lines.js';

const ID = '4d2a6c1e-0b5f-4a5e-9a53-0f4be2d5a111';
const BEGUN: ManualRun = {
  id: ID,
  link: 'kisumu',
  direction: 'pull',
  source: 'central',
  target: 'kisumu',
  scope: { what: 'everything' },
  state: 'listing',
  askedBy: 'jane',
  askedAt: '2026-11-30T08:00:00.000Z',
  endedAt: null,
  toList: 0,
  notListed: [],
  categories: [],
  dry: false,
  waitsFor: null,
};
const UNDER_WAY: ManualRun = {
  ...BEGUN,
  state: 'looking',
  toList: 1,
  notListed: [{ category: 'role', code: 'not-allowed' }],
  categories: [
    { category: 'location', listed: 4, underWay: 1, ended: 3, became: [{ as: 'in-step', reason: null, records: 3 }] },
    { category: 'patient', listed: 12, underWay: 0, ended: 0, became: [] },
  ],
};
const OVER: ManualRun = {
  ...BEGUN,
  state: 'ended',
  endedAt: '2026-11-30T08:01:00.000Z',
  categories: [
    { category: 'location', listed: 4, underWay: 0, ended: 4, became: [{ as: 'in-step', reason: null, records: 4 }] },
    {
      category: 'patient',
      listed: 12,
      underWay: 0,
      ended: 12,
      became: [
        { as: 'pushed', reason: null, records: 11 },
        { as: 'parked', reason: 'unmapped', records: 1 },
      ],
    },
  ],
};

/** A desk at which the run stands in turn as given. */
function deskThat(...stands: ManualRun[]): ManualRunDesk & { readonly wishes: ManualRunWish[] } {
  const wishes: ManualRunWish[] = [];
  let at = 0;
  return {
    wishes,
    choices: async () => [],
    begin: async (wish) => {
      wishes.push(wish);
      return { begun: ID, said: [] };
    },
    cancel: async () => stands[0]?.endedAt === null,
    find: async (id) => (id === ID ? (stands[Math.min(at++, stands.length - 1)] ?? null) : null),
    list: async () => stands.slice(0, 1),
    records: async () => [],
  };
}

async function said(desk: ManualRunDesk, ...args: string[]): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  return { code: await sync(args, { desk, say: (line) => void lines.push(line) }), lines };
}

describe('sync', () => {
  it('shows how a run goes on until it is over, and says where something of it is held', async () => {
    const { code, lines } = await said(deskThat(BEGUN, UNDER_WAY, OVER), 'pull', 'kisumu');
    expect(code).toBe(1);
    expect(lines[0]).toBe(`Run ${ID} is begun.`);
    expect(lines).toContain('pull central -> kisumu, everything: [........................] 0 of 0 records, still listing');
    expect(lines.slice(-4)).toEqual([
      'pull central -> kisumu, everything: [########################] 16 of 16 records',
      '  location             [########################] 4 of 4: 4 in-step',
      '  patient              [########################] 12 of 12: 11 pushed, 1 parked (unmapped)',
      'Done: 16 records looked at; 1 of them is held, see status.',
    ]);
  });

  it('says of a dry run what would come of it, about how long it would take, and how that is reckoned', async () => {
    const asked = { requests: 16, ms: 1600, bytes: 12_000 };
    const end = { requests: 16, msPerRequest: 100, atOnce: 6 };
    const about = { seconds: 240, slowest: 'target' as const, source: end, target: { ...end, requests: 46 } };
    const told = { writes: 10, conflicts: 1, bytesToSend: 2_400_000, source: asked, target: asked, about };
    const became = [
      { as: 'would-create', reason: null, records: 10 },
      { as: 'would-ask', reason: 'both-edited', records: 1 },
      { as: 'would-be-held', reason: 'unmapped', records: 1 },
    ];
    const over = { ...OVER, dry: true, told, along: [{ as: 'would-create', records: 2 }] };
    const { code, lines } = await said(
      deskThat({ ...over, categories: [{ category: 'patient', listed: 12, underWay: 0, ended: 12, became, told: { ...told, bytesToSend: 900 } }] }),
      'pull',
      'kisumu',
      '--dry-run',
    );
    expect(code).toBe(1);
    expect(lines.slice(1)).toEqual([
      'dry run: pull central -> kisumu, everything: [########################] 12 of 12 records',
      '  patient              [########################] 12 of 12: 10 would-create, 1 would-ask, 1 would-be-held (unmapped)',
      '  patient              10 to write (900 B), 1 to ask about; 24.0 kB read; about 4 minutes',
      'In all 10 to write (2.4 MB), 1 to ask about; 24.0 kB read; about 4 minutes.',
      'Something of it would wait for records that were not asked for: 2 would-create.',
      'Reckoned from 16 requests at central, 100 ms each, 6 at once; 46 requests at kisumu, 100 ms each, 6 at once: kisumu sets the pace.',
      'Done: 12 records looked at; 2 of them would be held. Nothing was written.',
    ]);
  });

  it('says for which site a run waits', async () => {
    const { lines } = await said(deskThat({ ...UNDER_WAY, waitsFor: { site: 'kisumu', why: 'down' } }), 'show', ID);
    expect(lines).toContain('  waits for kisumu: down');
  });

  it.each<[string[], unknown]>([
    [['pull', 'kisumu'], { direction: 'pull', link: 'kisumu', scope: { what: 'everything' } }],
    [['push', 'kisumu', '--category', 'visit'], { direction: 'push', link: 'kisumu', scope: { what: 'category', category: 'visit' } }],
    [
      ['pull', 'kisumu', '--category', 'visit', '--uuid', 'v1', '--uuid', 'v2'],
      { direction: 'pull', link: 'kisumu', scope: { what: 'records', category: 'visit', uuids: ['v1', 'v2'] } },
    ],
    [['pull', 'kisumu', '--dry-run'], { direction: 'pull', link: 'kisumu', scope: { what: 'everything' }, dry: true }],
    [['pull', 'kisumu', '--patient', 'p1'], { direction: 'pull', link: 'kisumu', scope: { what: 'patient', patient: 'p1' } }],
  ])('%j asks for that', async (args, wish) => {
    const desk = deskThat(OVER);
    await said(desk, ...args, '--no-wait');
    expect(desk.wishes).toEqual([wish]);
  });

  it.each([[['pull']], [['pull', 'a', 'b']], [['frob']], [[]], [['pull', 'kisumu', '--frob']], [['list', 'x']]])(
    'says how it is used after %j',
    async (args) => {
      const { code, lines } = await said(deskThat(OVER), ...args);
      expect([code, lines[0]?.startsWith('sync pull LINK')]).toEqual([1, true]);
    },
  );

  it.each<[string[], string]>([
    [['pull', 'kisumu', '--uuid', 'v1'], 'say --category with --uuid'],
    [['pull', 'kisumu', '--patient', 'p1', '--category', 'visit'], 'not both'],
    [['pull', 'kisumu', '--category', 'visit', '--uuid', 'no uuid'], 'a record by its uuid'],
    [['show', 'x'], 'there is no run x'],
    [['cancel', 'x'], 'there is no run x'],
  ])('%j is refused with what would be right', async (args, word) => {
    await expect(said(deskThat(OVER), ...args)).rejects.toThrow(word);
  });

  it('is told as JSON, whole, where that is asked for', async () => {
    const { lines, code } = await said(deskThat({ ...OVER, categories: OVER.categories.slice(0, 1) }), 'pull', 'kisumu', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(lines.join('\n'))).toMatchObject({ id: ID, state: 'ended' });
    expect(JSON.parse((await said(deskThat(OVER), 'list', '--json')).lines.join('\n'))).toHaveLength(1);
  });

  it('calls off what is not over', async () => {
    expect((await said(deskThat(UNDER_WAY), 'cancel', ID)).code).toBe(0);
    expect(await said(deskThat(OVER), 'cancel', ID)).toEqual({ code: 1, lines: ['It is over already.'] });
  });

  it('says what the source would not list, and how far a run that was called off had come', () => {
    expect(progressLines(UNDER_WAY)).toContain('  role could not be listed at central (not-allowed): what is known of it is looked at');
    expect(progressLines(UNDER_WAY)[0]).toContain('3 of 16 records, 1 patient still to be listed');
    expect(endLine({ ...UNDER_WAY, state: 'cancelled' })).toBe('Called off: 3 of 16 records were looked at to the end; what was under way goes on.');
    expect(runLine(OVER)).toBe(`${ID}  pull central -> kisumu on kisumu: everything, ended, 16 of 16 records, by jane on 2026-11-30T08:00:00.000Z`);
  });
});

import { describe, expect, it } from '@jest/globals';
import { aConfiguration } from '@sync-hub/configuration/testing';
import type { PatientDesk, PatientStopped } from '@sync-hub/contracts';
import { departureLines, stoppedLines } from './departure-lines.js';
import { patients, secondsOf } from './patient-commands.js';

describe('for how long a patient is followed', () => {
  it.each<[string, number]>([
    ['12h', 43_200],
    ['30d', 2_592_000],
    ['366d', 31_622_400],
  ])('is %s: %d seconds', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });

  it.each([undefined, '', '30', 'd', '0d', '-3d', '3w', '1.5d', '367d', '99999d', '3d '])('is asked where it says %s', (text) => {
    expect(() => secondsOf(text)).toThrow('--for 30d');
  });
});

describe('who has left', () => {
  it('is told by counts alone', () => {
    expect(
      departureLines([
        { link: 'kisumu', state: 'retired', reason: null, patients: 3 },
        { link: 'kisumu', state: 'returning', reason: 'unsupported', patients: 1 },
      ]),
    ).toEqual(['Leaving kisumu: 3 retired', 'Leaving kisumu: 1 returning, waiting (unsupported)']);
  });
});

describe('who is stopped', () => {
  it('is told by counts alone', () => {
    expect(stoppedLines([{ link: null, by: 'Amina', since: new Date('2026-11-30T10:42:00Z'), waiting: 14 }])).toEqual([
      'A patient is stopped on every link by Amina since 2026-11-30T10:42:00.000Z: 14 held. See: patient list',
    ]);
  });
});

const HERS = '8d6c993e-c2cc-11de-8d13-0010c6dffd0f';
const COUNTS = { records: 12, snapshots: 31, agreements: 22, held: 3, conflicts: 1, decisions: 0, writes: 40, bodies: 2, words: 9, received: 0 };
const STOPPED: PatientStopped = { outcome: 'done', patient: HERS, isKnown: true, underWay: 0, elsewhere: [] };

async function run(args: readonly string[], changes: Partial<PatientDesk> = {}) {
  const done: unknown[] = [];
  const said: string[] = [];
  const noted =
    <Told>(what: string, told: Told) =>
    async (deed: unknown): Promise<Told> => {
      done.push([what, deed]);
      return told;
    };
  const desk: PatientDesk = {
    list: async () => ({
      links: ['central-kisumu'],
      stopped: [{ patient: HERS, link: null, by: 'Amina', since: '2026-11-30T10:42:00.000Z', reason: 'a court\nasks', waiting: 14, erasedAt: null }],
      followed: [{ patient: HERS, link: 'central-kisumu', by: 'Otieno', since: '2026-11-30T10:42:00.000Z', until: '2026-12-30T10:42:00.000Z', reason: null }],
      departed: [],
    }),
    stop: noted('stop', STOPPED),
    resume: noted('resume', { outcome: 'done', woken: 14 } as const),
    follow: noted('follow', 'done' as const),
    unfollow: noted('unfollow', 'as-it-is' as const),
    kept: noted('kept', COUNTS),
    erase: noted('erase', { outcome: 'done', counts: COUNTS } as const),
    ...changes,
  };
  const code = await patients(args, { configuration: aConfiguration(), desk: async () => desk, say: (line) => void said.push(line) });
  return { code, done, said: said.join('\n') };
}

describe('a patient at the command line', () => {
  it('is stopped for a reason, on one link or on all, and what that does not reach is said', async () => {
    expect(await run(['stop', HERS, '--reason', 'a court'])).toMatchObject({ code: 0, done: [['stop', { patient: HERS, reason: 'a court' }]] });
    const told = await run(['stop', HERS, '--link', 'central-kisumu', '--reason', 'a court'], {
      stop: async () => ({ ...STOPPED, isKnown: false, underWay: 1, elsewhere: ['central-siaya'] }),
    });
    expect(told.said.split('\n')).toEqual([
      'She is stopped on central-kisumu: nothing of hers is written, and what is to be is held.',
      '1 that had begun before come to their end.',
      'Nothing of such a patient has been seen here; what comes of her is stopped.',
      'Other instances run central-siaya: stop her there, too.',
    ]);
  });

  it('goes on, and is listed with why', async () => {
    expect(await run(['resume', HERS])).toMatchObject({ code: 0, said: 'She goes on: 14 held are looked at again.' });
    expect((await run(['list'])).said.split('\n')).toEqual([
      'Stopped:',
      `  ${HERS}  every link  by Amina since 2026-11-30T10:42:00.000Z, 14 held: a court asks`,
      'Followed:',
      `  ${HERS}  central-kisumu  until 2026-12-30T10:42:00.000Z, by Otieno`,
    ]);
    expect(JSON.parse((await run(['list', '--json'])).said).stopped[0].waiting).toBe(14);
  });

  it('is followed for a while, and no longer; 1 where that is so already', async () => {
    expect(await run(['follow', 'central-kisumu', HERS, '--for', '30d'])).toMatchObject({
      code: 0,
      done: [['follow', { link: 'central-kisumu', patient: HERS, seconds: 2_592_000 }]],
    });
    expect(await run(['unfollow', 'central-kisumu', HERS])).toMatchObject({ code: 1, said: 'She is not followed on central-kisumu.' });
  });

  it('is erased once somebody has seen what goes, and typed her uuid again', async () => {
    const seen = await run(['erase', HERS]);
    expect([seen.code, seen.done, seen.said]).toEqual([1, [['kept', HERS]], expect.stringContaining('31 snapshots')]);
    expect(await run(['erase', HERS, '--confirm', HERS, '--reason', 'a court'])).toMatchObject({
      code: 0,
      done: [['erase', { patient: HERS, confirm: HERS, reason: 'a court' }]],
    });
    const refused = await run(['erase', HERS, '--confirm', HERS, '--reason', 'a court'], { erase: async () => ({ outcome: 'not-stopped', counts: null }) });
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('patient stop')]);
  });

  it.each([
    [['erase', HERS, '--confirm', HERS], 'say --reason'],
    [['stop', HERS], 'say --reason'],
    [['stop', 'J. Smith', '--reason', 'x'], 'which patient?'],
    [['stop', HERS, '--link', 'nowhere', '--reason', 'x'], 'there is no link nowhere'],
    [['follow', 'central-kisumu', HERS], 'for how long?'],
  ])('is not touched by %j', async (args, why) => {
    await expect(run(args)).rejects.toThrow(why);
  });

  it('is told how where nothing is said', async () => {
    expect(await run([])).toMatchObject({ code: 1, done: [] });
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import type {
  ConflictAnswer,
  ConflictAnswered,
  ConflictDesk,
  ConflictDetail,
  ConflictField,
  ConflictFilter,
  ConflictPreview,
  ConflictSummary,
} from '@sync-hub/contracts';
import { conflicts } from './conflict-commands.js';

const ID = '3f0c6e6e-6d2a-4d0a-9d55-1c1f3f6b7a01';
const NAME = 'names[{"givenName":"A=B"}]';
const side = (value: string | boolean | null | undefined, label: string | null = null) => ({ value, label, isKnown: true });

const aField = (path: string, more: Partial<ConflictField> = {}): ConflictField => ({
  path,
  field: path.split('[')[0] ?? path,
  item: null,
  kind: 'text',
  base: { parent: side('F'), child: side('F') },
  parent: side('M'),
  child: side('U'),
  does: 'ask',
  why: 'both-edited',
  takes: ['parent', 'child', 'value'],
  ...more,
});

const SUMMARY: ConflictSummary = {
  id: ID,
  link: 'central-kisumu',
  parent: 'central',
  child: 'kisumu',
  record: { aggregate: 'person', uuid: 'aaaa-1' },
  category: 'patient',
  reason: 'both-edited',
  fields: ['gender', 'names'],
  state: 'assigned',
  owner: 'grace',
  version: 2,
  openedAt: new Date(Date.now() - 3 * 86_400_000).toISOString(),
  updatedAt: new Date().toISOString(),
  waitingBehind: 3,
  jobId: ID,
};

const DETAIL: ConflictDetail = {
  conflict: SUMMARY,
  titles: { parent: 'Central', child: 'Kisumu' },
  fields: [
    aField('gender'),
    aField(NAME, { kind: 'item', item: 'A=B', parent: side(true), child: side(undefined), base: null }),
    aField('birthdate', { does: 'to-child', kind: 'date' }),
    aField('dead', { does: 'nothing', kind: 'boolean' }),
  ],
  authors: { parent: { who: 'u1', label: 'Amina', at: '2026-11-01T10:00:00Z' }, child: { who: null, label: null, at: null } },
  dashboards: { parent: null, child: null },
  notes: [{ at: '2026-11-02T10:00:00Z', by: 'grace', what: 'noted', text: 'asked her' }],
  takesAlong: ['encounter/e1'],
};

describe('the command line, of conflicts,', () => {
  let asked: unknown[];
  let answered: ConflictAnswered;
  let isOpen: boolean;
  beforeEach(() => {
    asked = [];
    answered = { kind: 'taken', answerId: ID };
    isOpen = true;
  });

  const act = (...of: unknown[]): Promise<boolean> => Promise.resolve(asked.push(of) > 0 && isOpen);
  const desk: ConflictDesk = {
    list: async (filter: ConflictFilter) => {
      asked.push(filter);
      const counts = { link: [{ name: 'central-kisumu', count: 2 }], category: [], field: [], owner: [{ name: '', count: 2 }], reason: [], state: [] };
      return { conflicts: [SUMMARY], counts: { all: 2, by: counts } };
    },
    find: async (id) => (id === ID ? DETAIL : null),
    preview: async (_id, answer: ConflictAnswer): Promise<ConflictPreview> => {
      asked.push(answer);
      return { writes: [{ site: 'kisumu', fields: [{ path: 'gender', from: side('U'), to: side('M') }] }], open: ['birthdate'] };
    },
    answer: async (id, answer, by) => {
      asked.push([id, answer, by !== '']);
      return answered;
    },
    assign: (id, owner) => act('assign', id, owner),
    note: (id, text) => act('note', id, text),
    dismiss: (id, { reason, version }) => act('dismiss', id, `${reason} (${version})`),
  };
  const run = async (...args: string[]) => {
    const said: string[] = [];
    const code = await conflicts(args, desk, (line) => void said.push(line)).catch((error: unknown) => {
      said.push((error as Error).message);
      return 1;
    });
    return { code, said: said.join('\n') };
  };

  it('lists them by what is asked for, with counts, and without a value', async () => {
    const { code, said } = await run('list', '--link', 'central-kisumu', '--nobodys', '--state', 'open', '--field', 'gender', '--limit', '1');
    expect([code, asked]).toEqual([0, [{ link: 'central-kisumu', owner: '', states: ['open'], field: 'gender', limit: 1, offset: 0 }]]);
    expect(said).toContain('2 conflicts\n  by link: central-kisumu 2');
    expect(said).toContain('by owner: nobody 2');
    expect(said).toContain(`${ID}  central-kisumu  patient aaaa-1  gender, names  both-edited  grace has it  3 d  3 behind it`);
    expect(said).toContain('1 of 2 are shown');
    expect(JSON.parse((await run('list', '--json')).said)).toMatchObject({ counts: { all: 2 }, conflicts: [{ id: ID }] });
    expect((await run('list', '--limit', '0')).said).toContain('a limit is 1 to 200');
  });

  it('shows one, with what both ends hold, what differs alone, and who did what', async () => {
    const { code, said } = await run('show', ID);
    expect(code).toBe(0);
    expect(said).toContain('  1  gender: YOU ARE ASKED (both-edited)\n     was     F\n     parent  M\n     child   U');
    expect(said).toContain(`  2  ${NAME}  A=B: YOU ARE ASKED (both-edited)\n     parent  true\n     child   (not there)`);
    expect(said).toContain('1 fields are the same');
    expect(said).not.toContain('dead');
    expect(said).toContain('parent Central: last changed by Amina, 2026-11-01T10:00:00Z');
    expect(said).toContain('A void would take with it: encounter/e1');
    expect(said).toContain('noted by grace: asked her');
    expect(said).toContain(`conflict answer ${ID} --version 2`);
    expect(await run('show', 'other')).toEqual({ code: 1, said: 'there is no conflict other' });
  });

  it('answers all that is asked with one end, but for what is named apart', async () => {
    const given = ['answer', ID, '--version', '2', '--take', 'parent', '--note', 'as she says'];
    expect((await run(...given, '--value', 'gender=O=X', '--gone', '2', '--field', 'birthdate=child')).code).toBe(0);
    const choices = [{ path: 'birthdate', take: 'child' }, { path: 'gender', value: 'O=X' }, { path: NAME }];
    expect(asked).toEqual([[ID, { version: 2, choices, unlessAnswered: true, note: 'as she says' }, true]]);
    asked = [];
    await run(...given);
    expect(asked).toMatchObject([
      [
        ID,
        {
          choices: [
            { path: 'gender', take: 'parent' },
            { path: NAME, take: 'parent' },
          ],
        },
        true,
      ],
    ]);
  });

  it.each([
    ['an item by its path, whatever its key holds', ['--field', `${NAME}=child`], { path: NAME, take: 'child' }],
    ['an item by the name of its field', ['--field', 'names=parent'], { path: NAME, take: 'parent' }],
    ['yes or no', ['--value', '4=true'], { path: 'dead', value: true }],
    ['nothing', ['--value', 'gender='], { path: 'gender', value: null }],
  ])('answers with %s', async (_name, args, choice) => {
    expect((await run('answer', ID, '--version', '2', ...args)).code).toBe(0);
    expect(asked).toEqual([[ID, { version: 2, choices: [choice], unlessAnswered: true }, true]]);
  });

  it('answers in the place of another where that is said', async () => {
    expect((await run('answer', ID, '--version', '2', '--take', 'parent', '--instead')).code).toBe(0);
    expect(asked).toMatchObject([[ID, { unlessAnswered: false }, true]]);
  });

  it('says what an answer would write, and writes nothing', async () => {
    const { code, said } = await run('answer', ID, '--version', '2', '--take', 'parent', '--preview');
    expect([code, said]).toEqual([0, 'kisumu is written to:\n  gender: U -> M\nStill asked about, and nothing is written before it is answered: birthdate']);
  });

  it.each<readonly [string, ConflictAnswered, string]>([
    ['has changed since', { kind: 'stale', version: 5 }, 'It has changed since: look at version 5.'],
    ['is answered already', { kind: 'stale', version: 2 }, 'Somebody has answered it, and that is on its way: --instead gives yours in its place.'],
    ['is closed', { kind: 'closed', as: 'by-itself' }, 'It is closed (by-itself).'],
    ['takes no such answer', { kind: 'invalid', problems: [{ path: 'gender', problem: 'takes text' }] }, 'gender: takes text'],
  ])('says where it %s', async (_name, refusal, words) => {
    answered = refusal;
    expect(await run('answer', ID, '--version', '2', '--take', 'child')).toEqual({ code: 1, said: words });
  });

  it('assigns, notes and dismisses, and says where it is not open any more', async () => {
    expect(await run('assign', ID, 'amina')).toEqual({ code: 0, said: 'amina has it now.' });
    expect(await run('note', ID, 'two words')).toEqual({ code: 0, said: 'Noted.' });
    expect((await run('dismiss', ID, '--version', '2', '--reason', 'both are right')).code).toBe(0);
    expect(asked).toEqual([
      ['assign', ID, 'amina'],
      ['note', ID, 'two words'],
      ['dismiss', ID, 'both are right (2)'],
    ]);
    isOpen = false;
    expect(await run('assign', ID, '')).toEqual({ code: 1, said: expect.stringContaining('no open conflict') });
    expect(await run('dismiss', ID, '--version', '2', '--reason', 'x')).toEqual({ code: 1, said: expect.stringContaining('not open at that version') });
    expect(await run('dismiss', ID, '--reason', 'x')).toEqual({ code: 1, said: expect.stringContaining('which version did you look at?') });
  });

  it.each([[[]], [['show']], [['show', ID, 'more']], [['dismiss', ID]], [['dismiss', ID, '--reason', '']], [['list', ID]], [['answer', ID, '--what']]])(
    'says how it is used for %j',
    async (args) => {
      expect(await run(...args)).toEqual({ code: 1, said: expect.stringContaining('conflict list [--link ID]') });
      expect(asked).toEqual([]);
    },
  );

  it.each([
    [['--take', 'parent'], 'which version'],
    [['--version', '2'], 'what is the answer'],
    [['--version', '2', '--take', 'mine'], 'parent or child'],
    [['--version', '2', '--field', 'shoe=parent'], 'which field'],
    [['--version', '2', '--gone', '9'], 'which field'],
  ])('asks back for answer %j', async (args, words) => {
    expect(await run('answer', ID, ...args)).toEqual({ code: 1, said: expect.stringContaining(words) });
    expect(asked).toEqual([]);
  });
});

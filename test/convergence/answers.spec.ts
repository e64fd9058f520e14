import { describe, expect, it } from '@jest/globals';
import type { ConflictAnswered, ConflictDesk, ConflictDetail, ConflictField } from '@sync-hub/contracts';
import { Answers } from './answers.js';
import type { KeptAnswer, KeptConflict, Written } from './hub-database.js';

const RECORD = 'person/p';
const side = (value: string) => ({ value, label: null, isKnown: true });
const gender: ConflictField = {
  ...{ path: 'gender', field: 'gender', item: null, kind: 'item', base: null, parent: side('F'), child: side('M') },
  ...{ does: 'ask', why: 'both-edited', takes: ['parent', 'child'] },
};
const conflict = { id: 'c', link: 'kisumu', record: { aggregate: 'person', uuid: 'p' }, reason: 'both-edited', fields: ['gender'], version: 3 };
const open = { link: 'kisumu', record: RECORD, reason: 'both-edited', fields: ['gender'] } as unknown as KeptConflict;
const carriedOut: KeptAnswer = { id: 'a', link: 'kisumu', record: RECORD, endedAs: 'applied', closedAs: 'answered', isLast: true };

interface Situation {
  readonly taken?: ConflictAnswered;
  readonly fields?: readonly ConflictField[];
  readonly open?: readonly KeptConflict[];
  readonly answers?: readonly KeptAnswer[];
  readonly standing?: readonly KeptAnswer[];
  readonly written?: readonly Written[];
}

/** Somebody has answered one conflict, and then all has come to rest. */
async function faultsOf({ taken = { kind: 'taken', answerId: 'a' }, fields = [gender], ...books }: Situation): Promise<readonly string[]> {
  const desk = {
    list: async () => ({ conflicts: [conflict], counts: { all: 1, by: {} } }),
    find: async () => ({ conflict, fields }) as unknown as ConflictDetail,
    answer: async () => taken,
  } as unknown as ConflictDesk;
  const hub = {
    desk,
    now: async () => new Date(0),
    conflicts: async () => books.open ?? [],
    answers: async () => books.answers ?? [carriedOut],
    standingDecisions: async () => books.standing ?? [],
    written: async () => books.written ?? [],
    aliases: async () => () => (record: string) => record,
  };
  const answers = new Answers(hub, 's');
  await answers.round();
  return answers.faults({ sites: [], edits: [] });
}

describe('once all was answered', () => {
  it('nothing is wrong where all of it was carried out', async () => {
    expect(await faultsOf({})).toEqual([]);
  });

  const write: Written = { site: 'central', record: RECORD, at: new Date(1), line: '["gender","M"]' };
  it.each<[string, Situation, string]>([
    ['somebody is still asked', { open: [open] }, 'person/p: somebody is still asked about it on kisumu (both-edited, gender; answered)'],
    [
      'there is nothing to answer',
      { open: [open], fields: [], answers: [] },
      'person/p: somebody is still asked about it on kisumu (both-edited, gender; nothing-asked)',
    ],
    ['an answer is not kept', { answers: [] }, 'answer a is not kept'],
    ['an answer is not carried out', { answers: [{ ...carriedOut, endedAs: null }] }, 'person/p: an answer on kisumu was never carried out'],
    ['what can be answered is refused', { taken: { kind: 'invalid', problems: [] } }, 'person/p: what can be answered on kisumu is refused'],
    ['a decision outlives its conflict', { standing: [carriedOut] }, 'person/p: what was decided on kisumu stands, and nothing is asked'],
    ['it was written twice', { written: [write, write] }, 'person/p: an answer was written to central more than once (["gender","M"])'],
  ])('it is told where %s', async (_, situation, fault) => {
    expect(await faultsOf(situation)).toEqual([fault]);
  });
});

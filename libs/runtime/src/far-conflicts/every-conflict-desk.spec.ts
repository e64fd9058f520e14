import { describe, expect, it } from '@jest/globals';
import { countsOf, isAskedFor } from '@sync-hub/conflicts';
import { type ConflictDesk, ConflictFilter, type ConflictSummary } from '@sync-hub/contracts';
import { aConflict, aDetail } from '@sync-hub/persistence/testing';
import { EveryConflictDesk } from './every-conflict-desk.js';

/** A desk that knows these conflicts, and remembers what is done to them. */
class ListedDesk implements ConflictDesk {
  readonly acts: string[] = [];
  constructor(private readonly conflicts: readonly ConflictSummary[]) {}
  async list(filter: ConflictFilter) {
    const asked = this.conflicts.filter((one) => isAskedFor(filter, one));
    return { conflicts: asked.slice(filter.offset, filter.offset + filter.limit), counts: countsOf(asked) };
  }
  async find(id: string) {
    const found = this.conflicts.find((one) => one.id === id);
    return found === undefined ? null : aDetail(found);
  }
  async preview() {
    return { writes: [], open: [] };
  }
  async answer(id: string) {
    this.acts.push(`answer ${id}`);
    return { kind: 'taken' as const, answerId: id };
  }
  assign = (id: string) => this.did('assign', id);
  note = (id: string) => this.did('note', id);
  dismiss = (id: string) => this.did('dismiss', id);
  private async did(what: string, id: string): Promise<boolean> {
    this.acts.push(`${what} ${id}`);
    return true;
  }
}

const own = Array.from({ length: 3 }, () => aConflict({ owner: 'amina' }));
const others = Array.from({ length: 4 }, () => aConflict({ link: 'siaya', fields: ['gender', 'names'] }));
const asked = (more: object = {}): ConflictFilter => ConflictFilter.parse(more);

describe('a desk for the conflicts of this instance and of others', () => {
  it.each([
    [0, 2, own.slice(0, 2)],
    [0, 5, [...own, ...others.slice(0, 2)]],
    [2, 3, [own[2], ...others.slice(0, 2)]],
    [3, 2, others.slice(0, 2)],
    [5, 50, others.slice(2)],
    [9, 5, []],
  ])('lists its own first: from %i, %i of them', async (offset, limit, expected) => {
    const { conflicts, counts } = await new EveryConflictDesk(new ListedDesk(own), new ListedDesk(others)).list(asked({ offset, limit }));
    expect(conflicts).toEqual(expected);
    expect(counts).toMatchObject({
      all: 7,
      by: {
        link: [
          { name: 'siaya', count: 4 },
          { name: 'kisumu', count: 3 },
        ],
        field: [
          { name: 'gender', count: 7 },
          { name: 'names', count: 4 },
        ],
      },
    });
  });

  it('does what is done at the desk whose conflict it is', async () => {
    const [mine, theirs] = [new ListedDesk(own), new ListedDesk(others)];
    const every = new EveryConflictDesk(mine, theirs);
    for (const { id } of [own[0], others[0]].flatMap((one) => one ?? [])) {
      await every.answer(id, { version: 1, choices: [] }, 'amina');
      await every.assign(id, 'amina', 'amina');
      await every.note(id, 'seen', 'amina');
      await every.dismiss(id, { reason: 'as it is', version: 1 }, 'amina');
      expect((await every.find(id))?.conflict.id).toBe(id);
    }
    const acts = (id: string | undefined) => ['answer', 'assign', 'note', 'dismiss'].map((act) => `${act} ${String(id)}`);
    expect([mine.acts, theirs.acts]).toEqual([acts(own[0]?.id), acts(others[0]?.id)]);
  });
});

describe('a filter', () => {
  const conflict = aConflict({ owner: null, fields: ['gender', 'names'] });
  it.each([
    [{}, true],
    [{ link: 'kisumu', category: 'patient', field: 'names', reason: 'both-edited', owner: '' }, true],
    [{ owner: 'amina' }, false],
    [{ link: 'siaya' }, false],
    [{ category: 'visit' }, false],
    [{ field: 'birthdate' }, false],
    [{ reason: 'first-contact' }, false],
    [{ states: ['assigned', 'resolved'] }, false],
    [{ openedBefore: '2026-11-01T08:00:00Z' }, false],
    [{ openedBefore: '2026-11-01T08:00:01Z' }, true],
  ])('%j', (filter, isAsked) => {
    expect(isAskedFor(asked(filter), conflict)).toBe(isAsked);
  });

  it('passes over what is closed, unless it is asked for', () => {
    const closed = { ...conflict, state: 'dismissed' as const };
    expect([isAskedFor(asked(), closed), isAskedFor(asked({ states: ['dismissed'] }), closed)]).toEqual([false, true]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { bulkLines, ruleLine } from './conflict-rule-commands.js';

const rule = {
  id: 'r1',
  link: 'kisumu',
  child: 'kisumu',
  category: 'patient',
  field: 'gender',
  policy: 'parent-wins' as const,
  conflict: null,
  madeBy: 'grace',
  madeAt: '2026-11-29T10:00:00.000Z',
  revoked: null,
  isOverruled: false,
};

describe('a rule', () => {
  it('is shown with whose it is, and what has become of it', () => {
    expect(ruleLine(rule)).toBe('r1  kisumu  patient.gender: parent-wins, by grace on 2026-11-29');
    expect(ruleLine({ ...rule, isOverruled: true })).toMatch(/; the configuration says otherwise, and goes before it$/);
    expect(ruleLine({ ...rule, revoked: { by: 'otieno', at: '2026-12-01T10:00:00.000Z' } })).toMatch(/; revoked by otieno on 2026-12-01$/);
  });
});

describe('answering in bulk', () => {
  const counts = {
    found: 5,
    answered: 2,
    inPart: 1,
    passedOver: 0,
    taken: [{ field: 'name', take: 'parent' as const, count: 3 }],
    left: [{ why: 'two-values', count: 2 }],
  };

  it('says by counts what it would do, and how it is done', () => {
    expect(bulkLines(counts, false)).toEqual([
      '5 open conflicts fit. 2 would be answered, 1 in part, 2 not at all.',
      '  name parent: 3',
      '  not answered, two values: 2',
      'Nothing was written. Say --apply to answer them so.',
    ]);
    expect(bulkLines({ ...counts, passedOver: 1 }, true)[0]).toBe(
      '5 open conflicts fit. 2 are answered, 1 in part, 2 not at all; 1 were changed or answered meanwhile.',
    );
    expect(bulkLines({ found: 0, answered: 0, inPart: 0, passedOver: 0, taken: [], left: [] }, false)).toEqual([
      '0 open conflicts fit. 0 would be answered, 0 in part, 0 not at all.',
    ]);
  });
});

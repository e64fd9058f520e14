import { describe, expect, it } from '@jest/globals';
import { aConflict, aField, aPatientConflict, side } from '../../src/testing/conflict.builder.js';
import { asAnswered, beginTyping, type Chosen, canRemove, canType, choose, NO_CHOICES, stillStanding, takeAll, whatIsNew } from './choices.js';
import { EMPTY_DRAFT, lookedAgain } from './draft.js';
import { typedText, typedValue } from './typed-value.js';

const { fields } = aPatientConflict();
const chosen = (entries: Readonly<Record<string, Chosen>>) => new Map(Object.entries(entries));

describe('what a person has chosen', () => {
  it('becomes one choice a field, in the order of the fields, and none for what goes by itself', () => {
    const choices = choose(choose(choose(NO_CHOICES, 'gender', { typed: 'U' }), 'birthdate', { take: 'child' }), 'dead', { take: 'parent' });
    expect(asAnswered(fields, choose(choices, 'dead', null))).toEqual([
      { path: 'birthdate', take: 'child' },
      { path: 'gender', value: 'U' },
    ]);
    expect(asAnswered(fields, chosen({ [fields[3]!.path]: { removed: true } }))).toEqual([{ path: fields[3]!.path }]);
  });

  it('is no answer while something that was typed is not right', () => {
    expect(asAnswered(fields, chosen({ gender: { take: 'parent' }, birthdate: { typed: 'soon' } }))).toBeNull();
  });

  it('goes back as it came where nobody touched what the input shows', () => {
    const moment = aField('encounterDatetime', null, '2026-11-01T10:15:00.250Z', 'x', { kind: 'instant' });
    const text = aField('comment', null, 'one\r\ntwo', 'y');
    const untouched = chosen({ encounterDatetime: beginTyping(moment, NO_CHOICES), comment: beginTyping(text, NO_CHOICES) });
    expect(asAnswered([moment, text], untouched)).toEqual([
      { path: 'encounterDatetime', value: '2026-11-01T10:15:00.250Z' },
      { path: 'comment', value: 'one\r\ntwo' },
    ]);
  });

  it('takes all that is asked from one end, and leaves the rest as it was chosen', () => {
    const choices = takeAll(chosen({ dead: { take: 'child' } }), fields, 'parent');
    expect([...choices]).toEqual([
      ['dead', { take: 'child' }],
      ['birthdate', { take: 'parent' }],
      ['gender', { take: 'parent' }],
    ]);
  });

  it('begins to type from what was taken, else from the parent’s', () => {
    const [birthdate] = fields;
    expect(beginTyping(birthdate!, NO_CHOICES)).toEqual({ typed: '1980-03-11' });
    expect(beginTyping(birthdate!, chosen({ birthdate: { take: 'child' } }))).toEqual({ typed: '1981-03-01' });
    expect(beginTyping(birthdate!, chosen({ birthdate: { typed: '19' } }))).toEqual({ typed: '19' });
  });

  it('can be typed or taken away only where the desk takes that', () => {
    const item = fields[3]!;
    expect([canType(item), canRemove(item), canType(fields[0]!), canRemove(fields[0]!)]).toEqual([false, true, true, false]);
    expect([canType({ ...fields[0]!, takes: ['parent', 'child'] }), canRemove({ ...item, takes: ['parent'] })]).toEqual([false, false]);
  });

  it('stands no longer for what is new, or no longer there', () => {
    const before = aConflict(1, fields);
    const now = aConflict(1, [{ ...fields[0]!, child: side('1999-01-01') }, fields[2]!], { version: 2 });
    const news = whatIsNew(before, now);
    expect([...news]).toEqual(['birthdate']);
    const choices = chosen({ birthdate: { take: 'child' }, gender: { take: 'child' }, dead: { take: 'child' } });
    expect([...stillStanding(choices, now, news).keys()]).toEqual(['dead']);
  });
});

describe('what is before a person', () => {
  const before = aPatientConflict(1);
  const choices = chosen({ birthdate: { take: 'child' }, gender: { take: 'child' } });
  const draft = { ...EMPTY_DRAFT, looked: before, choices, sentAt: 1000 };

  it('keeps its choices while nothing changes, and until both ends hold them', () => {
    const answered = { ...before, conflict: { ...before.conflict, state: 'answered' as const, version: 2 } };
    expect(lookedAgain(draft, answered, 2000)).toEqual({ ...draft, looked: answered });
    const resolved = { ...before, conflict: { ...before.conflict, state: 'resolved' as const, version: 3 } };
    expect(lookedAgain(draft, resolved, 3500)).toMatchObject({ sentAt: 1000, heldAt: 3500 });
    expect(lookedAgain({ ...draft, sentAt: null }, resolved, 3500)).toMatchObject({ heldAt: null });
  });

  it('marks what is new where it is shown again', () => {
    const again = {
      ...before,
      conflict: { ...before.conflict, version: 2 },
      fields: before.fields.map((field, index) => (index === 0 ? { ...field, parent: side('1955-05-05') } : field)),
    };
    const looked = lookedAgain(draft, again, 2000);
    expect([[...looked.news], [...looked.choices.keys()], looked.sentAt]).toEqual([['birthdate'], ['gender'], null]);
  });
});

describe('what is typed', () => {
  const typed = (kind: Parameters<typeof typedValue>[0], text: string, isItem = false) => typedValue(kind, text, { isItem });
  it.each([
    ['text', '  <b>"é😀𝒜', { problem: 'noBlanksAtEnds' }],
    ['text', '<b>"two  blanks\n😀𝒜', { value: '<b>"two  blanks\n😀𝒜' }],
    ['text', '', { value: null }],
    ['number', '-0.5', { value: -0.5 }],
    ['number', '1e3', { problem: 'mustBeNumber' }],
    ['number', '1,5', { problem: 'mustBeNumber' }],
    ['number', ' ', { problem: 'mustBeNumber' }],
    ['date', '2024-02-29', { value: '2024-02-29' }],
    ['date', '29.2.2024', { problem: 'mustBeDate' }],
    ['instant', 'noon', { problem: 'mustBeInstant' }],
    ['boolean', 'false', { value: false }],
    ['boolean', '', { value: null }],
    ['presence', 'voided', { value: 'voided' }],
    ['presence', '', { problem: 'mustBeFilled' }],
  ] as const)('of kind %s is read: %j', (kind, text, read) => expect(typed(kind, text)).toEqual(read));

  it('is something in an item of a list, which else is taken away', () => expect(typed('text', '', true)).toEqual({ problem: 'mustBeFilled' }));

  it('shows a moment of the reader’s own clock, and reads it back', () => {
    const moment = '2026-03-29T00:59:59Z';
    expect(typed('instant', typedText('instant', moment))).toEqual({ value: moment });
    expect([typedText('number', 2.5), typedText('boolean', false), typedText('text', undefined), typedText('date', null)]).toEqual(['2.5', 'false', '', '']);
  });
});

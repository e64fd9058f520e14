import { describe, expect, it } from '@jest/globals';
import { ContractError } from '@sync-hub/contracts';
import fc from 'fast-check';
import { toldEvents } from './told-events.js';

const JANE = 'da7f524f-27ce-4bb2-86d6-6d1d05312bd5';
const told = (body: unknown) => toldEvents(Buffer.from(JSON.stringify(body)));

describe('what a site tells of', () => {
  it('leads to the records behind its categories, sub-resources to what they hang on', () => {
    const { changes, perCategory } = told({
      events: [
        { category: 'patient', uuid: JANE, action: 'updated' },
        { category: 'patient_identifier', uuid: JANE, also: 'passed over' },
        { category: 'location', uuid: 'L-1', action: 'deleted' },
      ],
      sentBy: 'somebody',
    });
    expect(changes).toEqual([
      { record: { aggregate: 'person', uuid: JANE }, deleted: false },
      { record: { aggregate: 'person', uuid: JANE }, deleted: false },
      { record: { aggregate: 'location', uuid: 'L-1' }, deleted: true },
    ]);
    expect(Object.fromEntries(perCategory)).toEqual({ patient: 1, patient_identifier: 1, location: 1 });
  });

  it.each([
    ['no JSON', Buffer.from('events'), '(the whole body)'],
    ['no list', Buffer.from('{}'), 'events'],
    ['nothing in the list', Buffer.from('{"events":[]}'), 'events'],
    [
      'a category that is none',
      Buffer.from(`{"events":[{"category":"patient","uuid":"${JANE}"},{"category":"pateint","uuid":"${JANE}"}]}`),
      'events.1.category',
    ],
    ['a uuid that is none', Buffer.from('{"events":[{"category":"patient","uuid":"Jane Doe"}]}'), 'events.0.uuid'],
  ])('is refused with %s, naming the place and no value', (_, body, path) => {
    const read = () => toldEvents(body);
    expect(read).toThrow(ContractError);
    expect(read).toThrow(path);
    expect(read).not.toThrow(/Jane Doe|pateint/);
  });

  it('is read or refused by name, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.jsonValue().map((events) => JSON.stringify({ events })),
        ),
        (text) => {
          try {
            expect(toldEvents(Buffer.from(text)).changes.length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(ContractError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

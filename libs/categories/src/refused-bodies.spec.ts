import { describe, expect, it } from '@jest/globals';
import { ContractError } from '@sync-hub/contracts';
import { decode, jane, NO_NAME, withPerson } from './testing/jane.js';

describe('a body', () => {
  it.each([
    ['a body that is a list', [jane], '(whole) is list, allowed is object'],
    ['a body that is text', 'Jane Doe', '(whole) is text, allowed is object'],
    ['a patient without its person', { ...jane, person: undefined }, 'person is missing, allowed is object'],
    ['a gender that is a number', withPerson({ gender: 7 }), 'person.gender is number, allowed is text'],
    ['a day that is none', withPerson({ birthdate: 'Jane Doe' }), 'person.birthdate is text, allowed is a day such as 1985-05-12'],
    ['a moment that is none', withPerson({ deathDate: '2020-05-01' }), 'person.deathDate is text, allowed is a moment such as 2020-05-01T10:15:00.000+0000'],
    [
      'a cause of death that is an empty object',
      withPerson({ causeOfDeath: { display: 'Jane' } }),
      'person.causeOfDeath is object, allowed is a uuid, or an object with one',
    ],
    ['identifiers that are an object', { ...jane, identifiers: { a: 1 } }, 'identifiers is object, allowed is list'],
    [
      'an identifier of no type',
      { ...jane, identifiers: [jane.identifiers[0], { identifier: 'SECRET', location: null }] },
      'identifiers.1.identifierType is missing, allowed is a uuid, or an object with one',
    ],
    [
      'an attribute whose value is a list',
      withPerson({ attributes: [{ attributeType: 'T', value: ['SECRET'] }] }),
      'person.attributes.0.value is list, allowed is text, a number, a flag, or an object with a uuid',
    ],
    ['a voided flag that is text', { ...jane, voided: 'SECRET' }, 'voided is text, allowed is boolean'],
    [
      'a name with a part that is an object',
      withPerson({ names: [{ ...NO_NAME, givenName: { Jane: 'Doe' } }] }),
      'person.names.0.givenName is object, allowed is text',
    ],
  ])('is refused as %s, by path and type and never by value', (_what, body, told) => {
    const refusal = (() => {
      try {
        return decode(body);
      } catch (error) {
        return error as ContractError;
      }
    })();
    expect(refusal).toBeInstanceOf(ContractError);
    expect((refusal as ContractError).message).toBe(`Patient: ${told}`);
    expect(JSON.stringify((refusal as ContractError).details)).not.toMatch(/Jane|Doe|SECRET/);
  });
});

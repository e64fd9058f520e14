import { describe, expect, it } from '@jest/globals';
import { namesFor } from './vouched-for.js';

describe('the names of whom a provider vouches for', () => {
  it('are its own, and where that is taken, one that says whose it is', () => {
    expect(namesFor(' Amina ', 'https://id.test/realms/health').slice(0, 4)).toEqual(['Amina', 'Amina@id.test', 'Amina-2@id.test', 'Amina-3@id.test']);
    expect(namesFor('amina@clinic.test', 'https://id.test')).toHaveLength(10);
  });

  it('are none where it is no name of an account, or too long for another', () => {
    for (const name of ['', '<b>', 'a:b', 'x'.repeat(65)]) expect(namesFor(name, 'https://id.test')).toEqual([]);
    expect(namesFor('x'.repeat(60), 'https://id.test')).toEqual(['x'.repeat(60)]);
  });
});

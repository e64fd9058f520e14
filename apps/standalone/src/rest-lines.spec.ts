import { describe, expect, it } from '@jest/globals';
import { restLines } from './rest-lines.js';

describe('a command that asks for something', () => {
  const sites = [{ id: 'central' }, { id: 'kisumu', timeZone: 'Africa/Nairobi', windows: [{ from: '20:00', to: '06:00' }] }];
  const linesAt = (moment: string) => restLines({ sites: sites as never }, ['central', 'kisumu', 'nobody'], new Date(moment), 'Africa/Nairobi');

  it('is told which sites rest, and until when', () => {
    expect(linesAt('2026-06-10T09:00:00Z')).toEqual(['kisumu rests until 20:00 (its windows): nothing goes on there before.']);
    expect(linesAt('2026-06-10T18:00:00Z')).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventsIn } from './events-in.js';

describe('events of the board', () => {
  it('are whole ones; beats say nothing', () => {
    expect(eventsIn(': the board\n\nevent: board\ndata: {"a":1}\n\n: still here\n\nevent: unreadable\ndata: null\n\nevent: bo')).toEqual({
      events: [
        { event: 'board', data: '{"a":1}' },
        { event: 'unreadable', data: 'null' },
      ],
      rest: 'event: bo',
    });
  });

  it('are the same however the line cuts them', () => {
    const whole = 'event: board\ndata: {"a":"é"}\n\n: beat\n\nevent: ended\ndata: null\n\n';
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 }), (sizes) => {
        const heard = [];
        let [rest, at] = ['', 0];
        for (let index = 0; at < whole.length; index += 1) {
          const size = sizes[index % sizes.length] ?? 1;
          const found = eventsIn(rest + whole.slice(at, at + size));
          heard.push(...found.events);
          rest = found.rest;
          at += size;
        }
        expect([heard, rest]).toEqual([eventsIn(whole).events, '']);
      }),
    );
  });
});

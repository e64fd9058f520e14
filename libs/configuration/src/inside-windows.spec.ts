import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { insideWindows } from './inside-windows.js';
import { WEEKDAYS, type Window } from './windows.schema.js';

const MINUTE = 60_000;

/** Another way to the same: what a calendar in that zone says, minute by minute. */
function oracle(windows: readonly Window[], timeZone: string): (at: number) => boolean {
  const calendar = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const open = new Set(windows.flatMap((window) => minutesOf(window)));
  return (at) => {
    const parts = calendar.formatToParts(at);
    const shown = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
    return open.has(`${shown('weekday').toLowerCase()} ${shown('hour')}:${shown('minute')}`);
  };
}

/** Every minute of a week that the window is open, by name. */
function minutesOf({ days = [...WEEKDAYS], from, to }: Window): string[] {
  const minute = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const long = (minute(to) - minute(from) + 1440) % 1440 || 1440;
  return days.flatMap((day) =>
    Array.from({ length: long }, (_, past) => {
      const at = WEEKDAYS.indexOf(day) * 1440 + minute(from) + past;
      const two = (number: number): string => String(number).padStart(2, '0');
      return `${WEEKDAYS[Math.floor(at / 1440) % 7]} ${two(Math.floor(at / 60) % 24)}:${two(at % 60)}`;
    }),
  );
}

/** Zones whose clocks are changed by an hour, by half an hour, at midnight, and never; with odd offsets. */
const ZONES = ['Africa/Nairobi', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'Asia/Kathmandu', 'America/Santiago', 'UTC'];
/** Days on which clocks are changed somewhere in these zones, and some others. */
const DAYS = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-04',
  '2026-04-05',
  '2026-04-24',
  '2026-06-10',
  '2026-09-06',
  '2026-10-04',
  '2026-10-25',
  '2026-10-30',
  '2026-11-01',
];

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 30, 59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const window = fc
  .record({ days: fc.option(fc.subarray([...WEEKDAYS], { minLength: 1 }), { nil: undefined }), from: time, to: fc.oneof(time, fc.constant('24:00')) })
  .filter(({ from, to }) => from !== to)
  .map(({ days, ...hours }): Window => ({ ...hours, ...(days === undefined ? {} : { days }) }));
const moment = fc
  .record({ day: fc.constantFrom(...DAYS), minute: fc.integer({ min: -1440, max: 2 * 1440 }) })
  .map(({ day, minute }) => Date.parse(day) + minute * MINUTE);

describe('windows', () => {
  const night: Window = { from: '20:00', to: '06:00' };
  const at = (windows: readonly Window[], zone: string, moment: string) => {
    const { inside, nextChange } = insideWindows(windows, zone, new Date(moment));
    return [inside, nextChange?.toISOString() ?? null];
  };

  it.each<[string, readonly Window[], string, string, boolean, string | null]>([
    ['before a night', [night], 'Africa/Nairobi', '2026-06-10T16:59:59.999Z', false, '2026-06-10T17:00:00.000Z'],
    ['at its beginning', [night], 'Africa/Nairobi', '2026-06-10T17:00:00Z', true, '2026-06-11T03:00:00.000Z'],
    ['after midnight', [night], 'Africa/Nairobi', '2026-06-10T22:00:00Z', true, '2026-06-11T03:00:00.000Z'],
    ['at its end', [night], 'Africa/Nairobi', '2026-06-11T03:00:00Z', false, '2026-06-11T17:00:00.000Z'],
    ['in a night that began on a day of its own', [{ ...night, days: ['sun'] }], 'Africa/Nairobi', '2026-06-15T01:00:00Z', true, '2026-06-15T03:00:00.000Z'],
    ['in the next, which has none', [{ ...night, days: ['sun'] }], 'Africa/Nairobi', '2026-06-15T18:00:00Z', false, '2026-06-21T17:00:00.000Z'],
    ['where one window leads into another', [night, { from: '06:00', to: '08:00' }], 'UTC', '2026-06-10T23:00:00Z', true, '2026-06-11T08:00:00.000Z'],
    ['all day long', [{ from: '00:00', to: '24:00' }], 'UTC', '2026-06-10T12:00:00Z', true, null],
    ['until midnight', [{ from: '20:00', to: '00:00' }], 'UTC', '2026-06-10T21:00:00Z', true, '2026-06-11T00:00:00.000Z'],
    ['in a night that is an hour shorter', [night], 'Europe/Berlin', '2026-03-28T20:00:00Z', true, '2026-03-29T04:00:00.000Z'],
    ['in a night that is an hour longer', [night], 'Europe/Berlin', '2026-10-24T20:00:00Z', true, '2026-10-25T05:00:00.000Z'],
    [
      'in an hour that the clocks leave out',
      [{ from: '02:10', to: '02:50', days: ['sun'] }],
      'Europe/Berlin',
      '2026-03-29T00:00:00Z',
      false,
      '2026-04-05T00:10:00.000Z',
    ],
    ['as the clocks leave out its end', [{ from: '01:00', to: '02:30' }], 'Europe/Berlin', '2026-03-29T00:30:00Z', true, '2026-03-29T01:00:00.000Z'],
    ['as the clocks show an hour again', [{ from: '02:00', to: '02:30' }], 'Europe/Berlin', '2026-10-25T00:40:00Z', false, '2026-10-25T01:00:00.000Z'],
  ])('are told %s', (_where, windows, zone, moment, inside, next) => expect(at(windows, zone, moment)).toEqual([inside, next]));

  it('are open when the clocks in their zone say so, and change when they say so next, whatever is done to the clocks', () => {
    fc.assert(
      fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), fc.constantFrom(...ZONES), moment, (windows, zone, start) => {
        const isOpen = oracle(windows, zone);
        const { inside, nextChange } = insideWindows(windows, zone, new Date(start));
        expect(inside).toBe(isOpen(start));
        const until = nextChange?.getTime() ?? start + 15 * 1440 * MINUTE;
        expect(until % MINUTE).toBe(0);
        for (let later = start; later < until; later += MINUTE)
          if (isOpen(later) !== inside) throw new Error(`is otherwise at ${new Date(later).toISOString()} already`);
        if (nextChange !== null) expect(isOpen(until)).toBe(!inside);
      }),
      { numRuns: 150 },
    );
  });
});

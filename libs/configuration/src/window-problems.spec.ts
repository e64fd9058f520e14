import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from './problem.js';
import type { LinkConfiguration } from './schema.js';
import { aConfiguration, aLink, aSite } from './testing/index.js';
import type { Window } from './windows.schema.js';

const DAY: Window = { from: '08:00', to: '17:00' };
const NIGHT: Window = { from: '20:00', to: '06:00' };
const NAIROBI = 'Africa/Nairobi';

type Site = Parameters<typeof aSite>[1];

/** What is wrong where the parent and kisumu, and the link between them, are so: places, with what was found. */
function problems(central: Site, kisumu: Site, link: Partial<LinkConfiguration> = {}): string[] {
  try {
    aConfiguration({ sites: [aSite('central', central), aSite('kisumu', kisumu)], links: [aLink('kisumu', link)] });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ path, found }) => `${path.join('.')}: ${found}`);
    throw error;
  }
  return [];
}

describe('windows that are configured', () => {
  it.each<[string, Site, Site, Partial<LinkConfiguration>]>([
    ['of a clinic by night', {}, { timeZone: NAIROBI, windows: [NIGHT] }, {}],
    [
      'of both ends, in two zones, that touch for an hour',
      { timeZone: 'UTC', windows: [{ from: '16:00', to: '18:00' }] },
      { timeZone: NAIROBI, windows: [NIGHT] },
      {},
    ],
    ['of a schedule within them', {}, { timeZone: NAIROBI, windows: [NIGHT] }, { schedule: { pull: [{ from: '05:00', to: '07:00' }] } }],
    ['of a schedule up at any hour, where the parent has none', {}, { timeZone: NAIROBI, windows: [NIGHT] }, { schedule: { push: [DAY] } }],
    [
      'that are together open in winter alone',
      { timeZone: 'UTC', windows: [{ from: '01:00', to: '02:00' }] },
      { timeZone: 'Europe/Berlin', windows: [{ from: '02:00', to: '03:00' }] },
      {},
    ],
    [
      'the last of which leads into the first of the week',
      { timeZone: 'UTC', windows: [{ ...NIGHT, days: ['sun'] }] },
      { timeZone: 'UTC', windows: [{ from: '00:00', to: '01:00', days: ['mon'] }] },
      {},
    ],
  ])('may be those %s', (_which, central, kisumu, link) => expect(problems(central, kisumu, link)).toEqual([]));

  it.each<[string, Site, Site, Partial<LinkConfiguration>, string]>([
    ['never open', {}, { timeZone: NAIROBI, windows: [DAY, { from: '20:00', to: '20:00' }] }, {}, 'sites.1.windows.1.to: 20:00, when it begins'],
    ['have no zone', {}, { windows: [NIGHT] }, {}, 'sites.1.timeZone: nothing'],
    ['of a schedule have no zone', {}, {}, { schedule: { push: [NIGHT] } }, 'sites.1.timeZone: nothing'],
    [
      'of a schedule never open',
      {},
      { timeZone: NAIROBI },
      { schedule: { push: [{ from: '00:00', to: '00:00' }] } },
      'links.0.schedule.push.0.to: 00:00, when it begins',
    ],
    [
      'never are open at both ends',
      { timeZone: NAIROBI, windows: [DAY] },
      { timeZone: NAIROBI, windows: [NIGHT] },
      {},
      'links.0.child: a site that may never be asked while central may',
    ],
    [
      'are never open on the same days',
      { timeZone: 'UTC', windows: [{ ...DAY, days: ['mon', 'tue'] }] },
      { timeZone: 'UTC', windows: [{ ...DAY, days: ['sat'] }] },
      {},
      'links.0.child: a site that may never be asked while central may',
    ],
    [
      'of a schedule are never open while the target is',
      {},
      { timeZone: NAIROBI, windows: [NIGHT] },
      { schedule: { pull: [DAY] } },
      'links.0.schedule.pull: windows that are never open while kisumu may be asked',
    ],
  ])('are refused where they %s', (_why, central, kisumu, link, problem) => expect(problems(central, kisumu, link)).toEqual([problem]));
});

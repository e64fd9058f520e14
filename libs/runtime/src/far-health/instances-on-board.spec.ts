import { describe, expect, it } from '@jest/globals';
import type { ReceivedHealth } from '@sync-hub/persistence';
import { boardOf } from '../board/index.js';
import { aReading, secondsBefore, TAKEN_AT } from '../testing/reading.builder.js';
import { healthOf } from './health-of.js';
import { instancesAt, instancesOn } from './instances-on-board.js';

const HEALTH = healthOf(boardOf(aReading(), new Map()), '0.1.0');
const FROM = [{ id: 'box', heardWithinMinutes: 15 }];

const heard = (changes: Partial<ReceivedHealth> = {}): ReceivedHealth => ({
  origin: 'box',
  heardAt: secondsBefore(9),
  health: HEALTH,
  healthAsOf: TAKEN_AT,
  healthHeardAt: secondsBefore(60),
  ...changes,
});
const one = (changes: Partial<ReceivedHealth> = {}) => instancesAt(FROM, [heard(changes)], TAKEN_AT)[0];

describe('the instances on the board', () => {
  it('are all that report here as the configuration says, also one that never told, and no other', () => {
    const told = instancesAt([...FROM, { id: 'new-box', heardWithinMinutes: 15 }], [heard(), heard({ origin: 'left-box' })], TAKEN_AT);
    expect(told.map(({ origin }) => origin)).toEqual(['box', 'new-box']);
    expect(told[0]).toMatchObject({ heardAt: secondsBefore(9).toISOString(), health: HEALTH, healthAsOf: TAKEN_AT.toISOString(), isUnheard: false });
    expect(told[1]).toMatchObject({ heardAt: null, health: null, isUnheard: true, isOutdated: true });
  });

  it('are unheard past their minutes, and what one told is then past, too', () => {
    expect(one({ heardAt: secondsBefore(900) })).toMatchObject({ isUnheard: false });
    expect(one({ heardAt: secondsBefore(901), healthHeardAt: secondsBefore(901) })).toMatchObject({ isUnheard: true, isOutdated: true });
  });

  it('are heard of, and what one told is past, where it tells of its links no more, or never did', () => {
    expect(one()).toMatchObject({ isUnheard: false, isOutdated: false });
    expect(one({ healthHeardAt: secondsBefore(901) })).toMatchObject({ isUnheard: false, isOutdated: true });
    expect(one({ health: null, healthAsOf: null, healthHeardAt: null })).toMatchObject({ isUnheard: false, isOutdated: true, health: null });
  });

  it('ask nothing where nobody reports', async () => {
    const health = async () => Promise.reject(new Error('asked'));
    expect(await instancesOn({ health }, () => ({ instance: 'hub', from: [] })).read()).toEqual([]);
  });
});

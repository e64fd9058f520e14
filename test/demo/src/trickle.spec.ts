import { afterEach, describe, expect, it } from '@jest/globals';
import { Clinics, type Deed } from './clinics.js';
import { Trickle } from './trickle.js';
import { startWorld, type World } from './world.js';

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.stop()));
});

async function deedsOf(seed: string, count: number): Promise<Deed[]> {
  const world = await startWorld({ sites: { central: '2.8', kisumu: '2.8', siaya: '2.8' } });
  worlds.push(world);
  const clinics = new Clinics(world);
  clinics.enterSampleData();
  const begun = clinics.deeds.length;
  const trickle = new Trickle(clinics, [...world.sites.keys()], { seed, leaveAloneMs: 0 });
  for (let made = 0; made < count; made += 1) trickle.next();
  return clinics.deeds.slice(begun);
}

describe('the trickle of changes', () => {
  it('makes the same choices for the same seed, and others for another', async () => {
    const words = (deeds: Deed[]): string[] => deeds.map(({ site, does, uuid }) => `${site} ${does} ${uuid}`);
    const [one, again, other] = await Promise.all([deedsOf('a', 40), deedsOf('a', 40), deedsOf('b', 40)]);
    expect(words(one)).toHaveLength(40);
    expect(words(again)).toEqual(words(one));
    expect(words(other)).not.toEqual(words(one));
  });

  it('does all that people do, at all sites, without being refused', async () => {
    const deeds = await deedsOf('long', 600);
    expect(new Set(deeds.map(({ site }) => site)).size).toBe(3);
    expect(new Set(deeds.map(({ kind }) => kind))).toEqual(new Set(['patient', 'location', 'person']));
    for (const does of [
      'registers',
      'opens',
      'closes',
      'reopens',
      'voids',
      'restores',
      'corrects the birthdate of',
      'changes the phone of',
      'adds an address to',
    ])
      expect(deeds.map((deed) => deed.does)).toContain(does);
  });

  it('leaves alone what was touched just now', async () => {
    const world = await startWorld({ sites: { central: '2.8', kisumu: '2.8' } });
    worlds.push(world);
    const clinics = new Clinics(world);
    clinics.enterSampleData();
    const trickle = new Trickle(clinics, ['central', 'kisumu'], { seed: 'a' });
    const begun = clinics.deeds.length;
    for (let made = 0; made < 30; made += 1) trickle.next();
    expect(clinics.deeds.slice(begun).every(({ does }) => ['registers', 'opens', 'enters'].includes(does))).toBe(true);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ACTIONS, CATEGORIES, CLIENTS, type Client, type RecordCategory, whyNot } from '@sync-hub/categories';
import { PROFILE_IDS, type ProfileId, SAMPLE } from '@sync-hub/openmrs-simulator';
import { clinic } from '../contract/rest-bench.js';
import { MatrixBench } from './matrix.js';

const KINDS = Object.keys(CATEGORIES) as RecordCategory[];

interface Cell {
  readonly category: RecordCategory;
  readonly client: Client;
  readonly profile: ProfileId;
}

/** Every kind with every platform, each time by another client, so that all pairs are there; with `SYNC_HUB_MATRIX=whole` (`npm run matrix`) by all three. */
const CELLS: readonly Cell[] = KINDS.flatMap((category, kind) =>
  PROFILE_IDS.flatMap((profile, place) =>
    CLIENTS.filter((_, index) => process.env['SYNC_HUB_MATRIX'] === 'whole' || index === (kind + place) % CLIENTS.length).map((client) => ({
      category,
      client,
      profile,
    })),
  ),
);
const BENCHES = PROFILE_IDS.flatMap((profile) => CLIENTS.map((client) => ({ profile, client })));

describe.each(BENCHES)('from a child of platform $profile by its parent to another, by $client', ({ profile, client }) => {
  let bench: MatrixBench;
  beforeAll(async () => {
    bench = await MatrixBench.start(profile);
  });
  afterAll(() => bench.stop());

  const here = CELLS.filter((cell) => cell.profile === profile && cell.client === client).map(({ category }) => category);

  it.each(here)('%s: as it was made, changed, taken out of use and brought back, or refused for a reason, and nothing sent', async (category) => {
    const came = await bench.run(category, client);
    for (const action of ACTIONS) {
      const reason = Object.values(bench.platforms)
        .map((platform) => whyNot(category, action, platform))
        .find((one) => one !== null);
      expect([action, came[action]]).toEqual([
        action,
        reason === undefined ? 'passed' : { refused: 'unsupported', because: expect.stringContaining(reason ?? '') },
      ]);
    }
  });

  it('keeps what Sync 2.0 lost: estimated births, middle names, deaths and their causes, uuids of parts, the place above a place', async () => {
    const { here, there } = await bench.whatArrives(client);
    expect(there).toEqual(here);
    expect(there.person).toMatchObject({ birthdate: '1984-05-17', birthdateEstimated: true, dead: true, causeOfDeath: SAMPLE.malaria });
    expect(there.names.map((name) => name['middleName'] ?? null)).toContain('Grace');
    expect(there.place).toMatchObject({ parentLocation: clinic, description: 'for children' });
    expect([there.names.length, there.identifiers.length, there.addresses.length, there.attributes?.length]).toEqual([2, 2, 1, 3]);
  });
});

it('has every pair of kind, client and platform', () => {
  const pairs = new Set(CELLS.flatMap(({ category, client, profile }) => [`${category} ${client}`, `${category} ${profile}`, `${client} ${profile}`]));
  expect(pairs.size).toBe(KINDS.length * CLIENTS.length + KINDS.length * PROFILE_IDS.length + CLIENTS.length * PROFILE_IDS.length);
});

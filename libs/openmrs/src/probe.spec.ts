import { afterEach, describe, expect, it } from '@jest/globals';
import { isTooOld } from './capabilities.js';
import { probe } from './probe.js';
import { call, givenSite, json } from './testing/given-site.js';

const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0)) await close();
});
async function given(...parts: Parameters<typeof givenSite>) {
  const made = await givenSite(...parts);
  toClose.push(made.close);
  return made;
}

describe('a site', () => {
  it.each([
    ['1.9.0', '2.13', false],
    ['1.9.0', '2.12.4f1cd2', true],
    ['1.8.4', '2.13', true],
    ['2.8.1-SNAPSHOT', '3.4.0', false],
    [null, null, false],
    [null, '2.9', true],
  ])('of platform %s with webservices.rest %s is too old to be read: %s', (platform, rest, expected) => {
    expect(isTooOld({ platform, rest })).toBe(expected);
  });
});

describe('a probe', () => {
  const versions = (platform: string, rest: string) => (request: { path: string }) =>
    request.path.includes('/module')
      ? json({
          results: [
            { uuid: 'webservices.rest', version: rest },
            { uuid: 'atomfeed', version: '1.0.13' },
          ],
        })
      : json({ systemInfo: { 'SystemInfo.title.openmrsInformation': { 'SystemInfo.OpenMRSInstallation.openmrsVersion': platform } } });

  it.each([
    [
      '1.9.7  Build 60bd9b',
      '2.12.0',
      {
        addressLines: 6,
        hasBirthtime: false,
        hasDeathdateEstimated: false,
        hasCauseOfDeathNonCoded: false,
        takesUuids: false,
        takesItemUuids: false,
        demotesIdentifiers: false,
        setAuditData: false,
      },
    ],
    [
      '1.11.6',
      '2.23.0',
      {
        addressLines: 6,
        hasBirthtime: true,
        hasDeathdateEstimated: true,
        takesUuids: true,
        takesItemUuids: false,
        demotesIdentifiers: true,
        setAuditData: false,
      },
    ],
    ['2.1.4', '2.22.9', { addressLines: 15, hasCauseOfDeathNonCoded: false, takesUuids: false, takesItemUuids: false }],
    ['2.8.0-SNAPSHOT', '3.4.0-SNAPSHOT', { addressLines: 15, hasCauseOfDeathNonCoded: true, takesUuids: true, takesItemUuids: true, setAuditData: true }],
  ])('of %s with webservices.rest %s knows what it can', async (platform, version, expected) => {
    const { session, rest } = await given(versions(platform, version));
    expect(await probe(session, rest, call)).toMatchObject(expected);
  });

  it('takes what it may not ask for the least there is', async () => {
    const { session, rest } = await given(() => json({ error: {} }, 403));
    expect(await probe(session, rest, call)).toMatchObject({ platform: null, rest: null, addressLines: 6, takesUuids: false, setAuditData: false });
  });

  it('tells how far the clock there is from ours', async () => {
    const { session, rest } = await given(versions('2.8.0', '3.4.0'));
    const hourBehind = () => Date.now() - 3_600_000;
    const { clockSkewMs } = await probe(session, rest, call, hourBehind);
    expect(Math.abs((clockSkewMs ?? 0) - 3_600_000)).toBeLessThan(2000);
  });
});

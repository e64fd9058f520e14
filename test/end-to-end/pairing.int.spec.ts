import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { commandLine } from './command-line.js';
import { personAt } from './people.js';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(180_000);

interface Given {
  readonly number: string;
  readonly givenName: string;
  readonly gender?: string;
  readonly birthdate?: string;
  readonly [key: string]: unknown;
}

describe('two servers that both held data before they met', () => {
  let world: RunningWorld;
  let clinic: string;
  beforeAll(async () => {
    world = await runningHub({ sites: { central: '2.8', kisumu: '2.8' }, care: true });
    clinic = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    await world.atRest(60_000);
  }, 120_000);
  afterAll(() => world.stop());

  const cli = (...args: string[]) =>
    commandLine({ ...world.world.env, SYNC_HUB_CONFIG: world.world.configurationFile, DATABASE_URL: world.database.url })(...args);
  const patientAt = (site: string, { number, givenName, gender = 'F', birthdate = '1980-02-03', ...more }: Given): string =>
    world.site(site).clinician.addPatient({
      uuid: aUuid(),
      gender,
      birthdate,
      names: [{ givenName, familyName: 'ZZKEMUNTO' }],
      identifiers: [{ identifier: number, identifierType: SAMPLE.openmrsId, location: clinic, preferred: true }],
      ...more,
    });
  const person = (site: string, uuid: string) => personAt(world.site(site), uuid);
  const isHeld = (...uuids: string[]) =>
    until('it is held', async () => (await Promise.all(uuids.map((uuid) => world.held(uuid)))).every((held) => held.length > 0), 60_000);
  const aPair = async (number: string, here: Partial<Given> = {}): Promise<{ readonly parent: string; readonly child: string }> => {
    const pair = { parent: patientAt('central', { number, givenName: 'Moraa' }), child: patientAt('kisumu', { number, givenName: 'Moraa', ...here }) };
    await isHeld(pair.parent, pair.child);
    await world.atRest(60_000);
    return pair;
  };

  it('are told who is perhaps one, and nothing of it is written down but where they say', async () => {
    const pair = await aPair('ZZPAIR-1', { birthdate: '1981-02-03', gender: 'M' });
    const alone = patientAt('kisumu', { number: 'ZZALONE-1', givenName: 'Achieng' });
    await world.atRest(60_000);
    const { code, said } = await cli('pairing', 'kisumu');
    expect(code).toBe(1);
    expect(said).toContain(`  ${pair.parent} at central, ${pair.child} at kisumu (identifiers of type ${SAMPLE.openmrsId})`);
    expect(said).toContain('for: 1 identifier in common, same name, similar birth date; against: another gender');
    expect(said).not.toMatch(/ZZ|Moraa/);
    expect(said).not.toContain(alone);

    const out = path.join(world.world.folder, 'pairs.csv');
    expect(await cli('pairing', 'kisumu', '--names', '--out', out)).toMatchObject({ code: 1, said: expect.not.stringContaining('ZZ') });
    const rows = (await readFile(out, 'utf8')).split('\r\n');
    expect(rows).toContain(`pair,${pair.parent},${pair.child},${SAMPLE.openmrsId},same,similar,other,no,Moraa ZZKEMUNTO,Moraa ZZKEMUNTO`);
    expect((await stat(out)).mode & 0o077).toBe(0);
    expect(await cli('pairing', 'kisumu', '--out', out)).toEqual({ code: 1, said: `${out}: is there already, and is not overwritten` });
    expect(world.lines.join('\n')).not.toMatch(/ZZ|Moraa/);
  });

  it('are told of whom a list names, though nobody told the hub of them', async () => {
    const list = path.join(world.world.folder, 'list.txt');
    const held = await aPair('ZZLIST-1');
    await world.query(`delete from change where uuid = $1 and site = 'kisumu' and state = 'ended'`, [held.child]);
    await writeFile(list, `# of the register\n"ZZLIST-1";Moraa\nZZNOBODY-9\n${aUuid()}\n`);
    const { said } = await cli('pairing', 'kisumu', '--from', list);
    expect(said).toContain(`pairing accept kisumu ${held.parent} ${held.child}`);
    expect(said).toContain('Of the list that was given, 2 are at neither end.');
  });

  it('hold one patient, with all that hangs on the two, once a person has said that they are one', async () => {
    const pair = await aPair('ZZPAIR-2');
    const visit = world.site('kisumu').clinician.care.startVisit({
      uuid: aUuid(),
      patient: pair.child,
      visitType: CARE.facilityVisit,
      location: clinic,
      startDatetime: '2026-03-02T08:00:00.000+0000',
    });
    const encounter = world.site('central').clinician.care.recordEncounter({
      uuid: aUuid(),
      patient: pair.parent,
      encounterType: CARE.vitals,
      encounterDatetime: '2026-03-01T08:30:00.000+0000',
      location: clinic,
      obs: [{ uuid: aUuid(), concept: CARE.weight, value: 61 }],
    });
    await isHeld(visit, encounter);
    const accepted = await cli('pairing', 'accept', 'kisumu', pair.parent, pair.child);
    expect(accepted).toMatchObject({ code: 0 });
    await world.atRest(60_000);
    expect(await world.held(pair.parent)).toEqual([]);
    expect(await world.held(pair.child)).toEqual([]);
    for (const uuid of [visit, encounter]) expect(await world.held(uuid)).toEqual([]);
    expect([person('central', pair.child), person('kisumu', pair.parent)]).toEqual([undefined, undefined]);
    const landed = world
      .site('central')
      .state()
      .visits.find(({ uuid }) => uuid === visit);
    const fetched = world
      .site('kisumu')
      .state()
      .encounters.find(({ uuid }) => uuid === encounter);
    expect([landed?.values['patient'], fetched?.values['patient']]).toEqual([pair.parent, pair.child]);

    world.site('kisumu').clinician.edit('person', pair.child, { birthdate: '1979-05-06' });
    await world.atRest(60_000);
    expect(person('central', pair.parent)?.values['birthdate']).toBe('1979-05-06');
    world.site('central').clinician.edit('person', pair.parent, { gender: 'O' });
    await world.atRest(60_000);
    expect(person('kisumu', pair.child)?.values['gender']).toBe('O');
    expect((await cli('pairing', 'accept', 'kisumu', pair.parent, pair.child)).said).toBe('the two are one already.');
    expect((await cli('pairing', 'undo', 'kisumu', pair.parent, pair.child)).said).toContain('have been merged already');
    expect((await cli('pairing', 'kisumu')).said).not.toContain(pair.child);
  });

  it('are asked about what the two say differently, and have them as two again where that was a mistake', async () => {
    const pair = await aPair('ZZPAIR-3', { gender: 'M' });
    await cli('pairing', 'accept', 'kisumu', pair.parent, pair.child);
    await until('it is asked about', async () => (await world.held(pair.parent)).some(({ state }) => state === 'conflict'), 60_000);
    await world.atRest(60_000);
    expect([person('central', pair.parent)?.values['gender'], person('kisumu', pair.child)?.values['gender']]).toEqual(['F', 'M']);
    expect(await cli('pairing', 'undo', 'kisumu', pair.parent, pair.child)).toMatchObject({ code: 0 });
    await isHeld(pair.parent, pair.child);
    await world.atRest(60_000);
    for (const uuid of [pair.parent, pair.child]) expect(await world.held(uuid)).toMatchObject([{ reason: 'possible-duplicate' }]);
    expect(await world.count(`select count(*) from conflict where uuid = $1 and closed_at is null`, [pair.parent])).toBe(0);
    expect((await cli('pairing', 'undo', 'kisumu', pair.parent, pair.child)).said).toContain('nobody has accepted these two');
  });

  it('are made one by no words that name the wrong ones', async () => {
    const [pair, another] = [await aPair('ZZPAIR-4'), await aPair('ZZPAIR-5')];
    const both = patientAt('kisumu', { number: 'ZZBOTH-1', givenName: 'Wanjiru' });
    const asked = aUuid();
    patientAt('central', { uuid: asked, number: 'ZZASKED-1', givenName: 'Akinyi' });
    patientAt('kisumu', { uuid: asked, number: 'ZZASKED-1', givenName: 'Akinyi', gender: 'M' });
    await isHeld(asked);
    await world.atRest(60_000);
    const said = async (...uuids: string[]): Promise<string> => {
      const { code, said: text } = await cli('pairing', 'accept', 'kisumu', ...uuids);
      expect(code).toBe(1);
      return text;
    };
    expect(await said(pair.child, pair.parent)).toContain(`central has no patient ${pair.child}; the uuid at central comes first`);
    expect(await said(pair.parent, both)).toContain('already agreed on as itself (kisumu)');
    expect(await said(both, pair.child)).toContain('already agreed on as itself (kisumu)');
    expect(await said(asked, pair.child)).toContain(`kisumu holds ${asked} as well`);
    expect(await said(pair.parent, aUuid())).toContain('kisumu has no patient');
    expect(await said(pair.parent, pair.parent)).toContain('both are one uuid');
    await cli('pairing', 'accept', 'kisumu', pair.parent, pair.child);
    expect(await said(another.parent, pair.child)).toContain('goes by another uuid');
    expect(await said(pair.parent, another.child)).toContain('goes by another uuid');
    expect(await world.count(`select count(*) from alias where accepted_on = 'kisumu' and uuid in ($1, $2)`, [pair.parent, another.parent])).toBe(1);
    expect(await cli('pairing', 'accept', 'nowhere', pair.parent, pair.child)).toMatchObject({
      code: 1,
      said: expect.stringContaining('there is no link nowhere'),
    });
    expect(await cli('pairing')).toMatchObject({ code: 1, said: expect.stringContaining('pairing LINK [--from FILE]') });
  });
});

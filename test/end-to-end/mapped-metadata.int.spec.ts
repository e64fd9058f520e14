import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseConfiguration } from '@sync-hub/configuration';
import { CARE, type EncounterState, SAMPLE } from '@sync-hub/openmrs-simulator';
import { checkSite } from '@sync-hub/runtime';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(180_000);

const BOTH = { pull: true, push: true };
/** Of each the parent's uuid and the child's. */
const TYPE = { theirs: aUuid(), ours: aUuid() };
const QUESTION = { theirs: aUuid(), ours: aUuid() };
const ANSWER = { theirs: aUuid(), ours: aUuid() };
const NUMBER = { theirs: aUuid(), ours: aUuid() };
const AT = '2026-03-02T08:30:00.000+0000';

describe('a clinic that has metadata under uuids of its own', () => {
  let world: RunningWorld;
  let clinic: string;
  beforeAll(async () => {
    const mappings = {
      encountertype: { [TYPE.theirs]: TYPE.ours },
      concept: { [QUESTION.theirs]: QUESTION.ours, [ANSWER.theirs]: ANSWER.ours },
      patientidentifiertype: { [NUMBER.theirs]: NUMBER.ours },
    };
    const classes = { location: BOTH, person: BOTH, patient: BOTH, visit: BOTH, encounter: BOTH };
    world = await runningHub({ sites: { central: '2.8', kisumu: '2.8' }, link: () => ({ classes, mappings }) });
    for (const [site, side] of [
      ['central', 'theirs'],
      ['kisumu', 'ours'],
    ] as const)
      world.site(site).seedMetadata({
        encountertype: [{ uuid: TYPE[side], name: `Outreach, ${side}`, description: 'In the village' }],
        concept: [
          { uuid: QUESTION[side], name: `Problem, ${side}`, datatype: 'Coded', conceptClass: 'Diagnosis' },
          { uuid: ANSWER[side], name: `Anaemia, ${side}`, datatype: 'N/A', conceptClass: 'Diagnosis' },
        ],
        patientidentifiertype: [
          { uuid: NUMBER[side], name: `Number, ${side}`, description: 'Of the register', locationBehavior: 'REQUIRED', uniquenessBehavior: null },
        ],
      });
    clinic = clinicianAt('central').addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    await world.atRest(60_000);
  }, 120_000);
  afterAll(() => world.stop());

  const clinicianAt = (site: string) => world.site(site).clinician;
  const encounterAt = (site: string, uuid: string): EncounterState | undefined =>
    world
      .site(site)
      .state()
      .encounters.find((one) => one.uuid === uuid);
  const saidAt = (site: string, uuid: string) => {
    const encounter = encounterAt(site, uuid);
    const live = encounter?.obs.filter(({ gone }) => !gone) ?? [];
    return { type: encounter?.values['encounterType'], obs: live.map(({ values }) => [values['concept'], values['valueCoded'], values['comment'] ?? null]) };
  };
  const seen = (side: 'theirs' | 'ours', comment: string | null = null) => ({ type: TYPE[side], obs: [[QUESTION[side], ANSWER[side], comment]] });
  const aPatientAt = (site: string, side: 'theirs' | 'ours'): string =>
    clinicianAt(site).addPatient({
      uuid: aUuid(),
      gender: 'F',
      names: [{ givenName: 'Moraa', familyName: 'Kemunto' }],
      identifiers: [
        { identifier: `${aUuid().slice(0, 8).toUpperCase()}-1`, identifierType: SAMPLE.openmrsId, location: clinic, preferred: true },
        { identifier: aUuid().slice(0, 8), identifierType: NUMBER[side], location: clinic },
      ],
    });
  const anEncounterAt = (site: string, side: 'theirs' | 'ours'): string =>
    clinicianAt(site).care.recordEncounter({
      uuid: aUuid(),
      patient: aPatientAt(site, side),
      encounterType: TYPE[side],
      encounterDatetime: AT,
      location: clinic,
      obs: [{ uuid: aUuid(), concept: QUESTION[side], value: ANSWER[side] }],
    });
  const writesAt = (site: string) => world.site(site).requests.filter(({ method, path }) => method !== 'GET' && !path.includes('systemsetting'));
  const identifierTypesAt = (site: string, encounter: string): readonly unknown[] => {
    const patient = encounterAt(site, encounter)?.values['patient'];
    const person = world
      .site(site)
      .state()
      .people.find(({ uuid }) => uuid === patient);
    return (person?.identifiers ?? []).map(({ values }) => values['identifierType']).sort();
  };

  it('gets what is recorded at the parent under its own uuids, and gives what is recorded there under the parent’s', async () => {
    const [down, up] = [anEncounterAt('central', 'theirs'), anEncounterAt('kisumu', 'ours')];
    await world.atRest(60_000);
    expect([saidAt('central', down), saidAt('kisumu', down)]).toEqual([seen('theirs'), seen('ours')]);
    expect([saidAt('central', up), saidAt('kisumu', up)]).toEqual([seen('theirs'), seen('ours')]);
    expect(identifierTypesAt('kisumu', down)).toEqual([SAMPLE.openmrsId, NUMBER.ours].sort());
    expect(identifierTypesAt('central', up)).toEqual([SAMPLE.openmrsId, NUMBER.theirs].sort());
    expect(await world.held()).toEqual([]);
  });

  it('is sent an edit once, whichever end it was made at, and nothing comes back of it', async () => {
    const encounter = anEncounterAt('central', 'theirs');
    await world.atRest(60_000);
    for (const site of ['central', 'kisumu']) world.site(site).resetRequests();
    const obs = encounterAt('kisumu', encounter)?.obs.find(({ gone }) => !gone)?.uuid ?? '';
    clinicianAt('kisumu').care.editObs(obs, { comment: 'seen twice' });
    await world.atRest(60_000);
    expect([saidAt('central', encounter), saidAt('kisumu', encounter)]).toEqual([seen('theirs', 'seen twice'), seen('ours', 'seen twice')]);
    expect([writesAt('kisumu'), writesAt('central').length > 0]).toEqual([[], true]);

    for (const site of ['central', 'kisumu']) world.site(site).resetRequests();
    clinicianAt('central').care.editEncounter(encounter, { location: null });
    await world.atRest(60_000);
    expect([encounterAt('kisumu', encounter)?.values['location'] ?? null, writesAt('central'), writesAt('kisumu').length > 0]).toEqual([null, [], true]);
    expect(await world.held()).toEqual([]);
  });

  it('is found to have what is mapped, by the check of each end; what is mapped to nothing is a problem there', async () => {
    const file = JSON.parse(await readFile(world.world.configurationFile, 'utf8')) as { links: { mappings: Record<string, Record<string, string>> }[] };
    const checked = async (site: string, value: object) =>
      (await checkSite(parseConfiguration(value), site, world.world.logins))
        .filter(({ check }) => check.startsWith('mapping'))
        .map(({ verdict, check }) => `${verdict} ${check}`);
    expect([await checked('central', file), await checked('kisumu', file)]).toEqual([['ok mappings'], ['ok mappings']]);
    file.links[0]!.mappings = { concept: { nowhere: CARE.malaria, [QUESTION.theirs]: 'no-such' } };
    expect(await checked('kisumu', file)).toEqual(['problem mapping of concept/no-such']);
    // The parent has no `nowhere`, and has the child's uuid as a concept of its own.
    expect(await checked('central', file)).toEqual(['problem mapping of concept/nowhere', `problem mapping of concept/${CARE.malaria}`]);
  });
});

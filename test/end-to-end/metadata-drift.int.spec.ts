import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { commandLine } from './command-line.js';
import { aPatient } from './people.js';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(180_000);

const BOTH = { pull: true, push: true };
/** Of the two servers the one has what the other lacks, calls by another uuid, or describes otherwise. */
const HERE = { triage: aUuid(), anaemia: aUuid(), mobile: aUuid(), clerk: aUuid(), privilege: aUuid(), unused: aUuid(), cough: aUuid() };
const THERE = { triage: aUuid(), clerk: aUuid(), privilege: aUuid(), own: aUuid(), cough: aUuid() };

describe('two servers whose metadata differs', () => {
  let world: RunningWorld;
  let clinic: string;
  beforeAll(async () => {
    const classes = { location: BOTH, person: BOTH, patient: BOTH, visit: BOTH, encounter: BOTH, form: { pull: false } };
    world = await runningHub(
      { sites: { central: '2.8', kisumu: '2.8' }, link: () => ({ classes }) },
      { comparesFirst: true, times: { keepLinksMs: 500, settleClaimMs: 200, probeUpSeconds: 2, probeDownSeconds: 1, compareMetadataMs: 1000 } },
    );
    const described = (name: string, description = 'Of the clinic') => ({ name, description });
    world.site('central').seedMetadata({
      encountertype: [
        { uuid: HERE.triage, ...described('Triage') },
        { uuid: HERE.mobile, ...described('Mobile clinic') },
      ],
      concept: [
        { uuid: HERE.anaemia, name: 'Anaemia of the old', datatype: 'N/A', conceptClass: 'Diagnosis' },
        { uuid: HERE.unused, name: 'Asked by nobody', datatype: 'N/A', conceptClass: 'Diagnosis' },
        { uuid: HERE.cough, name: 'Cough of the night', datatype: 'N/A', conceptClass: 'Diagnosis' },
      ],
      privilege: [{ uuid: HERE.privilege, ...described('Get Wards') }],
      role: [{ uuid: HERE.clerk, ...described('Ward clerk'), privileges: [HERE.privilege], inheritedRoles: [] }],
      form: [{ uuid: aUuid(), name: 'Of central alone', description: null, version: '1', build: null, published: true, encounterType: CARE.vitals }],
    });
    world.site('kisumu').seedMetadata({
      encountertype: [{ uuid: THERE.triage, ...described('triage') }],
      concept: [{ uuid: THERE.cough, name: 'cough of the night', datatype: 'N/A', conceptClass: 'Diagnosis' }],
      visittype: [{ uuid: THERE.own, ...described('Of Kisumu alone') }],
      privilege: [{ uuid: THERE.privilege, ...described('Get Wards') }],
      role: [{ uuid: THERE.clerk, ...described('Ward clerk', 'Another text'), privileges: [THERE.privilege], inheritedRoles: [] }],
    });
    world.site('kisumu').clinician.administrator.edit('encounterrole', CARE.clinicianRole, { description: 'Edited at Kisumu' });
    world.site('kisumu').clinician.administrator.retire('visittype', CARE.homeVisit);
    clinic = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    await world.atRest(60_000);
  }, 120_000);
  afterAll(() => world.stop());

  const drifts = async (): Promise<readonly string[]> =>
    (
      await world.query<{ kind: string; uuid: string; found: string; other_uuid: string | null; fields: string[] }>(
        `select kind, uuid, found, other_uuid, fields from metadata_drift where link = 'kisumu' order by kind, uuid`,
      )
    ).map(({ kind, uuid, found, other_uuid: other, fields }) => [`${kind}/${uuid}`, found, ...(other === null ? [] : [other]), ...fields].join(' '));
  /** The first one may have begun before all was there that differs: a day passes, and the next is done. */
  const aComparison = async (): Promise<void> => {
    const isDone = (since: Date) => async () =>
      (await world.count(`select count(*) from metadata_comparison where leased_until is null and finished_at > $1`, [since])) === 1;
    await until('the ends are compared', isDone(new Date(0)), 60_000);
    const since = await world.clock();
    await world.query(`update metadata_comparison set begun_at = now() - interval '25 hours', finished_at = now() - interval '25 hours'`);
    await until('they are compared again a day later', isDone(since), 60_000);
  };
  const cli = (...args: string[]) =>
    commandLine({ ...world.world.env, SYNC_HUB_CONFIG: world.world.configurationFile, DATABASE_URL: world.database.url })(...args);
  /** What a comparison finds has the held ones looked at once more, and while they are, they are not held. */
  const statusSays = (...lines: readonly string[]): Promise<unknown> =>
    until(
      `the status says ${lines.join(', and ')}`,
      async () => {
        const { said } = await cli('status');
        return lines.every((line) => said.includes(line));
      },
      60_000,
    );
  const writesOf = (kind: string) => world.site('kisumu').requests.filter(({ method, path }) => method !== 'GET' && path.includes(`/${kind}`));
  const KNOWN = [
    `encountertype/${HERE.mobile} missing-at-child`,
    `encountertype/${HERE.triage} other-uuid ${THERE.triage}`,
    `encounterrole/${CARE.clinicianRole} differs description`,
    `role/${HERE.clerk} differs description`,
    `visittype/${CARE.homeVisit} differs presence`,
    `visittype/${THERE.own} missing-at-parent`,
  ].sort();

  it('is compared by uuid, then by name, and nothing is written; what is off is left alone', async () => {
    await aComparison();
    expect([...(await drifts())].sort()).toEqual(KNOWN);
    expect(['encountertype', 'encounterrole', 'role', 'visittype', 'privilege'].flatMap(writesOf)).toEqual([]);
    expect(world.log('metadata-compared').at(-1)).toMatchObject({ link: 'kisumu', count: KNOWN.length });
    const page = await (await fetch(world.standalone.consoleUrl)).text();
    expect(page).toContain(`is perhaps ${THERE.triage} at kisumu, by its name`);
    expect(page).not.toContain('Mobile clinic');
  });

  it('holds what needs it, names what to add, and lets it go on once a person has had it pulled', async () => {
    const patient = world.site('central').clinician.addPatient(aPatient({ location: clinic, number: 'DRIFT-1' }));
    const encounter = world.site('central').clinician.care.recordEncounter({
      uuid: aUuid(),
      patient,
      encounterType: HERE.mobile,
      encounterDatetime: '2026-03-02T08:30:00.000+0000',
      obs: [{ uuid: aUuid(), concept: CARE.diagnosis, value: HERE.anaemia }],
    });
    await until('it is held', async () => (await world.held(encounter)).some(({ state, reason }) => state === 'parked' && reason === 'unmapped'), 60_000);
    await statusSays(
      ...[`encountertype/${HERE.mobile}`, `concept/${HERE.anaemia}`].map((missing) => `${missing}: missing at the child; 1 held for want of it`),
    );

    // Of concepts those are compared that were met.
    const compared = await cli('metadata', 'compare', 'kisumu');
    expect(compared).toMatchObject({ code: 1, said: expect.stringContaining(`encountertype/${HERE.mobile} "Mobile clinic": missing at kisumu`) });
    expect([...(await drifts())].sort()).toEqual([...KNOWN, `concept/${HERE.anaemia} missing-at-child`].sort());

    for (const missing of [
      ['encountertype', HERE.mobile],
      ['concept', HERE.anaemia],
    ] as const)
      expect(await cli('metadata', 'pull', 'kisumu', ...missing, '--write')).toMatchObject({ code: 0 });
    const isThere = () =>
      world
        .site('kisumu')
        .state()
        .encounters.some(({ uuid }) => uuid === encounter);
    await until('it has landed', isThere, 60_000);
    await world.atRest(60_000);
    expect(await world.held()).toEqual([]);
    const [type] = world
      .site('kisumu')
      .metadata('encountertype')
      .filter(({ uuid }) => uuid === HERE.mobile);
    expect(type?.values['name']).toBe('Mobile clinic');
    expect(
      world
        .site('kisumu')
        .metadata('encountertype')
        .some(({ uuid }) => uuid === HERE.triage),
    ).toBe(false);

    await cli('metadata', 'compare', 'kisumu');
    expect([...(await drifts())].sort()).toEqual(KNOWN.filter((line) => !line.includes(HERE.mobile)));
  });

  it('is perhaps at the other end under another uuid, where there are too many to list: it is searched for by name, and the line is said that maps it', async () => {
    const kisumu = world.site('kisumu').clinician;
    const encounter = kisumu.care.recordEncounter({
      uuid: aUuid(),
      patient: kisumu.addPatient(aPatient({ location: clinic, number: 'DRIFT-2' })),
      encounterType: CARE.vitals,
      encounterDatetime: '2026-03-02T08:30:00.000+0000',
      obs: [{ uuid: aUuid(), concept: CARE.diagnosis, value: THERE.cough }],
    });
    await until('it is held', async () => (await world.held(encounter)).some(({ reason }) => reason === 'unmapped'), 60_000);
    const { said } = await cli('metadata', 'compare', 'kisumu');
    expect(said).toContain(`is perhaps ${THERE.cough} at kisumu, by its name`);
    expect(said).toContain(`mappings: { concept: { ${HERE.cough}: ${THERE.cough} } }`);
    expect(await drifts()).toContain(`concept/${HERE.cough} other-uuid ${THERE.cough}`);
    await statusSays(`concept/${HERE.cough}: is perhaps ${THERE.cough} at the child, by its name; 1 held for want of it`);
  });

  it('is pulled with all that it refers to, once what that is has been said', async () => {
    const { pill, substance, kind, form } = { pill: aUuid(), substance: aUuid(), kind: aUuid(), form: aUuid() };
    world.site('central').seedMetadata({
      conceptclass: [{ uuid: kind, name: 'Remedy', description: 'Of central alone' }],
      concept: [
        { uuid: substance, name: 'Willow bark', datatype: 'N/A', conceptClass: kind },
        { uuid: form, name: 'Tea', datatype: 'N/A', conceptClass: kind },
      ],
      drug: [{ uuid: pill, name: 'Willow tea', concept: substance, dosageForm: form, strength: '1 cup' }],
    });
    const made = [`conceptclass/${kind} "Remedy"`, `concept/${substance}`, `concept/${form}`, `drug/${pill} "Willow tea"`];
    const planned = await cli('metadata', 'pull', 'kisumu', 'drug', pill);
    expect(planned).toMatchObject({ code: 0, said: expect.stringContaining(`To have it made: metadata pull kisumu drug ${pill} --write`) });
    expect(planned.said.match(/^ {2}.*$/gm)?.map((line) => line.trim())).toEqual(made);
    expect(await world.count(`select count(*) from metadata_pull`)).toBe(0);

    expect(await cli('metadata', 'pull', 'kisumu', 'drug', pill, '--write')).toMatchObject({ code: 0 });
    const drug = () =>
      world
        .site('kisumu')
        .metadata('drug')
        .find(({ uuid }) => uuid === pill);
    await until('the drug is there', () => drug() !== undefined, 60_000);
    await world.atRest(60_000);
    expect(drug()?.values).toMatchObject({ name: 'Willow tea', concept: substance, dosageForm: form });
    expect(await world.count(`select count(*) from metadata_pull`)).toBe(0);
  });

  it('is pulled by no words that name nothing', async () => {
    expect(await cli('metadata', 'pull', 'nowhere', 'form', HERE.mobile)).toMatchObject({ code: 1, said: expect.stringContaining('there is no link nowhere') });
    expect(await cli('metadata', 'pull', 'kisumu', 'patient', HERE.mobile)).toMatchObject({ code: 1, said: expect.stringContaining('is no kind of metadata') });
    expect(await cli('metadata', 'pull', 'kisumu', 'form', 'two words')).toMatchObject({ code: 1, said: expect.stringContaining('the uuid is none') });
  });
});

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { CARE, CLASSES, DATATYPES, PROFILE_IDS } from '@sync-hub/openmrs-simulator';
import { call, jane, RestBench } from './rest-bench.js';

const FULL = 'FULLY_SPECIFIED';
const named = (name: string, conceptNameType: string | null = null, locale = 'en', localePreferred = false) => ({
  ...{ name, locale, localePreferred, conceptNameType },
});
/** 1.9 has a webservices.rest that writes none. */
const PLATFORMS = PROFILE_IDS.filter((profile) => profile !== '1.9').map((profile) => ({ profile }));

describe.each(PLATFORMS)('the dictionary of a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  beforeEach(async () => {
    bench = await RestBench.start(profile);
  });
  afterEach(() => bench.stop());

  const administrator = () => bench.source.clinician.administrator;
  const aConcept = (more: object = {}): RecordRef => ({
    aggregate: 'concept',
    uuid: administrator().add('concept', {
      ...{ datatype: DATATYPES['Coded'], conceptClass: CLASSES['Finding'], names: [named('Fever', FULL, 'en', true)] },
      ...more,
    }),
  });
  const namesOf = (fields: object) =>
    Object.entries(fields)
      .filter(([path]) => path.startsWith('names['))
      .map(([path, preferred]) => [JSON.parse(path.slice(6, -1)) as object, preferred]);
  const carried = async (record: RecordRef) => {
    const done = await bench.carry(record);
    expect(done.written.fields).toEqual(done.incoming.fields);
    return done;
  };

  it('gets a concept with its names, descriptions, codes, answers in order and members by one request', async () => {
    const terms = ['F-1', 'F-2'].map((code) => administrator().add('conceptreferenceterm', { code, conceptSource: CARE.ciel }));
    for (const uuid of terms) await bench.carry({ aggregate: 'conceptreferenceterm', uuid });
    const record = aConcept({
      names: [
        named('Fever', FULL, 'en'),
        named('Hot body', null, 'en', true),
        named('Fv', 'SHORT'),
        named('febris', 'INDEX_TERM'),
        named('ትኩሳት', null, 'am', true),
      ],
      descriptions: [{ description: 'Of the body', locale: 'en' }],
      mappings: [
        { conceptReferenceTerm: terms[0], conceptMapType: CARE.sameAs },
        { conceptReferenceTerm: terms[1], conceptMapType: CARE.narrowerThan },
      ],
      answers: [CARE.yes, CARE.paracetamol, CARE.no, CARE.malaria],
      setMembers: [CARE.malaria, CARE.anaemia],
    });
    const { asked, written } = await carried(record);
    expect(asked).toEqual(['POST concept']);
    expect(written.fields).toMatchObject({
      set: true,
      answers: JSON.stringify([`concept/${CARE.yes}`, `drug/${CARE.paracetamol}`, `concept/${CARE.no}`, `concept/${CARE.malaria}`]),
      setMembers: JSON.stringify([`concept/${CARE.malaria}`, `concept/${CARE.anaemia}`]),
    });
    expect(namesOf(written.fields)).toHaveLength(5);
  });

  it('gets another order of answers, other codes and another description', async () => {
    const terms = ['F-1', 'F-2'].map((code) => administrator().add('conceptreferenceterm', { code, conceptSource: CARE.ciel }));
    for (const uuid of terms) await bench.carry({ aggregate: 'conceptreferenceterm', uuid });
    const map = (term: string | undefined, conceptMapType: string) => ({ conceptReferenceTerm: term, conceptMapType });
    const record = aConcept({
      answers: [CARE.yes, CARE.no],
      setMembers: [CARE.malaria],
      mappings: [map(terms[0], CARE.sameAs)],
      descriptions: [{ description: 'Of the body', locale: 'en' }],
    });
    await carried(record);
    administrator().edit('concept', record.uuid, { answers: [CARE.no, CARE.malaria, CARE.yes], mappings: [map(terms[1], CARE.sameAs)], setMembers: [] });
    const [description] = bench.source.metadataParts('conceptdescription', record.uuid);
    administrator().editPart('conceptdescription', String(description?.uuid), { description: 'Of all the body' });
    const { written, asked } = await carried(record);
    expect(asked.filter((line) => !line.includes('/description'))).toHaveLength(1);
    expect(written.fields).toMatchObject({ [`mappings[${terms[1]}]`]: CARE.sameAs, set: false, setMembers: null });
    administrator().edit('concept', record.uuid, { answers: [], mappings: [] });
    expect(Object.keys((await carried(record)).written.fields).filter((path) => path.startsWith('mappings'))).toEqual([]);
  });

  it('gets other names, and another that is preferred, in the one request that its server takes; what leaves is voided, not deleted', async () => {
    await bench.agreeOnJane();
    const record = aConcept({ names: [named('Fever', FULL), named('Hot body', null, 'en', true), named('Fv', 'SHORT')] });
    await carried(record);
    const local = await bench.aliases.toLocal(record);
    const there = bench.target.metadataParts('conceptname', local);
    const hot = there.find(({ values }) => values['name'] === 'Hot body')?.uuid;
    bench.target.clinician.care.recordObs({
      ...{ person: jane, concept: CARE.diagnosis, value: CARE.malaria },
      ...{ obsDatetime: '2020-05-01T09:00:00.000+0000', valueCodedName: hot },
    });
    const own = bench.source.metadataParts('conceptname', record.uuid);
    const uuidOf = (name: string) => own.find(({ values }) => values['name'] === name)?.uuid;
    administrator().edit('concept', record.uuid, {
      names: [
        { uuid: uuidOf('Fever'), ...named('Fever', null, 'en', true) },
        { uuid: uuidOf('Hot body'), ...named('Hot body') },
        { uuid: uuidOf('Fv'), ...named('FV', 'SHORT') },
        named('Pyrexia', FULL),
        named('Homa', FULL, 'sw', true),
      ],
    });
    administrator().takePart('conceptname', String(uuidOf('Hot body')));
    const { asked, written } = await carried(record);
    expect(asked).toEqual([`POST concept/${local}`, `DELETE concept/${local}/name/${hot}`]);
    expect(namesOf(written.fields)).toHaveLength(4);
    expect(bench.target.metadataParts('conceptname', local).find(({ uuid }) => uuid === hot)).toMatchObject({ gone: true });
  });

  it('gets one that is renamed, with what it was called until then kept for what names it', async () => {
    const record = aConcept();
    await carried(record);
    const [name] = bench.source.metadataParts('conceptname', record.uuid);
    administrator().editPart('conceptname', String(name?.uuid), { name: 'Pyrexia' });
    const { written } = await carried(record);
    expect(namesOf(written.fields)).toEqual([[{ locale: 'en', type: FULL, name: 'Pyrexia' }, true]]);
    const all = bench.target.metadataParts('conceptname', await bench.aliases.toLocal(record));
    expect(all.map(({ gone, values }) => [gone, values['name']]).sort()).toEqual([
      [false, 'Pyrexia'],
      [true, 'Fever'],
    ]);
  });

  it('is sent no complex concept, no other datatype, and nothing while it is locked', async () => {
    const record = aConcept();
    await carried(record);
    const read = (site: 'source' | 'target') => bench.sites.of(site).read(record, call);
    const target = bench.sites.of('target');
    const writes = { fields: new Map([['datatype', String(DATATYPES['Text'])]]) };
    bench.target.resetRequests();
    await expect(target.write(await read('target'), await read('source'), writes, call)).rejects.toMatchObject({ code: 'cannot-change' });
    const scan = randomUUID();
    bench.source.seedMetadata({ concept: [{ uuid: scan, name: 'Picture', datatype: 'Complex', conceptClass: 'Misc' }] });
    await expect(bench.carry({ aggregate: 'concept', uuid: scan })).rejects.toMatchObject({ code: 'unsupported' });
    expect(bench.target.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    bench.target.seedMetadata({ systemsetting: [{ uuid: randomUUID(), property: 'concepts.locked', value: 'true' }] });
    administrator().edit('concept', record.uuid, { version: '2' });
    await expect(bench.carry(record)).rejects.toMatchObject({ code: 'server-error' });
  });

  it('is known by its own uuids in all that names a concept', async () => {
    await bench.agreeOnJane();
    const [question, answer] = [aConcept(), aConcept({ names: [named('Severe', FULL, 'en', true)], datatype: DATATYPES['N/A'] })];
    for (const record of [question, answer]) await carried(record);
    const obs = bench.source.clinician.care.recordObs({
      ...{ person: jane, concept: question.uuid, value: answer.uuid, obsDatetime: '2020-05-01T09:00:00.000+0000' },
    });
    const { written } = await bench.carry({ aggregate: 'obs', uuid: obs });
    expect(written.fields).toMatchObject({ [`obs[${obs}]`]: JSON.stringify({ concept: question.uuid, coded: answer.uuid }) });
    const [there] = bench.target.state().obs;
    const locals = [await bench.aliases.toLocal(question), await bench.aliases.toLocal(answer)];
    expect([there?.values['concept'], there?.values['valueCoded']]).toEqual(locals);
    expect(locals[0] === question.uuid).toBe(bench.target.profile.takesUuid);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Aggregate } from '@sync-hub/contracts';
import { type KnownBy, Sites } from '@sync-hub/openmrs';
import { MemoryAliasBook } from '@sync-hub/openmrs/testing';
import { CARE, PROFILE_IDS, type Simulator, sampleMetadata, startSimulator } from '@sync-hub/openmrs-simulator';
import { call, optionsOf } from './rest-bench.js';

/** Each site has them under uuids of its own. */
const someUuids = () => ({
  source: randomUUID(),
  term: randomUUID(),
  narrow: randomUUID(),
  coded: randomUUID(),
  named: randomUUID(),
  drug: randomUUID(),
  place: randomUUID(),
  provider: randomUUID(),
});
type Uuids = ReturnType<typeof someUuids>;

describe.each(PROFILE_IDS)('what two sites of platform %s have under uuids of their own', (profile) => {
  const book = new MemoryAliasBook();
  let simulators: readonly Simulator[];
  let sites: Sites;
  const uuids: Readonly<Record<'central' | 'kisumu', Uuids>> = { central: someUuids(), kisumu: someUuids() };

  beforeAll(async () => {
    simulators = await Promise.all((['central', 'kisumu'] as const).map((id) => aSite(id, uuids[id])));
    sites = new Sites(
      simulators.map((simulator, index) => optionsOf(simulator, index === 0 ? 'central' : 'kisumu')),
      (id) => (id === 'kisumu' ? book : new MemoryAliasBook()),
    );
  });
  afterAll(async () => {
    await sites.close();
    await Promise.all(simulators.map((simulator) => simulator.stop()));
  });

  async function aSite(id: 'central' | 'kisumu', own: Uuids): Promise<Simulator> {
    const simulator = await startSimulator({ id, profile });
    simulator.seedMetadata(sampleMetadata());
    const person = simulator.clinician.addPerson({ uuid: randomUUID(), gender: 'F', names: [{ givenName: 'Asha', familyName: 'Otieno' }] });
    simulator.seedMetadata({
      conceptsource: [{ uuid: own.source, name: 'CIEL of the tests', description: 'A dictionary' }],
      conceptreferenceterm: [
        { uuid: own.term, code: '5089', conceptSource: own.source },
        { uuid: own.narrow, code: '50', conceptSource: own.source },
      ],
      concept: [
        { uuid: own.coded, name: id === 'central' ? 'Weight (kg)' : 'Body weight', datatype: 'N/A', conceptClass: 'Diagnosis' },
        { uuid: own.named, name: id === 'central' ? 'Anaemia of the old' : 'ANAEMIA of the old', datatype: 'N/A', conceptClass: 'Diagnosis' },
        { uuid: randomUUID(), name: 'Anaemia of the old, severe', datatype: 'N/A', conceptClass: 'Diagnosis' },
      ],
      conceptmap: [
        { uuid: randomUUID(), owner: own.coded, conceptReferenceTerm: own.term, conceptMapType: CARE.sameAs },
        { uuid: randomUUID(), owner: own.named, conceptReferenceTerm: own.narrow, conceptMapType: CARE.narrowerThan },
      ],
      drug: [{ uuid: own.drug, name: 'Aspirin 81', concept: CARE.diagnosis }],
      location: [{ uuid: own.place, name: 'Outreach' }],
      provider: [{ uuid: own.provider, identifier: 'NURSE-7', person }],
    });
    return simulator;
  }

  const search = async (aggregate: Aggregate, uuid: string) => {
    const known = await sites.of('central').knownBy({ aggregate, uuid }, call);
    return known === null ? null : sites.of('kisumu').findLookalike(aggregate, known, call);
  };

  it('is found by its code, its identifier or its name', async () => {
    const { central, kisumu } = uuids;
    expect(await search('concept', central.coded)).toEqual({ uuid: kisumu.coded, by: 'code' });
    expect(await search('concept', central.named)).toEqual({ uuid: kisumu.named, by: 'name' });
    expect(await search('conceptreferenceterm', central.term)).toEqual({ uuid: kisumu.term, by: 'code' });
    expect(await search('drug', central.drug)).toEqual({ uuid: kisumu.drug, by: 'name' });
    expect(await search('location', central.place)).toEqual({ uuid: kisumu.place, by: 'name' });
    // Core 1.9 looks for names alone.
    expect(await search('provider', central.provider)).toEqual(profile === '1.9' ? null : { uuid: kisumu.provider, by: 'identifier' });
    expect(simulators.flatMap(({ requests }) => requests.filter(({ method }) => method !== 'GET'))).toEqual([]);
  });

  it('is not found where the site has none, or nobody can say which', async () => {
    const none: KnownBy = { names: ['Nothing'], codes: [{ source: 'CIEL of the tests', code: '404' }], identifier: 'NOBODY' };
    for (const kind of ['concept', 'conceptreferenceterm', 'drug', 'location', 'provider'] as const)
      expect(await sites.of('kisumu').findLookalike(kind, none, call)).toBeNull();
    expect(await sites.of('central').knownBy({ aggregate: 'drug', uuid: randomUUID() }, call)).toBeNull();
    expect(await sites.of('central').knownBy({ aggregate: 'encountertype', uuid: CARE.vitals }, call)).toBeNull();
    const other = { ...none, codes: [{ source: 'Another dictionary', code: '5089' }] };
    expect(await sites.of('kisumu').findLookalike('conceptreferenceterm', other, call)).toBeNull();
  });
});

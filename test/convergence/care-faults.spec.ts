import { describe, expect, it } from '@jest/globals';
import { CARE, type EncounterState, type ObsState, type SimulatorState } from '@sync-hub/openmrs-simulator';
import { brokenReferences, doubledObs, isUnasked, lineageOf, type SiteRows } from './care-faults.js';
import type { RecordKey } from './content.js';

const row = (uuid: string, values: Record<string, string | number | null> = {}) => ({ uuid, gone: false, values, audit: {} });
const obs = (uuid: string, values: Record<string, string | number>, gone = false): ObsState => ({
  ...row(uuid, { concept: CARE.weight, ...values }),
  gone,
  members: [],
});
const encounter = (all: readonly ObsState[]): EncounterState => ({ ...row('e', { patient: 'p', visit: 'v' }), providers: [], obs: all });

const siteWith = (all: readonly ObsState[], state: Partial<SimulatorState> = {}): SiteRows => ({
  everywhere: (uuid) => uuid,
  state: {
    locations: [],
    people: [{ ...row('p'), isPatient: true, names: [], addresses: [], attributes: [], identifiers: [] }],
    visits: [{ ...row('v', { patient: 'p' }), attributes: [] }],
    encounters: [encounter(all)],
    obs: [],
    relationships: [],
    enrollments: [],
    conditions: [],
    diagnoses: [],
    orders: [],
    dispenses: [],
    allergies: [],
    cohorts: [],
    diagnosticReports: [],
    tasks: [],
    appointments: [],
    ...state,
  },
});

describe('doubled vitals', () => {
  const kisumu = siteWith([obs('w1', { valueNumeric: 60 }, true), obs('w2', { valueNumeric: 61, previousVersion: 'w1' })]);
  const siaya = siteWith([obs('w1', { valueNumeric: 60 }, true), obs('w3', { valueNumeric: 62, previousVersion: 'w1' })]);
  const faultsAt = (site: SiteRows) => doubledObs(site, lineageOf([kisumu, siaya, site]));

  it('are two live successors of one obs in one encounter, wherever they took its place', () => {
    expect(faultsAt(siteWith([obs('w2', { valueNumeric: 61 }), obs('w3', { valueNumeric: 62 })]))).toHaveLength(1);
    expect(faultsAt(siteWith([obs('w1', { valueNumeric: 60 }), obs('w2', { valueNumeric: 61 })]))).toHaveLength(1);
  });

  it('are two live obs that say what only one person typed', () => {
    expect(faultsAt(siteWith([obs('a', { valueNumeric: 30.12 }), obs('b', { valueNumeric: 30.12 })]))).toHaveLength(1);
  });

  it('are not two that said the same and were taken for each other', () => {
    const crossed = siteWith([
      obs('a', { valueNumeric: 60 }, true),
      obs('b', { valueNumeric: 60 }, true),
      obs('c', { valueNumeric: 60, previousVersion: 'a' }),
    ]);
    const other = siteWith([obs('c', { valueNumeric: 60, previousVersion: 'b' })]);
    const both = siteWith([obs('b', { valueNumeric: 60 }), obs('c', { valueNumeric: 60 })]);
    const three = siteWith([obs('a', { valueNumeric: 60 }), obs('b', { valueNumeric: 60 }), obs('c', { valueNumeric: 60 })]);
    const faults = (site: SiteRows) => doubledObs(site, lineageOf([crossed, other, site]));
    expect([faults(both).length, faults(three).length]).toEqual([0, 1]);
  });

  it('are not an obs beside the voided one that it took the place of, nor two that have nothing to do with each other', () => {
    expect([kisumu, siaya].flatMap(faultsAt)).toEqual([]);
    expect(faultsAt(siteWith([obs('w2', { valueNumeric: 61 }), obs('x', { valueNumeric: 61 })]))).toEqual([]);
  });
});

describe('a broken reference', () => {
  it('is one of a live record to what is not there or is voided', () => {
    expect(brokenReferences(siteWith([]))).toEqual([]);
    expect(brokenReferences(siteWith([], { visits: [] }))).toEqual(['encounter/e: its visit is not there, or voided (visit/v)']);
    expect(brokenReferences(siteWith([], { people: [] }))).toHaveLength(2);
  });

  it('is none to one of whom it is asked whether they stay voided', () => {
    const [voided, present] = ['voided', 'present'].map((presence) => ({ presence, fields: {} }));
    const asked = (record: RecordKey, child = present) =>
      isUnasked([{ record, parent: voided!, child: child! }])('obs/o: its person is not there, or voided (person/p)');
    expect([asked('person/p'), asked('person/p', voided), asked('person/q'), asked('obs/o')]).toEqual([false, true, true, true]);
  });

  it('is a live obs of a voided encounter', () => {
    const voided = { ...encounter([obs('w1', { valueNumeric: 60 })]), gone: true };
    expect(brokenReferences(siteWith([], { encounters: [voided] }))).toEqual(['encounter/e: it is voided, and obs of it are not']);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { CanonicalRecord, RecordCategory, Reference } from '@sync-hub/categories';
import type { Exclude } from './exclude.schema.js';
import { type Excluded, whyExcluded } from './excluded.js';

const [VIOLENCE, CHECKUP] = ['enc-type-violence', 'enc-type-checkup'];
const [ASSAULT, WEIGHT] = ['concept-assault', 'concept-weight'];
const BOTH: Exclude = { encounterTypes: [VIOLENCE], concepts: [ASSAULT] };

const concept = (path: string, uuid: string): Reference => ({ path, resource: 'concept', uuid, aggregate: null });
const aRecord = (category: RecordCategory, changes: Partial<CanonicalRecord> = {}): CanonicalRecord => ({
  record: { aggregate: 'encounter', uuid: '8d6c993e' },
  category,
  presence: 'present',
  fields: category === 'encounter' ? { encounterType: CHECKUP } : {},
  covers: ['encounterType', 'obs'],
  stamp: '1',
  shape: 1,
  client: 'rest',
  references: [],
  itemUuids: {},
  provenance: { creator: null, dateCreated: null, changedBy: null, dateChanged: null },
  ...changes,
});
const withObs = (...asked: string[]): Partial<CanonicalRecord> => ({ references: asked.map((uuid, index) => concept(`obs[${index}]`, uuid)) });

describe('what a link excludes', () => {
  it.each<[string, Exclude, CanonicalRecord, Excluded | null]>([
    ['an encounter of an excluded type', BOTH, aRecord('encounter', { fields: { encounterType: VIOLENCE } }), 'excluded'],
    ['an encounter of another type goes', BOTH, aRecord('encounter'), null],
    ['an encounter in which one obs names an excluded concept, whole', BOTH, aRecord('encounter', withObs(WEIGHT, ASSAULT)), 'excluded'],
    ['an encounter in which none does goes', BOTH, aRecord('encounter', withObs(WEIGHT)), null],
    ['an obs in no encounter, a member of its group among it', BOTH, aRecord('observation', withObs(ASSAULT)), 'excluded'],
    ['a diagnosis of it', BOTH, aRecord('diagnosis', { references: [concept('coded', ASSAULT)] }), 'excluded'],
    ['a condition of it', BOTH, aRecord('condition', { references: [concept('coded', ASSAULT)] }), 'excluded'],
    ['an order for it', BOTH, aRecord('order', { references: [concept('orderReason', ASSAULT)] }), 'excluded'],
    [
      'an encounter with an obs of it that cannot be carried',
      BOTH,
      aRecord('encounter', { fields: { encounterType: CHECKUP, 'obsNotCarried[o1]': JSON.stringify({ concept: ASSAULT }) } }),
      'excluded',
    ],
    ['an encounter that does not tell its type', BOTH, aRecord('encounter', { fields: {} }), 'exclusion-unknown'],
    ['an encounter that does not tell its obs', BOTH, aRecord('encounter', { covers: ['encounterType'] }), 'exclusion-unknown'],
    ['an obs that does not tell its members', BOTH, aRecord('observation', { covers: [] }), 'exclusion-unknown'],
    ['a diagnosis has neither type nor obs and goes', BOTH, aRecord('diagnosis', { covers: [] }), null],
    ['a concept is no care, and goes though it names it', BOTH, aRecord('concept', { references: [concept('answers[1]', ASSAULT)] }), null],
    ['a patient goes whatever of', BOTH, aRecord('patient', { references: [concept('causeOfDeath', ASSAULT)] }), null],
    ['a voided encounter tells nothing, and goes where it was agreed on', BOTH, aRecord('encounter', { presence: 'voided', fields: {}, covers: [] }), null],
    ['an encounter goes where nothing is excluded', { encounterTypes: [], concepts: [] }, aRecord('encounter', { fields: {}, covers: [] }), null],
    ['an encounter goes where no word is said of it', undefined, aRecord('encounter', { fields: {}, covers: [] }), null],
    ['types alone ask for no obs', { encounterTypes: [VIOLENCE], concepts: [] }, aRecord('encounter', { covers: ['encounterType'] }), null],
    ['concepts alone ask for no type', { encounterTypes: [], concepts: [ASSAULT] }, aRecord('encounter', { fields: {} }), null],
  ])('%s', (_, exclude, record, expected) => {
    expect(whyExcluded(exclude, record)).toBe(expected);
  });
});

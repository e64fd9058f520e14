import { describe, expect, it } from '@jest/globals';
import { parseConfiguration } from './load-configuration.js';
import { PARTS_OF_RECORDS } from './parts-of-records.js';
import { ConfigurationError } from './problem.js';

const withClasses = (classes: object) => ({
  instance: { id: 'hub' },
  sites: ['central', 'kisumu'].map((id) => ({
    id,
    baseUrl: `https://${id}.example/openmrs`,
    login: { username: { env: 'USER' }, password: { env: 'PASSWORD' } },
    client: 'rest',
    feed: { startAt: 'now' },
  })),
  links: [{ id: 'kisumu', parent: 'central', child: 'kisumu', runsAt: 'hub', classes, catchment: { rule: 'everyone' } }],
});
const problemsWith = (classes: object) => {
  try {
    parseConfiguration(withClasses(classes));
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ path, found, allowed }) => [path.join('.'), found, allowed]);
    throw error;
  }
};

describe('a switch that is no class of its own', () => {
  it.each([
    ['person_name', 'part of its person or patient', 'person or patient, by which it travels'],
    ['patient_identifier', 'part of its patient', 'patient, by which it travels'],
    ['drug_order', 'a kind of order', 'order, by which it travels'],
    [
      'audit_message',
      'no record: every instance keeps the audit of its links, and ships it where it is told to',
      'instance.reportsTo, where it is to be shipped to another instance',
    ],
  ])('is refused, with what to write instead: %s', (name, is, instead) => {
    expect(problemsWith({ patient: { pull: true }, [name]: { pull: true } })).toEqual([
      [`links.0.classes.${name}`, `what is no class of its own, but ${is}`, instead],
    ]);
  });

  it('is none of the names that classes have', () => {
    for (const name of Object.keys(PARTS_OF_RECORDS).filter((part) => part !== 'immunization')) expect(problemsWith({ [name]: {} })).toHaveLength(1);
    expect(problemsWith({ toString: { pull: true } })[0]?.[1]).toBe('an unknown key');
  });
});

describe('the switch of immunizations', () => {
  const on = { pull: true };
  it('is taken beside those of encounters and obs, by which they travel', () => {
    expect(problemsWith({ encounter: on, observation: on, immunization: on })).toEqual([]);
    expect(problemsWith({ encounter: { push: true }, immunization: {} })).toEqual([]);
  });

  it.each([
    [{ immunization: on }, 'encounter and observation have pull: true'],
    [{ encounter: on, immunization: on }, 'observation has pull: true'],
    [{ encounter: { push: true }, observation: on, immunization: on }, 'encounter has pull: true'],
  ])('is refused without them: %j', (classes, instead) => {
    expect(problemsWith(classes)).toEqual([['links.0.classes.immunization.pull', 'true', expect.stringContaining(instead)]]);
  });
});

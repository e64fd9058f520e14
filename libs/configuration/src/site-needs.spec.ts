import { describe, expect, it } from '@jest/globals';
import type { Catchment } from './catchment.schema.js';
import { siteNeeds } from './site-needs.js';
import { aConfiguration, aLink, aSite } from './testing/configuration.builder.js';

describe('what links ask of a site', () => {
  const classes = { location: { pull: true, push: false }, patient: { pull: false, push: true } };
  const configuration = aConfiguration({ links: [aLink('kisumu', { classes }), aLink('siaya', { classes, runsAt: 'other' })] });

  it('is to read all that travels there, and to be written what comes its way', () => {
    expect(siteNeeds(configuration, 'kisumu')).toMatchObject({ reads: ['location', 'patient'], writes: ['location'], isParent: false });
    expect(siteNeeds(configuration, 'central')).toMatchObject({ reads: ['location', 'patient'], writes: ['patient'], isParent: true });
    expect(siteNeeds(configuration, 'kisumu').feeds).toContain('patient_identifier');
  });

  it('is to tell, as the parent, what the catchment goes by, and as a child nothing of it', () => {
    const catchment: Catchment = { rule: 'program', isOneOf: ['8d6c993e-c2cc-11de-8d13-0010c6dffd0f'], state: 'ever' };
    const byProgram = aConfiguration({ links: [aLink('kisumu', { classes, catchment }), aLink('siaya', { classes, runsAt: 'other', catchment })] });
    expect(siteNeeds(byProgram, 'central').reads).toEqual(['location', 'patient', 'programenrollment']);
    expect(siteNeeds(byProgram, 'central').feeds).toContain('programenrollment');
    expect(siteNeeds(byProgram, 'kisumu').reads).toEqual(['location', 'patient']);
    expect(siteNeeds(byProgram, 'kisumu').feeds).not.toContain('programenrollment');
  });

  it('is to tell, as the parent, who is in the cohorts that a catchment goes by', () => {
    const catchment: Catchment = { rule: 'not', of: { rule: 'cohort', isOneOf: ['8d6c993e-c2cc-11de-8d13-0010c6dffd0f'] } };
    const byCohort = aConfiguration({ links: [aLink('kisumu', { classes, catchment }), aLink('siaya', { classes, runsAt: 'other', catchment })] });
    expect(['central', 'kisumu', 'siaya'].map((site) => siteNeeds(byCohort, site).readsCohorts)).toEqual([true, false, false]);
  });

  it('is to be written by what the class says, else the link, else the site', () => {
    const [down, up] = [
      { pull: true, push: false },
      { pull: false, push: true },
    ];
    const clients = (change: Parameters<typeof aLink>[1], client: 'rest' | 'fhir-r4' = 'rest') =>
      siteNeeds(
        aConfiguration({ sites: [aSite('central'), aSite('kisumu', { client })], links: [aLink('kisumu', { classes: { patient: down }, ...change })] }),
        'kisumu',
      ).clients;
    expect([clients({}), clients({}, 'fhir-r4'), clients({ client: 'fhir-stu3' }, 'fhir-r4')]).toEqual([['rest'], ['fhir-r4'], ['fhir-stu3']]);
    expect(clients({ client: 'fhir-stu3', classes: { patient: { ...down, client: 'rest' }, location: down } })).toEqual(['fhir-stu3', 'rest']);
    expect(clients({ classes: { patient: { ...up, client: 'fhir-r4' } } })).toEqual([]);
  });

  it('is nothing where another instance runs its links', () => {
    expect(siteNeeds(configuration, 'siaya')).toEqual({
      reads: [],
      writes: [],
      feeds: [],
      teller: 'generic',
      isParent: false,
      mapped: [],
      readsCohorts: false,
      clients: [],
    });
  });
});

describe('what a mapping asks of the ends of its link', () => {
  const mappings = { form: { theirs: 'ours', second: 'theirs' } };
  const configuration = aConfiguration({ links: [aLink('kisumu', { mappings })] });
  const named = (site: string) => siteNeeds(configuration, site).mapped.map(({ uuid, mustBeThere }) => `${uuid} ${mustBeThere}`);

  it('is that each has what it is said to have, and the parent nothing under a uuid by which the child means something else', () => {
    expect(named('kisumu')).toEqual(['ours true', 'theirs true']);
    expect(named('central')).toEqual(['theirs true', 'second true', 'ours false']);
  });
});

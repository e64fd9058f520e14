import { describe, expect, it } from '@jest/globals';
import { siteNeeds } from './site-needs.js';
import { aConfiguration, aLink } from './testing/configuration.builder.js';

describe('what links ask of a site', () => {
  const classes = { location: { pull: true, push: false }, patient: { pull: false, push: true } };
  const configuration = aConfiguration({ links: [aLink('kisumu', { classes }), aLink('siaya', { classes, runsAt: 'other' })] });

  it('is to read all that travels there, and to be written what comes its way', () => {
    expect(siteNeeds(configuration, 'kisumu')).toMatchObject({ reads: ['location', 'patient'], writes: ['location'], isParent: false });
    expect(siteNeeds(configuration, 'central')).toMatchObject({ reads: ['location', 'patient'], writes: ['patient'], isParent: true });
    expect(siteNeeds(configuration, 'kisumu').feeds).toContain('patient_identifier');
  });

  it('is nothing where another instance runs its links', () => {
    expect(siteNeeds(configuration, 'siaya')).toEqual({ reads: [], writes: [], feeds: [], flavour: 'generic', isParent: false });
  });
});

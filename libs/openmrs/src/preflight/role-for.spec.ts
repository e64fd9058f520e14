import { describe, expect, it } from '@jest/globals';
import type { SiteNeeds } from './preflight.js';
import { type RoleVersions, roleFor } from './role-for.js';

const needs = (more: Partial<SiteNeeds> = {}): SiteNeeds => ({
  reads: ['person'],
  writes: ['person'],
  feeds: [],
  teller: 'generic',
  isParent: false,
  mapped: [],
  readsCohorts: false,
  clients: ['rest'],
  ...more,
});
const role = (versions: Partial<RoleVersions>, more: Partial<SiteNeeds> = {}) => {
  const { privileges, leftOut } = roleFor(needs(more), { platform: '2.8.0', rest: '3.4.0', ...versions });
  return { has: privileges.map(({ name }) => name), lacks: leftOut.map(({ name }) => name) };
};

describe('the role of our account at a site', () => {
  it('has just what the links ask for, and what is of use', () => {
    expect(role({})).toEqual({
      has: [
        ...['Add People', 'Delete People', 'Edit People', 'Get Concepts', 'Get Global Properties', 'Get People', 'Get Person Attribute Types'],
        ...['Get Users', 'Set Audit Data', 'View Administration Functions'],
      ],
      lacks: [],
    });
  });

  it('calls the rights to read as the platform does: before 1.11 otherwise', () => {
    expect(role({ platform: '1.11.0' }).has).toContain('Get People');
    for (const platform of ['1.9.13', '1.10.7'])
      expect(role({ platform }).has).toEqual(expect.arrayContaining(['View People', 'View Global Properties', 'Add People']));
    expect(role({ platform: '1.10.0' }, { reads: ['order'] }).has).toEqual(expect.arrayContaining(['Get Care Settings', 'View Orders']));
  });

  it('leaves out what a module asks for that is not there', () => {
    const writes = ['appointment'] as const;
    const own = ['Manage Appointments', 'View Appointment Services', 'View Appointments'];
    expect(role({}, { writes }).has).toEqual(expect.arrayContaining(own));
    expect(role({ modules: { appointments: '2.1.0' } }, { writes }).lacks).toEqual([]);
    expect(role({ modules: { fhir2: '4.2.0' } }, { writes }).lacks).toEqual(own);
  });

  it('leaves out what the platform does not have, and says so', () => {
    const writes = ['condition', 'medicationdispense', 'programattributetype'] as const;
    expect(role({ platform: '2.1.4', rest: '2.20' }, { writes }).lacks).toEqual([
      ...['Edit Conditions', 'Edit Medication Dispense', 'Get Conditions', 'Get Medication Dispense'],
      ...['Get Patient Program Attribute Types', 'Get Users', 'Manage Patient Program Attribute Types', 'Set Audit Data'],
    ]);
    expect(role({ platform: '2.8.0' }, { writes }).lacks).toEqual(['Get Patient Program Attribute Types', 'Manage Patient Program Attribute Types']);
    expect(role({ rest: null }).lacks).toEqual(['Get Users', 'Set Audit Data']);
    expect(role({ rest: null }, { reads: ['user'], writes: ['user'] }).has).toContain('Get Users');
  });
});

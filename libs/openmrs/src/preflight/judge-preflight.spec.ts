import { describe, expect, it } from '@jest/globals';
import { judgeFeeds } from './judge-feeds.js';
import { judgePreflight } from './judge-preflight.js';
import { neededPrivileges } from './needed-privileges.js';
import type { PreflightFacts, SiteNeeds } from './preflight.js';

const NEEDS: SiteNeeds = {
  reads: ['patient', 'location'],
  writes: ['patient'],
  feeds: ['patient'],
  teller: 'generic',
  isParent: true,
  mapped: [],
  readsCohorts: false,
  clients: ['rest'],
};
const GOOD: PreflightFacts = {
  baseUrl: 'https://emr.example.org/openmrs',
  contact: { kind: 'let-in' },
  account: { uuid: 'a', privileges: [...neededPrivileges(NEEDS).keys(), 'View Administration Functions', 'Set Audit Data', 'Get Users'], isSuperUser: false },
  platform: '2.8.0  Build 0',
  modules: { 'webservices.rest': '3.4.0', atomfeed: '1.0.13' },
  clockSkewMs: 800,
  clockWithinMs: 510,
  manners: { pages: { usual: 50, most: 100, from: 'settings' }, charset: { declared: 'utf-8', prolog: null, holds: true } },
  feedCharset: { declared: 'utf-8', prolog: 'utf-8', holds: true },
  settings: {},
  feeds: [{ category: 'patient', kind: 'entries', newest: '2026-11-24T07:42:07Z', perPage: 5, actionsNamed: true }],
  mismapped: [],
};
/** Before 1.11 the rights to read have other names. */
const asCalledBefore1_11 = { uuid: 'a', isSuperUser: false, privileges: (GOOD.account?.privileges ?? []).map((one) => one.replace(/^Get /, 'View ')) };
const judge = (facts: Partial<PreflightFacts> = {}, needs = NEEDS) => judgePreflight({ ...GOOD, ...facts }, needs);
const bad = (facts: Partial<PreflightFacts> = {}, needs = NEEDS) =>
  judge(facts, needs)
    .filter(({ verdict }) => verdict !== 'ok')
    .map(({ verdict, check }) => `${verdict} ${check}`);
const account = (without: readonly string[]) => ({
  uuid: 'a',
  isSuperUser: false,
  privileges: (GOOD.account?.privileges ?? []).filter((one) => !without.includes(one)),
});

describe('a preflight', () => {
  it('names a class of which the site has no way to write a record, with the reason, and no other', () => {
    const needs: SiteNeeds = { ...NEEDS, writes: ['patient', 'programattributetype', 'orderfrequency', 'caresetting', 'ordertype'] };
    const classes = (facts: Partial<PreflightFacts>) => bad(facts, needs).filter((line) => line.includes('class'));
    const versions = (platform: string, rest: string) => ({ platform, modules: { 'webservices.rest': rest, atomfeed: '1.0.13' } });
    expect(classes(versions('2.8.0', '3.4.0'))).toEqual(['warning class caresetting']);
    const old = ['warning class programattributetype', 'warning class orderfrequency', 'warning class caresetting'];
    expect(classes(versions('2.1.4', '2.20.0'))).toEqual(old);
    const told = judge(versions('2.1.4', '2.20.0'), needs).find(({ check }) => check === 'class orderfrequency');
    expect(told?.found).toBe('is not written there: webservices.rest writes none before 2.25 (RESTWS-708)');
    expect([classes({ platform: null }), classes({ modules: null })]).toEqual([[], []]);
    const enrollments = judge(versions('2.3.5', '2.29.0'), { ...NEEDS, writes: ['programenrollment'] }).filter(
      ({ check }) => check === 'class programenrollment',
    );
    expect(enrollments.map(({ found }) => found)).toEqual([expect.stringContaining('arrives there without its states: webservices.rest before 3.0')]);
  });

  it('names each mapping that is not true of the site, with what to correct, and says so where all are', () => {
    const there = { link: 'kisumu', kind: 'concept', uuid: 'theirs', mustBeThere: true } as const;
    const needs: SiteNeeds = { ...NEEDS, mapped: [there] };
    const told = (facts: Partial<PreflightFacts>) => judge(facts, needs).filter(({ check }) => check.startsWith('mapping'));
    expect(told({})).toEqual([expect.objectContaining({ check: 'mappings', verdict: 'ok' })]);
    expect(told({ mismapped: [there, { ...there, uuid: 'ours', mustBeThere: false }] })).toEqual([
      expect.objectContaining({ check: 'mapping of concept/theirs', verdict: 'problem', fix: expect.stringContaining('mappings.concept of link kisumu') }),
      expect.objectContaining({ check: 'mapping of concept/ours', verdict: 'problem', found: expect.stringContaining('the parent has another') }),
    ]);
  });

  it('says where nobody can tell whose a new allergy is, and asks for rights to allergies only where they travel', () => {
    const needs: SiteNeeds = { ...NEEDS, reads: ['allergy'], writes: ['allergy'], isParent: false };
    const classes = (modules: Record<string, string>) => bad({ modules: { ...GOOD.modules, ...modules } }, needs).filter((line) => line.includes('class'));
    expect([classes({}), classes({ fhir2: '1.3.0' })]).toEqual([['warning class allergy'], []]);
    const rights = (of: SiteNeeds) => [...neededPrivileges(of).keys()].filter((name) => name.includes('Allergies'));
    expect(rights(needs)).toEqual(['Add Allergies', 'Delete Allergies', 'Edit Allergies', 'Get Allergies']);
    expect(rights({ ...NEEDS, writes: ['patient'] })).toEqual([]);
  });

  it('finds nothing wrong with a site that is ready', () => {
    expect(bad()).toEqual([]);
    expect(judge().every(({ fix }) => fix === null)).toBe(true);
  });

  it.each([
    ['a connection that is refused', { contact: { kind: 'no-answer', reason: 'refused' } }, ['problem address']],
    ['a certificate that nobody trusts', { contact: { kind: 'no-answer', reason: 'certificate' } }, ['problem encryption']],
    ['another program at the address', { contact: { kind: 'not-openmrs', status: 404 } }, ['problem address']],
    ['a login that is refused', { contact: { kind: 'not-let-in' } }, ['problem login']],
    ['an address without encryption', { baseUrl: 'http://emr.example.org/openmrs' }, ['warning encryption']],
    ['one without, on this machine', { baseUrl: 'http://127.0.0.1:8080/openmrs' }, []],
    ['an account that may do everything', { account: { uuid: 'a', privileges: [], isSuperUser: true } }, ['warning privileges']],
    ['a privilege that is needed', { account: account(['Edit Patients']) }, ['problem privilege Edit Patients']],
    ['a privilege that a part of the record needs', { account: account(['Add Patient Identifiers']) }, ['problem privilege Add Patient Identifiers']],
    ['a privilege for what a void would take', { account: account(['Get Visits']) }, ['problem privilege Get Visits']],
    ['the privilege for the engine’s claim', { account: account(['Manage Global Properties']) }, ['problem privilege Manage Global Properties']],
    ['a privilege that is only of use', { account: account(['Set Audit Data']) }, ['warning privilege Set Audit Data']],
    ['one that is of use to say who entered what', { account: account(['Get Users']) }, ['warning privilege Get Users']],
    ['a platform that is not told', { platform: null }, ['warning platform']],
    ['a platform that is too old', { platform: '1.8.4', account: asCalledBefore1_11 }, ['problem platform']],
    ['a platform that calls the rights to read otherwise', { platform: '1.10.7', account: asCalledBefore1_11 }, []],
    ['a platform that is not told, and may call them otherwise', { platform: null, account: asCalledBefore1_11 }, ['warning platform']],
    ['an old REST module', { modules: { 'webservices.rest': '2.13', atomfeed: '1.0.13' } }, ['warning webservices.rest']],
    ['a REST module that is too old', { modules: { 'webservices.rest': '2.12.4f1cd2', atomfeed: '1.0.13' } }, ['problem webservices.rest']],
    ['a site without a feed module', { modules: { 'webservices.rest': '3.4.0' } }, ['problem feed module']],
    ['a feed that is ahead of its data', { modules: { 'webservices.rest': '3.4.0', atomfeed: '1.0.9' } }, ['warning feed module']],
    ['the Bahmni flavour', { modules: { 'webservices.rest': '3.4.0', 'openmrs-atomfeed': '2.6.0' } }, ['warning feed module']],
    ['modules that are not told', { modules: null }, ['warning modules']],
    ['a clock that is a minute off', { clockSkewMs: -60_000 }, ['warning clock']],
    ['a clock that is an hour off', { clockSkewMs: 3_600_000 }, ['problem clock']],
    ['a clock that is not told', { clockSkewMs: null }, ['warning clock']],
    ['a feed that never had an entry', { feeds: [{ category: 'patient', kind: 'never-had-an-entry' }] }, ['warning feed of patient']],
    [
      'a feed of another flavour than the configuration says',
      { feeds: [{ category: 'patient', kind: 'entries', newest: '', perPage: 5, actionsNamed: false }] },
      ['problem feed of patient'],
    ],
    ['a feed that cannot be read', { feeds: [{ category: 'patient', kind: 'unreadable', code: 'not-allowed' }] }, ['problem feed of patient']],
    ['settings that may not be read', { settings: null }, ['warning settings']],
    ['small pages', { settings: { 'webservices.rest.maxResultsAbsolute': '20' } }, ['warning setting webservices.rest.maxResultsAbsolute']],
    [
      'a lock after few tries',
      { settings: { 'security.allowedFailedLoginsBeforeLockout': '2' } },
      ['warning setting security.allowedFailedLoginsBeforeLockout'],
    ],
    ['identifier types that are locked', { settings: { 'patientIdentifierTypes.locked': 'TRUE' } }, ['warning setting patientIdentifierTypes.locked']],
  ] as readonly (readonly [string, Partial<PreflightFacts>, readonly string[]])[])('of %s', (_, facts, expected) => {
    expect(bad(facts)).toEqual(expected);
    expect(judge(facts).every(({ verdict, fix }) => (verdict === 'ok') === (fix === null))).toBe(true);
  });

  it('asks for no more than what travels: who only reads needs no right to write, and no setting of what does not travel is looked at', () => {
    const reader = { ...NEEDS, writes: [], isParent: false };
    const goesByCohorts = { ...NEEDS, readsCohorts: true };
    expect([NEEDS, goesByCohorts].map((needs) => neededPrivileges(needs).has('Get Patient Cohorts'))).toEqual([false, true]);
    expect([...neededPrivileges(reader).keys()].filter((name) => !name.startsWith('Get '))).toEqual([]);
    const visits = { settings: { 'visits.autoCloseVisitType': 'all' } };
    expect(bad(visits)).toEqual([]);
    expect(bad(visits, { ...NEEDS, reads: [...NEEDS.reads, 'visit'] }).filter((one) => one.startsWith('warning setting'))).toEqual([
      'warning setting visits.autoCloseVisitType',
    ]);
  });

  it('of metadata asks for the right to manage what is written, and says how a site comes to tell of it', () => {
    const needs: SiteNeeds = { ...NEEDS, reads: ['visittype', 'locationtag'], writes: ['visittype'], isParent: false };
    const named = [...neededPrivileges(needs).keys()].filter((name) => name !== 'Get Global Properties');
    expect(named).toEqual(['Get Locations', 'Get Visit Types', 'Get Visits', 'Manage Visit Types']);
    expect(judgeFeeds([{ category: 'visittype', kind: 'never-had-an-entry' }], 'generic')).toMatchObject([
      { verdict: 'warning', fix: expect.stringContaining('does not publish such records') },
    ]);
    const locked = { settings: { 'EncounterType.encounterTypes.locked': 'true' } };
    expect(bad(locked, { ...needs, writes: ['encountertype'] }).filter((one) => one.startsWith('warning setting'))).toEqual([
      'warning setting EncounterType.encounterTypes.locked',
    ]);
  });

  it('says what the preferred clients come to', () => {
    const found = (clients: SiteNeeds['clients'], modules: Readonly<Record<string, string>>) =>
      judge({ modules: { ...GOOD.modules, ...modules } }, { ...NEEDS, clients }).flatMap(({ check, verdict }) =>
        check.startsWith('client') ? [`${verdict} ${check}`] : [],
      );
    expect(found(['rest'], {})).toEqual([]);
    expect(found(['fhir-r4', 'fhir-stu3'], { fhir2: '2.5.0' })).toEqual(['ok client fhir-r4', 'warning client fhir-stu3']);
    expect(found(['fhir-r4'], {})).toEqual(['warning client fhir-r4']);
    expect(judge({ modules: null }, { ...NEEDS, clients: ['fhir-r4'] }).find(({ check }) => check === 'client fhir-r4')?.verdict).toBe('warning');
  });
});

import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { loadConfiguration, parseConfiguration } from './load-configuration.js';
import { ConfigurationError } from './problem.js';

const exampleUrl = new URL('../../../docs/examples/sync-hub.yml', import.meta.url);
const example = await readFile(exampleUrl, 'utf8');

function refusal(text: string): ConfigurationError {
  try {
    loadConfiguration(text, 'sync-hub.yml');
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

const PAGE = '"https://emr.health.example/openmrs/spa/patient/{uuid}/chart"';

/** The example with one piece of text replaced, and the line (from 1) on which the replacement stands. */
function slip(from: string, to: string): { text: string; line: number } {
  const start = example.indexOf(from);
  if (start === -1) throw new Error(`the example does not contain ${from}`);
  return { text: example.replace(from, to), line: example.slice(0, start).split('\n').length };
}

describe('loading a configuration', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('reads the example of the documentation and fills in the defaults', () => {
    const { instance, sites, links } = loadConfiguration(example, 'sync-hub.yml');
    expect(instance).toEqual({ id: 'central-hub', readOnly: false });
    expect(sites.map(({ id, maxInFlight, longestRequestSeconds, feed }) => [id, maxInFlight, longestRequestSeconds, feed.pollSeconds])).toEqual([
      ['central', 6, 60, 10],
      ['kisumu', 4, 120, 30],
      ['siaya', 6, 60, 10],
    ]);
    const both = { pull: true, push: true };
    expect(links[0]?.classes).toEqual({
      location: { pull: true, push: false },
      patient: both,
      visit: both,
      encounter: both,
      observation: { pull: false, push: true },
      visittype: { pull: true, push: false },
      encountertype: { pull: true, push: false },
      concept: { pull: 'compare', push: false },
    });
  });

  it('reads the same from JSON, tabs and all', () => {
    const loaded = loadConfiguration(example, 'sync-hub.yml');
    expect(loadConfiguration(JSON.stringify(loaded, null, '\t'), 'sync-hub.json')).toEqual(loaded);
  });

  it('names path, line and column, what was found, what is allowed and what was meant', () => {
    const { text, line } = slip('startAt: beginning # or', 'startAt: begining # or');
    expect(refusal(text).message).toBe(
      [
        'sync-hub.yml cannot be used, one problem:',
        `  sync-hub.yml:${line}:16 sites[0].feed.startAt: found the text "begining"; allowed: beginning or now; did you mean beginning?`,
      ].join('\n'),
    );
  });

  it('names every problem at once', () => {
    const { problems } = refusal(
      example.replace('readOnly', 'x').replace('maxInFlight: 4', 'maxInFlight: 400').replace('      pollSeconds: 30', '      polSeconds: 30'),
    );
    expect(problems.map(({ path, didYouMean }) => [path.join('.'), didYouMean])).toEqual([
      ['sites.1.maxInFlight', null],
      ['sites.1.feed.polSeconds', 'pollSeconds'],
    ]);
  });

  it.each<[string, string, string, string, string, string | null]>([
    ['an unknown key', 'catchment: # which', 'catchement: # which', 'links[0].catchement', 'an unknown key', 'catchment'],
    [
      'an unknown key of a switch',
      'patient: { pull: true, push: true }',
      'patient: { pul: true, push: true }',
      'links[0].classes.patient.pul',
      'an unknown key',
      'pull',
    ],
    ['an unknown class', 'location: { pull: true }', 'locations: { pull: true }', 'links[0].classes.locations', 'an unknown key', 'location'],
    ['an unknown rule', 'rule: address', 'rule: adress', 'links[0].catchment.rule', 'the text "adress"', 'address'],
    [
      'an unknown part of an address',
      'field: countyDistrict',
      'field: countryDistrict',
      'links[0].catchment.field',
      'the text "countryDistrict"',
      'countyDistrict',
    ],
    ['a client that is not there', 'client: rest', 'client: fhir', 'sites[0].client', 'the text "fhir"', null],
    ['a word where a switch is due', '{ pull: true }', '{ pull: yes }', 'links[0].classes.location.pull', 'the text "yes"', null],
    ['a number where text is due', 'id: kisumu', 'id: 17', 'sites[1].id', 'the number 17', null],
    ['a dot in an id', 'id: kisumu', 'id: kisumu.north', 'sites[1].id', 'the text "kisumu.north"', null],
    [
      'no place for the feed to start',
      '      startAt: beginning # or now; there is no default\n',
      '      pollSeconds: 5\n',
      'sites[0].feed.startAt',
      'nothing',
      null,
    ],
    ['a slash at the end', 'emr.health.example/openmrs', 'emr.health.example/openmrs/', 'sites[0].baseUrl', 'text', null],
    ['a scheme that is not http', 'https://emr', 'ftp://emr', 'sites[0].baseUrl', 'text', null],
    [
      'a page that is no patient’s',
      '"https://emr.health.example/openmrs/spa/patient/{uuid}/chart"',
      'https://emr.health.example/openmrs/spa',
      'sites[0].patientPage',
      'text',
      null,
    ],
    ['a page that is run instead of opened', PAGE, '"javascript:{uuid}"', 'sites[0].patientPage', 'text', null],
    ['a page on a server that is named by the patient', PAGE, '"https://{uuid}.example/"', 'sites[0].patientPage', 'text', null],
    ['an unknown time zone', 'Africa/Nairobi', 'Africa/Nairobbi', 'sites[1].timeZone', 'the text "Africa/Nairobbi"', null],
    ['an hour that is none', 'timeZone: Africa/Nairobi', 'windows: [{ from: 25:00, to: 06:00 }]', 'sites[1].windows[0].from', 'the text "25:00"', null],
    [
      'a day that is none',
      'timeZone: Africa/Nairobi',
      'windows: [{ days: [mo], from: 20:00, to: 06:00 }]',
      'sites[1].windows[0].days[0]',
      'the text "mo"',
      'mon',
    ],
    ['no windows where some are due', 'timeZone: Africa/Nairobi', 'windows: []', 'sites[1].windows', 'an empty list', null],
    ['windows by the clocks of no zone', 'timeZone: Africa/Nairobi', 'windows: [{ from: 20:00, to: 06:00 }]', 'sites[1].timeZone', 'nothing', null],
    ['a site that is none', 'child: kisumu', 'child: kisum', 'links[0].child', '"kisum", which is no site', 'kisumu'],
    ['no area', 'isOneOf: [Kisumu East, Kisumu West]', 'isOneOf: []', 'links[0].catchment.isOneOf', 'an empty list', null],
  ])('refuses %s', (_what, from, to, path, found, hint) => {
    const { problems, details } = refusal(slip(from, to).text);
    expect(details['paths']).toContain(path);
    expect(problems).toContainEqual(expect.objectContaining({ found, didYouMean: hint }));
  });

  it('points at the line of the slip', () => {
    const { text, line } = slip('field: countyDistrict', 'feild: countyDistrict');
    expect(refusal(text).problems.map((problem) => [problem.path.join('.'), problem.line, problem.didYouMean])).toEqual([
      ['links.0.catchment.field', line - 1, null],
      ['links.0.catchment.feild', line, 'field'],
    ]);
  });

  it('refuses a link without a catchment, which would let nothing through', () => {
    const text = example.replace(/ {4}catchment:\n {6}rule: everyone\n/, '');
    expect(refusal(text).message).toContain('links[1].catchment: found nothing; allowed: the rule that says which patients the child holds');
  });

  it.each([
    ['in a login', '{ env: CENTRAL_USERNAME }', 'hunter2'],
    ['in braces', '{ env: CENTRAL_USERNAME }', '{ hunter2 }'],
    ['of a template nobody filled in', '{ env: CENTRAL_USERNAME }', '{{ hunter2 }}'],
    ['as the name of a variable', '{ env: CENTRAL_USERNAME }', '{ env: "hunter2 !" }'],
    ['under another key', '{ env: CENTRAL_USERNAME }', '{ value: hunter2 }'],
    ['in the address', 'https://emr', 'https://admin:hunter2@emr'],
    ['in text that is no YAML', '{ env: CENTRAL_USERNAME }', '"hunter2" hunter2: ]'],
    ['as a key of the login', 'username: { env: CENTRAL_USERNAME }', 'hunter2: { env: CENTRAL_USERNAME }'],
    ['under an unknown key', 'maxInFlight: 4', 'password: hunter2'],
    ['where a number is due', 'maxInFlight: 4', 'pollSeconds: { hunter2: hunter2 }'],
    ['behind an alias that leads nowhere', '{ env: CENTRAL_USERNAME }', '*hunter2'],
  ])('never repeats a secret that stands %s', (_where, from, to) => {
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const error = refusal(slip(from, to).text);
    expect(JSON.stringify([error.message, error.details, error.problems, error.stack, warned.mock.calls])).not.toContain('hunter2');
  });

  it('says in plain words that a secret does not belong into the file', () => {
    const { message } = refusal(slip('{ env: KISUMU_PASSWORD }', 'hunter2').text);
    expect(message).toContain(
      'sites[1].login.password: found text; allowed: a reference to it, { env: NAME } or { file: PATH }: a secret itself never stands in the configuration',
    );
  });

  it.each([
    ['the same key twice', 'sites: []\nsites: []', 'sync-hub.yml:2:1 (the whole file): found the same key twice in one mapping'],
    ['a tab as indentation', 'instance:\n\tid: hub', 'sync-hub.yml:2:1'],
    ['a bracket that is not closed', 'sites: [', 'sync-hub.yml:1:9'],
    ['an empty file', '', 'found an empty value; allowed: instance, sites, links'],
    ['a file that is a list', '- a', 'found a list; allowed: instance, sites, links'],
    ['two documents', 'a: 1\n---\nb: 2', 'more than one document'],
    [
      'aliases that multiply',
      `a: &a [1,1,1,1,1,1,1,1,1,1]\n${[...'bcdefgh'].map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[index]}`).join(',')}]`).join('\n')}`,
      'an alias',
    ],
  ])('refuses %s', (_what, text, message) => {
    expect(refusal(text).message).toContain(message);
  });

  it('places problems of a value that came from no file by path alone', () => {
    expect(() => parseConfiguration({ instance: { id: 'hub' }, sites: [], links: [] })).toThrow(
      '  sites: found an empty list; allowed: a list of sites, at least 1',
    );
  });
});

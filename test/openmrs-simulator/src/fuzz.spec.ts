import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SAMPLE } from './index.js';
import { Random } from './random.js';
import { type Bench, bench } from './simulator.bench.js';

const RESOURCES = [
  'location',
  'person',
  'patient',
  'patientidentifiertype',
  'personattributetype',
  'locationtag',
  'concept',
  'systemsetting',
  'session',
  'module',
  'encounter',
  'visit',
  'nothing',
] as const;
const PARTS = ['name', 'address', 'attribute', 'identifier', 'x'] as const;
const KEYS = [
  'uuid',
  'person',
  'names',
  'addresses',
  'attributes',
  'identifiers',
  'identifier',
  'identifierType',
  'location',
  'name',
  'tags',
  'parentLocation',
  'childLocations',
  'gender',
  'birthdate',
  'birthtime',
  'dead',
  'causeOfDeath',
  'deleted',
  'voided',
  'retired',
  'value',
  'attributeType',
  'preferred',
  'preferredName',
  'age',
  'creator',
  'dateCreated',
  'property',
  'constructor',
  '__proto__',
  'format',
] as const;
const VIEWS = [
  '',
  '?v=full',
  '?v=ref',
  '?v=',
  '?v=custom:(uuid,names:(',
  '?q=%',
  '?limit=-1',
  '?limit=5&startIndex=99',
  '?purge=true',
  '?purge',
  '?reason=',
  '?v=custom:(links,person:full)',
  '?includeAll=true&totalCount=true',
] as const;

describe('no request', () => {
  let at: Bench;
  beforeEach(async () => {
    at = await bench({ seed: 'fuzz' });
  });
  afterEach(() => at.simulator.stop());

  function value(random: Random, known: readonly string[], depth = 0): unknown {
    const leaf = [null, true, 0, -7.5, '', 'x'.repeat(300), 'Clinic', '2020-01-01', '9999-99-99', '漢😀', SAMPLE.openmrsId, ...known];
    const roll = random.below(depth > 2 ? 6 : 10);
    if (roll < 6) return leaf[random.below(leaf.length)];
    if (roll < 8) return Array.from({ length: random.below(3) }, () => value(random, known, depth + 1));
    return Object.fromEntries(Array.from({ length: random.below(5) }, () => [random.pick(KEYS), value(random, known, depth + 1)]));
  }

  /** A body that would be taken, with one key gone astray in half of the cases. */
  function nearly(random: Random, known: readonly string[], path: string): unknown {
    const name = random.hex(6).toUpperCase();
    const person = { gender: random.pick(['F', 'M']), names: [{ givenName: name }], birthdate: '1990-01-01' };
    const body = path.startsWith('patient')
      ? { person, identifiers: [at.identifier(name)] }
      : { ...(path.startsWith('person') ? person : { name, description: name }), ...(path.endsWith('address') ? { address1: name } : {}) };
    return random.next() < 0.5 ? body : { ...body, [random.pick(KEYS)]: value(random, known) };
  }

  it('crashes it, leaves half a write behind, or stops its feed', async () => {
    const random = new Random('fuzz');
    const known = [at.clinic, at.simulator.clinician.addPatient(at.jane()), random.uuid()] as const;
    for (let i = 0; i < 400; i += 1) {
      const path = [
        random.next() < 0.7 ? random.pick(['location', 'person', 'patient']) : random.pick(RESOURCES),
        random.pick([...known, '%', '..', 'Clinic']),
        random.pick(PARTS),
        random.pick(known),
      ]
        .slice(0, 1 + random.below(4))
        .join('/');
      const method = random.pick(['GET', 'POST', 'POST', 'POST', 'POST', 'POST', 'PUT', 'DELETE']);
      const body = method === 'GET' ? undefined : random.pick([value(random, known), nearly(random, known, path), nearly(random, known, path), '{']);
      const before = at.simulator.writes().length;
      const state = JSON.stringify(at.simulator.state());
      const reply = await at.call(method, path + (random.next() < 0.6 ? '' : random.pick(VIEWS)), body);
      expect({ path, body, crashed: reply.json?.error?.code }).not.toMatchObject({ crashed: 'java.lang.RuntimeException:0' });
      const left = at.simulator.writes().length === before && JSON.stringify(at.simulator.state()) !== state;
      expect({ method, path, body, left }).toMatchObject({ left: false });
    }
    expect(at.simulator.writes('client').length).toBeGreaterThan(20);
    expect((await at.feed('location/recent')).status).toBe(200);
    expect((await at.feed('patient/1')).text).toContain('</feed>\r\n\r\n');
  });

  it('to the feed crashes it', async () => {
    const random = new Random('feed');
    for (let i = 0; i < 100; i += 1) {
      const path = `${random.pick(['location', '%', '..', 'a/b', ''])}/${random.pick(['recent', '1', '0', '-1', '1e9', 'recent.xml', 'recent/', '', '漢'])}`;
      const { status } = await at.feed(encodeURI(path), { accept: random.pick(['', '*/*', 'text/html', ';;', 'application/atom+xml;charset=UTF-8']) });
      expect([200, 404]).toContain(status);
    }
  });
});

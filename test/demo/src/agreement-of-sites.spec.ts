import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SAMPLE, type Simulator, sampleData, sampleMetadata, startSimulator } from '@sync-hub/openmrs-simulator';
import { compareSites, countRecords } from './agreement-of-sites.js';

describe('the agreement of sites', () => {
  let sites: Simulator[];
  const at = (index: number): Simulator => sites[index]!;
  const sample = sampleData('kisumu', 2);
  const patient = sample.patients[0]!;
  const uuid = patient.uuid!;
  const [country, district] = sample.locations.map((location) => String(location['uuid']));

  beforeEach(async () => {
    sites = await Promise.all(['central', 'kisumu', 'siaya'].map((id) => startSimulator({ id, profile: id === 'siaya' ? '2.1-old' : '2.8' })));
    for (const site of sites) {
      site.seedMetadata(sampleMetadata());
      site.load(sample);
    }
  });
  afterEach(() => Promise.all(sites.map((site) => site.stop())));

  /** The old platform mints uuids of its own; in the order in which the rows were entered. */
  const aliases = () => {
    const { locations, people } = at(2).state();
    const everywhere = [...sample.locations, ...sample.patients].map((row) => String(row['uuid']));
    const map = new Map([...locations, ...people].map((row, index): [string, string] => [everywhere[index]!, row.uuid]));
    return new Map([['siaya', map]]);
  };
  const differences = () => compareSites(sites, { aliases: aliases() });

  it('finds nothing where all hold the same, whatever uuids and stamps their rows have', () => {
    expect(differences()).toEqual([]);
    expect(countRecords(sites, { aliases: aliases() })).toBe(7);
  });

  it('names the scalar, and the sites in groups that hold the same', () => {
    at(1).clinician.edit('person', uuid, { birthdate: '1999-01-01' });
    expect(differences()).toEqual([{ record: `person/${uuid}`, field: 'birthdate', sites: [['central', 'siaya'], ['kisumu']] }]);
  });

  it.each<[string, (site: Simulator) => void, string[]]>([
    ['an added name', (site) => void site.clinician.addName(uuid, { givenName: 'Zawadi', familyName: 'Mutua' }), ['names']],
    ['an added address', (site) => void site.clinician.addAddress(uuid, { address1: 'Plot 1' }), ['addresses']],
    ['a changed attribute', (site) => void site.clinician.addAttribute(uuid, { attributeType: SAMPLE.phone, value: '1' }), ['attributes']],
    ['an added identifier', (site) => void site.clinician.addIdentifier(uuid, { identifier: 'N1', identifierType: SAMPLE.nationalId }), ['identifiers']],
    ['a voided patient', (site) => site.clinician.voidPatient(uuid), ['presence']],
    ['a record that is not elsewhere', (site) => void site.clinician.addLocation({ name: 'Here only' }), ['presence']],
    ['a moved location', (site) => site.clinician.moveLocation(district!, null), ['parentLocation']],
    ['a location without its tags', (site) => site.clinician.edit('location', country!, { tags: [SAMPLE.visitTag] }), ['tags']],
    [
      'a location with an attribute',
      (site) => site.clinician.edit('location', country!, { attributes: [{ attributeType: SAMPLE.facilityCode, value: 'K1' }] }),
      ['attributes'],
    ],
  ])('sees %s', (_, change, fields) => {
    change(at(0));
    expect(differences().map(({ field }) => field)).toEqual(fields);
  });

  it('sees which name is preferred', () => {
    const names = sites.slice(0, 2).map((site) => site.clinician.addName(uuid, { givenName: 'Zawadi', familyName: 'Mutua' }));
    at(0).clinician.setPreferredName(uuid, names[0]!);
    expect(compareSites(sites.slice(0, 2)).map(({ field }) => field)).toEqual(['preferredName']);
  });

  it('takes a record that was voided here and never came there for the same', () => {
    const location = at(0).clinician.addLocation({ name: 'Short-lived' });
    at(0).clinician.retireLocation(location);
    expect(differences()).toEqual([]);
  });

  it('takes no notice of an item that is voided', () => {
    for (const site of sites.slice(0, 2)) site.clinician.voidName(site.clinician.addName(uuid, { givenName: 'Zawadi', familyName: site.id }));
    expect(differences()).toEqual([]);
  });

  it('leaves out what is not in scope, and what a platform has no column for', () => {
    for (const site of sites.slice(0, 2)) site.clinician.edit('person', uuid, { dead: true, causeOfDeathNonCoded: 'unknown' });
    expect(differences().map(({ field }) => field)).toEqual(['dead']);
    expect(compareSites(sites, { aliases: aliases(), inScope: (record) => record.startsWith('location/') })).toEqual([]);
  });
});

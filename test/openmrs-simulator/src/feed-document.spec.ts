import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type FeedFlavour, type FeedRow, FeedTables, feedDocument } from './index.js';

const SAMPLES = new URL('../../../../shared/reference/atomfeed-samples/', import.meta.url);
const there = existsSync(SAMPLES);
if (!there) process.stderr.write('SKIPPED: the recorded feed documents are not there, the serializer was not compared with them\n');
const sample = (name: string): string => readFileSync(new URL(name, SAMPLES), 'utf8');

const CATCHMENT =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><feedFilter><beanName>atomfeed.locationFeedFilterStrategy</beanName><filter>Poland%Pomorskie%Gdansk%Tczew%80-456</filter></feedFilter>';

/** A patient's row as the module stores it: action and filters in `tags`, the category in its own column too. */
const patient = (uuid: string, at: string, action: string, record: string, filtered = false): Omit<FeedRow, 'id'> => ({
  uuid,
  title: 'Patient',
  category: 'patient',
  tags: ['patient', action, ...(filtered ? [CATCHMENT] : [])].join(','),
  timestamp: Date.parse(`${at}Z`),
  dateCreated: 0,
  object: JSON.stringify({ rest: `/ws/rest/v1/patient/${record}?v=full`, fhir: `/ws/fhir/Patient/${record}` }),
});
const numbered = (n: number): string => `0000-4000-8000-${String(n).padStart(12, '0')}`;
const simple = (n: number, action: string, filtered = false) =>
  patient(`aaaaaaaa-${numbered(n)}`, `2023-11-14T22:13:${20 + n}`, action, `bbbbbbbb-${numbered(n)}`, filtered);

const SEVEN = [
  simple(1, 'CREATED', true),
  ...['UPDATED', 'VOIDED', 'UNVOIDED', 'UPDATED', 'DELETED', 'CREATED'].map((action, index) => simple(index + 2, action)),
];
const [MOVED, GONE] = ['2c167999-289d-45fa-9661-a43246302cd9', 'd15b23ed-02d5-4e28-aaed-9210c5004375'];
const TWELVE = [
  ...SEVEN.slice(0, 5),
  patient('35b353dd-402b-471a-9372-7ff25d7b347f', '2024-05-06T07:11:51', 'CREATED', 'eb5910f1-26e6-4c6f-afbd-df557096b883', true),
  patient('c053e996-a4c4-4c02-922f-b35e148d9e82', '2024-05-06T07:12:28', 'UPDATED', MOVED),
  patient('947c82ee-1735-49ed-80a4-7deecc7229ce', '2024-05-06T07:13:05', 'VOIDED', MOVED),
  patient('080b069b-5108-46b6-9ba0-a3f332f702b1', '2024-05-06T07:13:42', 'UPDATED', MOVED),
  patient('f95a6723-14a5-44b6-b6a1-cac9887336a7', '2024-05-06T07:14:19', 'DELETED', GONE, true),
  patient('7b06ee52-df9a-4487-8aaa-00013832cc52', '2024-05-06T07:14:56', 'CREATED', GONE),
  patient('f32a088b-988b-47d5-920b-c0bc3051ae6f', '2024-05-06T07:15:33', 'UPDATED', GONE),
];
const odd = (n: number, title: string | null, object: string | null, tags: string | null): Omit<FeedRow, 'id'> => ({
  uuid: `aaaaaaaa-${numbered(n)}`,
  title,
  object,
  tags,
  category: 'odd',
  timestamp: Date.parse('2026-11-22T21:46:35Z'),
  dateCreated: 0,
});
const ODD = [
  odd(8, 'T<&>"\' é ü 漢 😀', 'x<y>&amp; "q" é 漢 😀', 'odd,CREATED,a"b<c>&d\'e, spaced tag '),
  odd(9, null, null, null),
  odd(10, ' padded ', '  padded\n content ', ''),
  odd(11, '', '', null),
];

/** The same events as Bahmni's module tells them. */
const atBahmni = (category: 'patient' | 'Encounter', path: string) => (row: Omit<FeedRow, 'id'>) => ({
  ...row,
  title: category === 'patient' ? 'Patient' : 'Encounter',
  category,
  tags: category,
  object: path.replace('{uuid}', /patient\/([^?]+)/.exec(row.object ?? '')?.[1] ?? ''),
});
const SEVEN_PATIENTS = SEVEN.map(atBahmni('patient', '/openmrs/ws/rest/v1/patient/{uuid}?v=full'));
const TWELVE_ENCOUNTERS = TWELVE.map(atBahmni('Encounter', '/openmrs/ws/rest/v1/bahmnicore/bahmniencounter/{uuid}?includeAll=true'));

interface Asked {
  readonly query?: string;
  readonly flavour?: FeedFlavour;
}

function served(rows: readonly Omit<FeedRow, 'id'>[], category: string, base: string, asked: string, { query = '', flavour = 'generic' }: Asked = {}): string {
  const tables = new FeedTables(
    () => 0,
    () => '',
  );
  for (const row of rows) tables.add(row);
  const newest = tables.newestPage(category);
  const number = asked === 'recent' ? newest : Number(asked);
  const addressOf = (page: number): string => `${base}/openmrs/ws/atomfeed/${category}/${page}`;
  const self = `${base}/openmrs/ws/atomfeed/${category}/${asked}${query}`;
  const midnight = Date.parse('2026-11-22T00:00:00Z');
  return feedDocument({ flavour, rows: tables.page(category, number) ?? [], number, newest, self, via: addressOf(number), addressOf, midnight });
}

const LOCAL = 'http://localhost:8080';
const PARENT = 'http://parent.example.org:8080';

(there ? describe : describe.skip)('the feed document, byte for byte as the module writes it', () => {
  it.each([
    ['generic-1.xml', () => served(SEVEN, 'patient', LOCAL, '1')],
    ['generic-recent.xml', () => served(SEVEN, 'patient', LOCAL, 'recent')],
    ['generic-middle-page-2.xml', () => served(TWELVE, 'patient', PARENT, '2')],
    ['generic-recent-page-3.xml', () => served(TWELVE, 'patient', PARENT, 'recent')],
    ['generic-empty-recent.xml', () => served([], 'visit', LOCAL, 'recent')],
    ['generic-odd.xml', () => served(ODD, 'odd', 'https://h', 'recent', { query: '?x=1' })],
    ['bahmni-1.xml', () => served(SEVEN_PATIENTS, 'patient', LOCAL, '1', { flavour: 'bahmni' })],
    ['bahmni-recent.xml', () => served(SEVEN_PATIENTS, 'patient', LOCAL, 'recent', { flavour: 'bahmni' })],
    ['bahmni-middle-page-2.xml', () => served(TWELVE_ENCOUNTERS, 'encounter', PARENT, '2', { flavour: 'bahmni' })],
    ['bahmni-recent-page-3.xml', () => served(TWELVE_ENCOUNTERS, 'encounter', PARENT, 'recent', { flavour: 'bahmni' })],
  ])('is that of %s', (name, written) => {
    expect(written()).toBe(sample(name));
  });
});

describe('a row that XML cannot hold', () => {
  it.each(['a]]>b', 'a\u0001b'])('breaks its whole page: %j', (object) => {
    expect(() => served([...ODD, odd(12, 'bad', object, null)], 'odd', LOCAL, '1')).toThrow('Invalid XML');
  });
});

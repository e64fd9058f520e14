import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ORDER_TYPES, type Simulator, sampleData, sampleMetadata, startSimulator } from '@sync-hub/openmrs-simulator';
import { keepsCare } from './care-scene.js';
import { Clinicians } from './clinicians.js';
import { contentsOf, sameEverywhere } from './content.js';
import { tokensIn } from './ledger.js';
import { LIST_ACTS } from './list-acts.js';
import { LIST_KINDS, sharedLists } from './list-content.js';
import { TIE_ACTS } from './tie-acts.js';

let site: Simulator;
let clinicians: Clinicians;
beforeAll(async () => {
  site = await startSimulator({ id: 'kisumu', profile: '2.8' });
  site.seedMetadata({ ...sampleMetadata(), ordertype: ORDER_TYPES });
  const { locations, patients } = sampleData('kisumu', 6);
  site.load({ locations, patients: patients.filter(({ uuid }) => keepsCare(String(uuid))) });
  clinicians = new Clinicians({ seed: 'acts', sites: [site], hot: [], work: 'lists' });
  for (let n = 0; n < 450; n += 1) clinicians.edit();
});
afterAll(() => site.stop());

it('everything that people do with lists is seen in what their records say', () => {
  const acts = [...LIST_ACTS, ...TIE_ACTS].map(({ name }) => name);
  const seen = clinicians.ledger.edits.filter(({ changes }) => changes.length > 0).map(({ what }) => what);
  expect(acts.filter((name) => !seen.includes(name))).toEqual([]);
  expect(clinicians.refused.length).toBeLessThan(clinicians.ledger.edits.length / 4);
});

it('a live record of each kind is known again by a word of one person, or by a moment, and no word is in two records', () => {
  const contents = [...contentsOf(site.state(), sameEverywhere)];
  const wordsOf = (kind: string) =>
    contents
      .filter(([record]) => record.startsWith(`${kind}/`))
      .flatMap(([, held]) => tokensIn([...held].map(([path, value]) => `${path} ${value}`).join(' ')));
  expect(LIST_KINDS.filter((kind) => wordsOf(kind).length === 0)).toEqual(['relationship']); // its dates alone
  const perRecord = contents.map(([, held]) => new Set(tokensIn([...held].map(([path, value]) => `${path} ${value}`).join(' '))));
  const all = perRecord.flatMap((words) => [...words]);
  expect(all.filter((word, index) => all.indexOf(word) !== index)).toEqual([]);
});

it('is shared where more than one site has it live, by the name of each', () => {
  const known = (id: string) => (record: string) =>
    id === 'siaya' ? record.slice(record.indexOf('/') + 1).replace('minted', 'report') : sameEverywhere(record);
  const at = (id: string, uuid: string, gone = false) =>
    ({ id, state: () => ({ ...site.state(), diagnosticReports: [{ uuid, gone, values: {}, audit: {} }] }) }) as unknown as Simulator;
  const reports = (...sites: readonly Simulator[]) => sharedLists(sites, known).get('diagnosticreport');
  expect(reports(at('kisumu', 'report'), at('siaya', 'minted'))).toEqual([
    new Map([
      ['kisumu', 'diagnosticreport/report'],
      ['siaya', 'diagnosticreport/minted'],
    ]),
  ]);
  expect(reports(at('kisumu', 'report'), at('siaya', 'minted', true))).toBeUndefined();
});

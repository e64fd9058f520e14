import { describe, expect, it } from '@jest/globals';
import { OUTCOMES } from '@sync-hub/contracts';
import { anEnd } from './testing/overview.builder.js';
import { texts } from './testing/page.builder.js';

describe('the latest ends', () => {
  it('show when, which record, where, how, and how long it took', () => {
    expect(
      texts('ends', {
        ends: [anEnd({ lost: ['addresses'] }), anEnd({ kind: 'change', link: null, direction: null, end: 'as-agreed', fields: [], seconds: null })],
      }),
    ).toEqual([
      [
        '9 s ago | 10:41',
        'person/b1a7c9d0-52c1-4d8e-9f2e-1f6c2f0a9b11',
        'central → clinic kisumu | pull, link central-kisumu',
        'written: addresses and names | the site did not keep addresses',
        '0.6 s',
      ],
      ['9 s ago | 10:41', 'person/b1a7c9d0-52c1-4d8e-9f2e-1f6c2f0a9b11', 'noticed at clinic kisumu', 'nothing new', 'unknown'],
    ]);
  });

  it('say in one row what several looks found nothing new about', () => {
    const echo = (site: string, uuid: string) =>
      anEnd({ kind: 'change', link: null, direction: null, site, end: 'as-agreed', fields: [], record: { aggregate: 'person', uuid } });
    const [a, b] = ['b1a7c9d0-52c1-4d8e-9f2e-1f6c2f0a9b11', '8d6c993e-c2cc-11de-8d13-0010c6dffd0f'];
    const rows = texts('ends', { ends: [echo('kisumu', a), echo('central', b), echo('central', a), anEnd(), echo('central', a)] });
    expect(rows.map((row) => row.slice(1, 4))).toEqual([
      [`person/${a}`, 'noticed at clinic kisumu and central', 'nothing new | 3 looks'],
      [`person/${b}`, 'noticed at central', 'nothing new'],
      [`person/${a}`, 'central → clinic kisumu | pull, link central-kisumu', 'written: addresses and names'],
    ]);
  });

  it('count the fields where there are many, and say what presence is', () => {
    const fields = ['addresses', 'birthdate', 'gender', 'names', 'presence'];
    expect(texts('ends', { ends: [anEnd({ fields }), anEnd({ fields: ['presence'] })] }).map((row) => row[3])).toEqual([
      'written: 5 fields | addresses, birthdate, gender, names and presence (new, voided or restored)',
      'written: presence (new, voided or restored)',
    ]);
  });

  it('have words for every outcome', () => {
    expect(texts('ends', { ends: OUTCOMES.map((end) => anEnd({ end, fields: [] })) }).map((row) => row[3])).toEqual([
      'written',
      'already the same',
      'no longer admitted',
      'overtaken by a newer look',
      'discarded by a person',
    ]);
  });
});

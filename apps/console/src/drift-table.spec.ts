import { describe, expect, it } from '@jest/globals';
import type { DriftOverview, LinkDriftOverview } from './overview.js';
import { NO_DRIFT, secondsBefore } from './testing/overview.builder.js';
import { news, table, texts } from './testing/page.builder.js';

const drift = (changes: Partial<DriftOverview>): DriftOverview => ({
  kind: 'form',
  uuid: 'f1',
  found: 'differs',
  otherUuid: null,
  by: null,
  fields: [],
  heldFor: 0,
  ...changes,
});
const linksWith = (changes: Partial<LinkDriftOverview>) => [
  { link: 'central-kisumu', writing: 'live' as const, braked: null, drift: { ...NO_DRIFT, ...changes } },
];

describe('metadata that the ends of a link do not have alike', () => {
  it('is shown by what differs, what is held for it and what to do', () => {
    const drifts = [
      drift({ kind: 'encountertype', uuid: 't1', found: 'missing-at-child', heldFor: 3 }),
      drift({ found: 'missing-at-parent' }),
      drift({ found: 'other-uuid', otherUuid: 'f2', by: 'code' }),
      drift({ fields: ['presence', 'version'] }),
    ];
    expect(texts('drift-central-kisumu', { links: linksWith({ drifts }) })).toEqual([
      [
        'encountertype/t1',
        'missing at clinic kisumu',
        '3 records',
        'add it at clinic kisumu under that uuid, or pull it, or map it | npm run cli -- metadata pull central-kisumu encountertype t1',
      ],
      ['form/f1', 'missing at central', 'nothing', 'add it at central under that uuid, or map it | mappings.form of link central-kisumu'],
      [
        'form/f1',
        'is perhaps f2 at clinic kisumu, by its code',
        'nothing',
        'map it, if both are one thing | link central-kisumu, mappings: { form: { f1: f2 } }',
      ],
      ['form/f1', 'differs in whether it is in use and version', 'nothing', 'make them alike by hand where it matters | or let its class travel'],
    ]);
    expect(news({ links: linksWith({ drifts }) })).toContain(
      'bad: Link central-kisumu: 1 piece of metadata is missing, and records are held for want of it; see Metadata below',
    );
  });

  it('says when it was compared, and what could not be', () => {
    const explains = (changes: Partial<LinkDriftOverview>) => table('drift-central-kisumu', { links: linksWith(changes) }).explains;
    expect(explains({ comparedAt: null })).toContain('Not compared yet.');
    expect(news({ links: linksWith({ comparedAt: null }) })).toContain(
      'busy: Link central-kisumu waits for the first comparison of its metadata: nothing is written before it has ended',
    );
    expect(explains({ comparedAt: secondsBefore(600), notCompared: ['role: not-allowed'] })).toContain('ago. Could not be compared: role: not-allowed.');
    expect(news({ links: linksWith({}) }).filter((line) => line.includes('etadata'))).toEqual([]);
  });
});

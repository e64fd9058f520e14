import { describe, expect, it } from '@jest/globals';
import type { PairedLink } from '@sync-hub/runtime';
import { peopleIn } from './pairing-commands.js';
import { PAIRING_HEADER, pairingLines, pairingRows } from './pairing-lines.js';

const LINK = { id: 'kisumu', parent: 'central', child: 'kisumu' };
const NAMES = { parent: '=cmd|"x", Moraa', child: 'Moraa' };
const FOUND: PairedLink = {
  pairs: [
    {
      parent: 'p',
      child: 'c',
      identifierTypes: ['t', 'u'],
      isAmbiguous: true,
      names: NAMES,
      likeness: { name: 'similar', birthdate: 'unknown', gender: 'other' },
    },
  ],
  underOneUuid: ['both'],
  only: { parent: ['pp'], child: ['cc'] },
  heldAtBoth: [{ side: 'child', uuid: 'c2', other: 'both2' }],
  unknown: 2,
  unread: { contract: 1 },
  agreed: 7,
  accepted: ['a'],
  covered: { toldByChild: 5, listedAtChild: null, membersAtParent: 3, given: 4 },
};

describe('a pairing report', () => {
  it('says what speaks for one person and what against, what it covers, and nobody’s name', () => {
    const said = pairingLines(LINK, FOUND, { names: false, out: undefined }).join('\n');
    expect(said).toContain('for: 2 kinds of identifiers in common, similar name; against: another gender, an identifier that several have');
    expect(said).toContain('pairing accept kisumu p c');
    expect(said).toContain('Asked for: of kisumu 5 that the hub has been told of, and it has no fhir2');
    expect(said).toContain('Not read: 1 (contract).');
    expect(said).toContain('Of the list that was given, 2 are at neither end.');
    expect(said).not.toContain('Moraa');
    expect(pairingLines(LINK, FOUND, { names: true, out: undefined }).join('\n')).toContain(`${NAMES.parent} / ${NAMES.child}`);
    expect(pairingLines(LINK, FOUND, { names: true, out: 'f.csv' }).join('\n')).not.toContain('Moraa');
  });

  it('is a line for each in a file, which no spreadsheet takes for a formula', () => {
    const rows = pairingRows(FOUND, true);
    expect(rows).toEqual([
      `pair,p,c,t u,similar,unknown,other,yes,"'=cmd|""x"", Moraa",Moraa`,
      'has-identifier-of,both2,c2,,,,,,,',
      'one-uuid,both,both,,,,,,,',
      'child-only,,cc,,,,,,,',
      'parent-only,pp,,,,,,,,',
    ]);
    const columns = (names: boolean) =>
      new Set([PAIRING_HEADER(names), ...pairingRows(FOUND, names)].map((row) => row.replace(/"(?:[^"]|"")*"/g, '').split(',').length));
    expect([columns(true), columns(false)]).toEqual([new Set([10]), new Set([8])]);
    expect(pairingRows(FOUND, false).join()).not.toContain('Moraa');
  });
});

describe('a list of patients', () => {
  it('has a uuid or an identifier in the first column of each line', () => {
    const [uuid, old] = ['da7f524f-27ce-4bb2-86d6-6d1d05312bd5', `5946f880-b197-400b-9caa-a3c661d23041AA`.slice(0, 38)];
    expect(peopleIn(`\uFEFF# register\r\n${uuid};Moraa\r\n\n"100-8";1\n100-8\nKSM 12/7\t3\n${old}\n`)).toEqual({
      uuids: [uuid, old],
      identifiers: ['100-8', 'KSM 12/7'],
    });
  });
});

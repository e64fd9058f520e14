import { describe, expect, it } from '@jest/globals';
import { type Content, PRESENCE } from './content.js';
import { type Edit, hadSeen, Ledger } from './ledger.js';

const content = (fields: Readonly<Record<string, string | true>>): Content =>
  new Map<string, string | true>([[PRESENCE, 'present'], ...Object.entries(fields)]);
const edit = (ledger: Ledger, site: string, before: Content, after: Content): Edit =>
  ledger.write({ site, record: 'person/p', what: 'edit', before, after }) as Edit;

describe('who knew of an edit', () => {
  const ledger = new Ledger();
  const [first, second] = [content({ preferredName: 'old' }), content({ preferredName: 'new' })];
  const preferred = edit(ledger, 'kisumu', first, second);
  const named = edit(ledger, 'kisumu', second, content({ preferredName: 'new', 'attributes[phone]': 'SQ0001' }));
  const sawTheLatter = edit(ledger, 'central', content({ preferredName: 'old', 'attributes[phone]': 'SQ0001' }), content({ 'attributes[phone]': 'SQ0001' }));
  const sawNeither = edit(ledger, 'siaya', first, content({ gender: 'F' }));

  it('is whoever saw it, or what was typed at its site after it', () => {
    expect([hadSeen(sawTheLatter, named, ledger.edits), hadSeen(sawTheLatter, preferred, ledger.edits)]).toEqual([true, true]);
    expect([hadSeen(sawNeither, named, ledger.edits), hadSeen(sawNeither, preferred, ledger.edits)]).toEqual([false, false]);
  });

  it('is only whoever saw that edit itself, where a write was landing piece by piece', () => {
    expect([hadSeen(sawTheLatter, named, [named, sawTheLatter]), hadSeen(sawTheLatter, preferred, [preferred, sawTheLatter])]).toEqual([true, false]);
  });
});

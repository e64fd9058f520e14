import { describe, expect, it } from '@jest/globals';
import { RefusedError, type SiteId } from '@sync-hub/contracts';
import fc from 'fast-check';
import { type MappedUuid, mappedBooks } from './mapped-aliases.js';
import { MemoryAliasBook } from './testing/index.js';

const form = (uuid: string) => ({ aggregate: 'form' as const, uuid });
const uuid = fc.stringMatching(/^[a-e][0-4]$/);

/** A chain of sites: `clinic` below `district` below `top`; what is mapped on each link, and what each site minted itself. */
function chain(mapped: { readonly district?: readonly MappedUuid[]; readonly clinic?: readonly MappedUuid[] }) {
  const own = new Map(['top', 'district', 'clinic'].map((site) => [site, new MemoryAliasBook()]));
  const { of } = mappedBooks(
    (site: SiteId) => own.get(site)!,
    (site) =>
      site === 'district' ? { parent: 'top', mapped: mapped.district ?? [] } : site === 'clinic' ? { parent: 'district', mapped: mapped.clinic ?? [] } : null,
  );
  return { of, own: (site: string) => own.get(site)! };
}

/** Pairs of uuids of which no two have one in common on one side. */
const oneToOne = fc
  .tuple(fc.uniqueArray(uuid, { maxLength: 8 }), fc.uniqueArray(uuid, { maxLength: 8 }))
  .map(([parents, childs]) =>
    parents.flatMap((parent, index): MappedUuid[] => (childs[index] === undefined ? [] : [{ kind: 'form', parent, child: childs[index] }])),
  );

describe('mapped aliases', () => {
  it('say what a site calls what its parent has, and back, of that kind alone', async () => {
    const book = chain({ district: [{ kind: 'form', parent: 'theirs', child: 'ours' }] }).of('district');
    expect([await book.toLocal(form('theirs')), await book.toCanonical('form', 'ours')]).toEqual(['ours', 'theirs']);
    expect([await book.toLocal(form('other')), await book.toCanonical('form', 'other')]).toEqual(['other', 'other']);
    expect(await book.toLocal({ aggregate: 'role', uuid: 'theirs' })).toBe('theirs');
    expect([await book.isMapped(form('theirs')), await book.isMapped(form('ours'))]).toEqual([true, false]);
  });

  it('are followed by a book that was asked for earlier, once what is mapped is asked for anew', async () => {
    const own = new MemoryAliasBook();
    let ours = 'ours';
    const books = mappedBooks(
      () => own,
      (site) => (site === 'top' ? null : { parent: 'top', mapped: [{ kind: 'form', parent: 'theirs', child: ours }] }),
    );
    const book = books.of('district');
    expect(await book.toLocal(form('theirs'))).toBe('ours');
    ours = 'another';
    books.forget();
    expect([await book.toLocal(form('theirs')), await book.toCanonical('form', 'another')]).toEqual(['another', 'theirs']);
    expect([await book.allToLocal([form('theirs')]), await book.allToCanonical([form('another')])]).toEqual([['another'], ['theirs']]);
    expect(await book.isMapped(form('theirs'))).toBe(true);
    await book.remember(form('known'), 'minted');
    expect(await book.toLocal(form('known'))).toBe('minted');
  });

  it('hold down a chain of sites, whatever brought about the alias above', async () => {
    const district = [{ kind: 'form' as const, parent: 'at-top', child: 'at-district' }];
    const clinic = [
      { kind: 'form' as const, parent: 'at-district', child: 'at-clinic' },
      { kind: 'form' as const, parent: 'minted', child: 'mine' },
    ];
    const { of, own } = chain({ district, clinic });
    await own('district').remember(form('known'), 'minted');
    expect([await of('clinic').toLocal(form('at-top')), await of('clinic').toLocal(form('known'))]).toEqual(['at-clinic', 'mine']);
    expect([await of('clinic').toCanonical('form', 'at-clinic'), await of('clinic').toCanonical('form', 'mine')]).toEqual(['at-top', 'known']);
  });

  it('never call two records by one uuid, and lead back from every uuid that they lead to', () =>
    fc.assert(
      fc.asyncProperty(oneToOne, oneToOne, fc.uniqueArray(uuid), async (district, clinic, asked) => {
        const book = chain({ district, clinic }).of('clinic');
        const locals = new Map<string, string>();
        for (const one of asked) {
          const local = await book.toLocal(form(one)).catch((error: unknown) => {
            expect(error).toBeInstanceOf(RefusedError);
            return null;
          });
          if (local === null) continue;
          expect(locals.get(local)).toBeUndefined();
          locals.set(local, one);
          expect(await book.toCanonical('form', local)).toBe(one);
        }
      }),
      { numRuns: 500 },
    ));

  it('refuse what the site has under that uuid as something else', async () => {
    const book = chain({ district: [{ kind: 'form', parent: 'theirs', child: 'ours' }] }).of('district');
    await expect(book.toLocal(form('ours'))).rejects.toMatchObject({ code: 'mapped-to-another', details: { site: 'district', record: 'form/ours' } });
  });
});

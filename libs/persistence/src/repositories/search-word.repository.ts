import { type CanonicalRecord, identifierWord, nameWords, type SearchWord, searchWordsOf } from '@sync-hub/categories';
import type { SiteId, Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';
import type { Vault } from '../vault.js';

const contentOf = ({ by, word }: SearchWord): unknown => ['search', by, word];

const digestOf = (vault: Vault, word: SearchWord): string => vault.digest(contentOf(word)).slice(0, 22);

/** Notes by what a person is found, as the site has her now; what is not there says nothing. Written with each snapshot. */
export async function noteSearchWords(tx: Tx, vault: Vault, site: SiteId, record: CanonicalRecord): Promise<void> {
  if (record.presence !== 'present' || record.record.aggregate !== 'person') return;
  const words = searchWordsOf(record).map((word) => digestOf(vault, word));
  await tx.query(
    `with told as (select distinct word from unnest($3::text[]) as word),
       gone as (delete from search_word where site = $1 and uuid = $2 and not word in (select word from told))
     insert into search_word (site, uuid, word) select $1, $2, word from told order by word on conflict do nothing`,
    [site, record.record.uuid, words],
  );
}

/** So many are told at most: whoever has more says more of whom they look for. */
export const MOST_FOUND = 50;

/** Finds persons by what they are called, without anybody's name being kept here. */
export class SearchWordRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Who has an identifier that is written so. */
  byIdentifier(text: string): Promise<readonly Uuid[]> {
    return this.having([{ by: 'identifier', word: identifierWord(text) }]);
  }

  /** Who has all of these words in her names. */
  byName(text: string): Promise<readonly Uuid[]> {
    return this.having(nameWords(text).map((word) => ({ by: 'name', word })));
  }

  /** Under any of our keys: what was read before a key was changed is found still. */
  private async having(words: readonly SearchWord[]): Promise<readonly Uuid[]> {
    if (words.length === 0 || words.some(({ word }) => word === '')) return [];
    const digests = words.map((word) => this.vault.digests(contentOf(word)).map((digest) => digest.slice(0, 22)));
    const rows = await this.database.query<{ uuid: Uuid }>(
      `select uuid from search_word join jsonb_to_recordset($1) as asked (number int, digest text) on asked.digest = search_word.word
       group by uuid having count(distinct number) = $2 order by uuid limit ${MOST_FOUND}`,
      [JSON.stringify(digests.flatMap((all, number) => all.map((digest) => ({ number, digest })))), words.length],
    );
    return rows.map(({ uuid }) => uuid);
  }
}

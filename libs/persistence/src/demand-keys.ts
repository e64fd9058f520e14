import type { Database } from './database.js';
import { LostKeysError } from './lost-keys.error.js';
import type { Vault } from './vault.js';

interface Sealed {
  readonly sealed: Buffer;
  readonly context: string;
}

/** Opens what was sealed last, so that a process with the wrong keys stops before it does anything. @throws LostKeysError */
export async function demandKeys(database: Database, vault: Vault): Promise<void> {
  const last = await database.query<Sealed & Record<string, unknown>>(
    `(select sealed, 'snapshot:' || id as context from snapshot where length(sealed) > 0 order by taken_at desc limit 1)
     union all (select sealed, concat_ws(':', 'agreement', link, aggregate, uuid) from agreement limit 1)`,
  );
  for (const { sealed, context } of last) {
    try {
      vault.open(sealed, context);
    } catch {
      throw new LostKeysError('the keys that were given do not open what this database holds');
    }
  }
}

import { ChangeRepository, type Database, type Redrive, RedriveRepository } from '@sync-hub/persistence';

type Say = (line: string) => void;

/** What the words after `redrive` mean. */
export function redriveOf(word: string, next: string | undefined): Redrive {
  if (word === '--all') return 'everything';
  return word === '--reason' ? { reason: next ?? '' } : { id: word };
}

/** What is said here lies in the outbox; the running hub's sweep sends it within a few seconds. */
export async function redrive(database: Database, what: Redrive, say: Say): Promise<number> {
  const { result: looks } = await database.transaction(async (tx) => {
    const found = await new RedriveRepository().looksFor(tx, what);
    await new ChangeRepository(database).open(tx, found);
    return found;
  });
  say(looks.length === 0 ? 'Nothing is held that fits.' : `${looks.length} held, looked at again within seconds.`);
  return looks.length === 0 ? 1 : 0;
}

import type { Database } from '../database.js';

/** The identity of this very database, so that two engines of one name on two databases are told apart. Made by the first migration. */
export class InstallationRepository {
  constructor(private readonly database: Database) {}

  async id(): Promise<string> {
    const [row] = await this.database.query<{ id: string }>(`select id from installation`);
    return row?.id ?? 'unknown';
  }
}

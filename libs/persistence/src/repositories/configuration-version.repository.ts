import { ConfigurationChanged, type ConfigurationOrigin, type ConfigurationVersion, type LinkId, type SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';
import type { Vault } from '../vault.js';

/** What is kept of the configuration as its file said it. */
export interface NewConfigurationVersion {
  readonly text: string;
  /** The digest of what it says, however it is written. */
  readonly says: string;
  readonly origin: ConfigurationOrigin;
  readonly by: string | null;
  readonly why: string | null;
  readonly of: number | null;
  readonly paths: readonly string[];
}

/** A version with its text; `null` where our keys no longer open it. */
export interface StoredConfigurationVersion extends ConfigurationVersion {
  readonly says: string;
  readonly text: string | null;
}

/** How many records a change of a link is about. */
export interface RecordsOfLink {
  readonly link: LinkId;
  /** Jobs that have not ended. */
  readonly open: number;
  /** What it would have written while it was only observed. */
  readonly observed: number;
  readonly agreed: number;
  readonly conflicts: number;
}

interface Row {
  readonly version: number;
  readonly says: string;
  readonly sealed: Buffer;
  readonly origin: ConfigurationOrigin;
  readonly by: string | null;
  readonly of: number | null;
  readonly paths: readonly string[];
  readonly at: Date;
}

const COLUMNS = `version, says, sealed, origin, by_whom as by, of_version as of, paths, noted_at as at`;
const CHANGING = [7260, 163] as const;

/** So many are kept whatever their age; of the others those of the last two years. */
const KEPT_ALWAYS = 50;
/** So many places are told of one version, each cut off where nobody would read on. */
const MOST_PATHS = 100;
const LONGEST_PATH = 200;

/** The configuration, version by version. Written as a person saves one, and by every process that takes another one. */
export class ConfigurationVersionRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Until the commit nobody else adds a version, or writes the file. */
  async lock(tx: Tx): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock($1, $2)`, CHANGING);
  }

  /** What names a text to whoever changes it; nobody without our keys can guess from it. */
  nameOf(text: string): string {
    return this.vault.digest(digested(text));
  }

  isNameOf(name: string, text: string): boolean {
    return this.vault.digests(digested(text)).includes(name);
  }

  /** Its number. Only behind `lock`. */
  async add(tx: Tx, instance: SiteId, { text, says, origin, by, why, of, paths }: NewConfigurationVersion): Promise<number> {
    const [newest] = await tx.query<{ version: number }>(`select coalesce(max(version), 0)::int as version from configuration_kept`);
    const version = (newest?.version ?? 0) + 1;
    const told = paths.slice(0, MOST_PATHS).map((path) => path.slice(0, LONGEST_PATH));
    await tx.query(
      `insert into configuration_kept (version, digest, says, sealed, origin, by_whom, of_version, paths) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [version, this.nameOf(text), says, this.vault.seal({ text, why }, contextOf(version)), origin, by, of, told],
    );
    await tx.query(`delete from configuration_kept where version <= $1 and noted_at < now() - interval '2 years'`, [version - KEPT_ALWAYS]);
    tx.say(ConfigurationChanged, String(version), { site: instance, round: version, origin, by, of, paths: told });
    return version;
  }

  /** The newest first; without their texts. */
  async list(limit: number): Promise<readonly ConfigurationVersion[]> {
    const rows = await this.database.query<Row & Record<string, unknown>>(`select ${COLUMNS} from configuration_kept order by version desc limit $1`, [limit]);
    return rows.map((row) => this.shown(row));
  }

  async find(version: number): Promise<StoredConfigurationVersion | null> {
    return this.one(`version = $1`, [version]);
  }

  /** The one before it that is still kept. */
  async before(version: number): Promise<StoredConfigurationVersion | null> {
    return this.one(`version < $1`, [version]);
  }

  async newest(): Promise<StoredConfigurationVersion | null> {
    return this.one(`true`, []);
  }

  /** The newest version that is this text; `null` where none is. */
  async of(text: string): Promise<StoredConfigurationVersion | null> {
    return this.one(`digest = any($1)`, [this.vault.digests(digested(text))]);
  }

  /** The text of the newest that is so; of the last hundred. */
  async newestThat(isSo: (text: string) => boolean): Promise<string | null> {
    const rows = await this.database.query<Row & Record<string, unknown>>(`select ${COLUMNS} from configuration_kept order by version desc limit 100`);
    return rows.map((row) => this.opened(row).text).find((text) => text !== null && isSo(text)) ?? null;
  }

  /** What is counted of each of these links. */
  async recordsOf(links: readonly LinkId[]): Promise<readonly RecordsOfLink[]> {
    return this.database.query<RecordsOfLink & Record<string, unknown>>(
      `select link, (select count(*) from job where job.link = wanted.link and state <> 'ended')::int as open,
         (select count(*) from job where job.link = wanted.link and state = 'parked' and reason = 'observed')::int as observed,
         (select count(*) from agreement where agreement.link = wanted.link)::int as agreed,
         (select count(*) from conflict where conflict.link = wanted.link and closed_at is null)::int as conflicts
       from unnest($1::text[]) as wanted (link)`,
      [links],
    );
  }

  private async one(where: string, parameters: readonly unknown[]): Promise<StoredConfigurationVersion | null> {
    const [row] = await this.database.query<Row & Record<string, unknown>>(
      `select ${COLUMNS} from configuration_kept where ${where} order by version desc limit 1`,
      parameters,
    );
    return row === undefined ? null : { ...this.shown(row), says: row.says, text: this.opened(row).text };
  }

  private shown(row: Row): ConfigurationVersion {
    const { version, origin, by, of, paths, at } = row;
    return { version, at: at.toISOString(), from: origin, by, why: this.opened(row).why, of, paths };
  }

  private opened({ version, sealed }: Row): { readonly text: string | null; readonly why: string | null } {
    try {
      return this.vault.open(sealed, contextOf(version)) as { readonly text: string; readonly why: string | null };
    } catch {
      return { text: null, why: null };
    }
  }
}

/** What binds a sealed text to its row. */
const contextOf = (version: number): string => `configuration:${version}`;

const digested = (text: string): readonly string[] => ['configuration', text];

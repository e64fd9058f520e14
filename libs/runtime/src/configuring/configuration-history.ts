import { type Configuration, configurationDifferences, configurationDigest, loadConfiguration, type Plugins } from '@sync-hub/configuration';
import { type SiteId, SyncError } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { ConfigurationVersionRepository } from '@sync-hub/persistence';

export interface SavedConfiguration {
  readonly text: string;
  readonly configuration: Configuration;
  readonly origin: 'console' | 'command-line' | 'roll-back';
  readonly by: string;
  readonly why: string;
  readonly of: number | null;
}

/** Keeps each version of the configuration, whoever made it. */
export class ConfigurationHistory {
  constructor(
    private readonly versions: ConfigurationVersionRepository,
    private readonly instance: SiteId,
    private readonly plugins: Plugins,
  ) {}

  /** What a process has taken from the file: nothing new where it says what the newest version says. */
  async noteTaken(tx: Tx, text: string, configuration: Configuration): Promise<void> {
    const says = configurationDigest(configuration);
    if ((await this.versions.newest())?.says === says) return;
    await this.versions.lock(tx);
    const newest = await this.versions.newest();
    if (newest?.says === says) return;
    const origin = newest === null ? 'first' : 'file';
    await this.versions.add(tx, this.instance, {
      text,
      says,
      origin,
      by: null,
      why: null,
      of: null,
      paths: this.pathsSince(newest?.text ?? null, configuration),
    });
  }

  /** What stands in the file before it is written over, where nobody has kept it: valid or not, so that it can come back. Only behind the lock. */
  async noteFile(tx: Tx, text: string): Promise<void> {
    if (text.trim() === '' || (await this.versions.of(text)) !== null) return;
    const configuration = this.parsed(text);
    const newest = await this.versions.newest();
    const paths = configuration === null ? [] : this.pathsSince(newest?.text ?? null, configuration);
    const says = configuration === null ? '' : configurationDigest(configuration);
    await this.versions.add(tx, this.instance, { text, says, origin: newest === null ? 'first' : 'file', by: null, why: null, of: null, paths });
  }

  /** Its number. Only behind the lock. */
  async saved(tx: Tx, current: string, { text, configuration, origin, by, why, of }: SavedConfiguration): Promise<number> {
    const paths = this.pathsSince(current, configuration);
    return this.versions.add(tx, this.instance, { text, says: configurationDigest(configuration), origin, by, why, of, paths });
  }

  private pathsSince(text: string | null, configuration: Configuration): readonly string[] {
    const before = text === null ? null : this.parsed(text);
    return before === null ? [] : configurationDifferences(before, configuration).map(({ path }) => path);
  }

  private parsed(text: string): Configuration | null {
    try {
      return loadConfiguration(text, 'the configuration', this.plugins);
    } catch (error) {
      if (error instanceof SyncError) return null;
      throw error;
    }
  }
}

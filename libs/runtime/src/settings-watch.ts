import { configurationChanges } from '@sync-hub/configuration';
import { SyncError } from '@sync-hub/contracts';
import type { Log } from '@sync-hub/observability';
import { Periodic } from './periodic.js';
import { type Reading, reading, type Settings, versionOf } from './settings.js';

/** A configuration is valid and says what only a start can bring about. `places` are where. */
export class RestartNeededError extends SyncError {
  readonly retry = 'never';
  constructor(places: readonly string[]) {
    super('needs-restart', `the configuration is valid, and is not taken while Sync Hub runs: restart every service for ${places.join(', ')}`, { places });
  }
}

/** What watching needs. */
export interface Watching {
  readonly everyMs: number;
  readonly log: Log;
  readonly read: () => Promise<Settings>;
  /** The settings that are in force. */
  readonly current: () => Settings;
  /** Takes settings that are valid. What it throws is tried again at the next reading. */
  readonly take: (settings: Settings) => Promise<void>;
  /** Those in force stay so, for this reason; `null` where there is none any more. */
  readonly refuse: (error: SyncError | null) => Promise<void>;
}

/**
 * Reads configuration and secrets again and again, by content: an editor that writes in place, one that renames and a ConfigMap whose link is swapped
 * are all the same to it. A content counts once it was read twice in a row, so that a file that is half written is none.
 */
export class SettingsWatch {
  private readonly work: Periodic;
  private seen: string;
  private judged: string;
  private isWhole = true;

  constructor(private readonly watching: Watching) {
    this.seen = versionOf(watching.current());
    this.judged = this.seen;
    this.work = new Periodic('watch-configuration', watching.everyMs, () => this.look(), watching.log);
  }

  start(): void {
    this.work.start();
  }

  async stop(): Promise<void> {
    await this.work.stop();
  }

  private async look(): Promise<void> {
    const now = await reading(this.watching.read);
    const stands = now.version === this.seen;
    this.seen = now.version;
    if (!stands || now.version === this.judged) return;
    await this.judge(now);
    this.judged = now.version;
  }

  private async judge(now: Reading): Promise<void> {
    const { current, take, refuse } = this.watching;
    if ('error' in now) return refuse(now.error);
    const { needsRestart } = configurationChanges(current().configuration, now.settings.configuration);
    if (needsRestart.length > 0) return refuse(new RestartNeededError(needsRestart));
    if (this.isWhole && now.version === versionOf(current())) return refuse(null);
    // What fails half-way is begun anew, whatever the file says by then.
    this.judged = '';
    this.isWhole = false;
    await take(now.settings);
    this.isWhole = true;
  }
}

import { readFile } from 'node:fs/promises';
import {
  type Configuration,
  checkText,
  comparedLines,
  configurationDigest,
  draftText,
  editedText,
  importSync2,
  maskSecrets,
  type Plugins,
  readableText,
  unmaskSecrets,
} from '@sync-hub/configuration';
import type {
  ConfigurationCheck,
  ConfigurationDesk,
  ConfigurationEdit,
  ConfigurationSaved,
  ConfigurationState,
  ConfigurationToRollBack,
  ConfigurationToSave,
  ConfigurationVersion,
  ConfigurationVersionShown,
  Sync2Draft,
  Sync2ToImport,
} from '@sync-hub/contracts';
import type { Envelope } from '@sync-hub/messaging';
import type { ConfigurationVersionRepository, Database, RunningProcessRepository } from '@sync-hub/persistence';
import { ConfigurationCheckup } from './configuration-checkup.js';
import { whyNotSaved } from './configuration-file.js';
import { ConfigurationSaving } from './configuration-saving.js';

export interface ConfigurationDeskParts {
  readonly database: Database;
  readonly versions: ConfigurationVersionRepository;
  readonly processes: RunningProcessRepository;
  readonly file: string;
  readonly plugins: Plugins;
  /** What is in force here. */
  readonly current: () => Configuration;
  /** Throws `SecretMissingError` where a secret that is referred to is not there; not asked where they are other processes' alone. */
  readonly secrets: ((configuration: Configuration) => Promise<unknown>) | null;
  /** Where people who save by this desk are. */
  readonly origin: 'console' | 'command-line';
  /** Puts on the bus what was said; without a bus it is left in the outbox, and the sweep sends it within seconds. */
  readonly send: (said: readonly Envelope[]) => Promise<void>;
}

/** The configuration of this hub, for administrators: the console and the command line. What is saved is taken by the hub as any other change of the file. */
export class HubConfigurationDesk implements ConfigurationDesk {
  private readonly checkup: ConfigurationCheckup;
  private readonly saving: ConfigurationSaving;

  constructor(private readonly parts: ConfigurationDeskParts) {
    this.checkup = new ConfigurationCheckup(parts);
    this.saving = new ConfigurationSaving(parts, this.checkup);
  }

  async state(): Promise<ConfigurationState> {
    const { file, versions, processes, plugins, current } = this.parts;
    const text = await this.read();
    const [cannotSave, kept, running] = await Promise.all([whyNotSaved(file), versions.of(text), processes.overview()]);
    const checked = checkText(text, plugins);
    const refused = running.flatMap((process) => process.refused?.because ?? []);
    const behind = running.filter(({ isBehind }) => isBehind).flatMap(({ services }) => services);
    const says = 'configuration' in checked ? configurationDigest(checked.configuration) : null;
    return {
      file,
      text: readableText(text) ? maskSecrets(text).text : null,
      base: versions.nameOf(text),
      cannotSave,
      isInForce: says === configurationDigest(current()) && refused.length === 0 && behind.length === 0,
      refused: [...new Set(refused)],
      behind: [...new Set(behind)].sort(),
      version: kept?.version ?? null,
    };
  }

  async check(edited: string): Promise<ConfigurationCheck> {
    const held = await this.read();
    return this.checkup.check(unmaskSecrets(edited, held), { edited, held: shown(held) });
  }

  save({ text, base, why }: ConfigurationToSave, by: string): Promise<ConfigurationSaved> {
    return this.saving.replace({ base, why, by, origin: this.parts.origin, of: null }, (held) => unmaskSecrets(text, held));
  }

  versions(limit: number): Promise<readonly ConfigurationVersion[]> {
    return this.parts.versions.list(limit);
  }

  async version(number: number): Promise<ConfigurationVersionShown | null> {
    const found = await this.parts.versions.find(number);
    if (found === null) return null;
    const before = await this.parts.versions.before(number);
    const { text, says, ...version } = found;
    const own = text === null ? null : shown(text);
    const sinceBefore = own === null || before?.text == null ? [] : comparedLines(shown(before.text), own);
    return { ...version, text: own, sinceBefore };
  }

  async checkVersion(number: number): Promise<ConfigurationCheck | null> {
    const text = (await this.parts.versions.find(number))?.text ?? null;
    if (text === null) return null;
    return this.checkup.check({ text, isHidden: true }, { edited: shown(text), held: shown(await this.read()) });
  }

  async rollBack({ version, base, why }: ConfigurationToRollBack, by: string): Promise<ConfigurationSaved> {
    const text = (await this.parts.versions.find(version))?.text ?? null;
    if (text === null) return { kind: 'no-such-version' };
    return this.saving.replace({ base, why, by, origin: 'roll-back', of: version }, () => ({ text, isHidden: true }));
  }

  async edited(text: string, edits: readonly ConfigurationEdit[]): Promise<string | null> {
    return editedText(text, edits);
  }

  async importSync2({ startAt, childId, parentId, sync2, ...files }: Sync2ToImport): Promise<Sync2Draft> {
    const ids = { ...(childId === undefined ? {} : { childId }), ...(parentId === undefined ? {} : { parentId }) };
    const given = Object.fromEntries(Object.entries(files).filter(([, text]) => text !== undefined && text !== ''));
    const found = importSync2({ sync2, ...given }, { startAt, ...ids });
    return { text: draftText(found), notes: found.notes };
  }

  private readonly read = (): Promise<string> => readFile(this.parts.file, 'utf8');
}

/** As people see it: what cannot be read as YAML is not shown at all, for nobody knows what in it is a secret. */
const shown = (text: string): string => (readableText(text) ? maskSecrets(text).text : '');

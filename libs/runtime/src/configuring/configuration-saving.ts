import { readFile } from 'node:fs/promises';
import type { UnmaskedText } from '@sync-hub/configuration';
import { BugError, type ConfigurationSaved, SyncError } from '@sync-hub/contracts';
import type { ConfigurationCheckup } from './configuration-checkup.js';
import { ConfigurationNotSavedError, whyNotSaved, writeConfigurationFile } from './configuration-file.js';
import { ConfigurationHistory, type SavedConfiguration } from './configuration-history.js';
import type { ConfigurationDeskParts } from './hub-configuration-desk.js';

type Wanted = Pick<SavedConfiguration, 'why' | 'by' | 'origin' | 'of'> & { readonly base: string };

/** Puts another configuration in the place of the one in the file, where that is still what somebody began from. */
export class ConfigurationSaving {
  constructor(
    private readonly parts: ConfigurationDeskParts,
    private readonly checkup: ConfigurationCheckup,
  ) {}

  /** `textFor` what the file holds. */
  async replace({ base, ...wanted }: Wanted, textFor: (held: string) => UnmaskedText): Promise<ConfigurationSaved> {
    const { versions, file } = this.parts;
    const held = await this.read();
    if (!versions.isNameOf(base, held)) return { kind: 'changed' };
    const unmasked = textFor(held);
    const checked = await this.checkup.demand(unmasked);
    if ('problems' in checked) return { kind: 'invalid', problems: checked.problems };
    if (unmasked.text === held) return { kind: 'same' };
    const reason = await whyNotSaved(file);
    if (reason !== null) return { kind: 'cannot-save', reason };
    try {
      return await this.write(held, { ...wanted, text: unmasked.text, configuration: checked.configuration });
    } catch (error) {
      if (error instanceof ConfigurationNotSavedError) return { kind: 'cannot-save', reason: error.reason };
      throw error;
    }
  }

  /** The version is kept in the same transaction, of which the file is the last step: nothing is kept of what could not be written. */
  private async write(held: string, saved: SavedConfiguration): Promise<ConfigurationSaved> {
    const { database, versions, file, plugins, current, send } = this.parts;
    const history = new ConfigurationHistory(versions, current().instance.id, plugins);
    const { result, said } = await database.transaction(async (tx): Promise<ConfigurationSaved> => {
      await versions.lock(tx);
      if ((await this.read()) !== held) return { kind: 'changed' };
      await history.noteFile(tx, held);
      const version = await history.saved(tx, held, saved);
      await writeConfigurationFile(file, saved.text);
      return { kind: 'saved', version };
    });
    await send(said);
    return result;
  }

  private async read(): Promise<string> {
    return readFile(this.parts.file, 'utf8').catch((error: unknown) => {
      throw error instanceof SyncError ? error : new BugError('the configuration file cannot be read');
    });
  }
}

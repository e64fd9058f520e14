import {
  type Configuration,
  checkText,
  comparedLines,
  configurationConsequences,
  configurationDifferences,
  outlineOf,
  problemsOfSecrets,
  SecretMissingError,
  type UnmaskedText,
} from '@sync-hub/configuration';
import type { ConfigurationCheck, ConfigurationConsequence, ConfigurationProblem } from '@sync-hub/contracts';
import type { RecordsOfLink } from '@sync-hub/persistence';
import type { ConfigurationDeskParts } from './hub-configuration-desk.js';

/** Which number of a link a consequence is about. */
const COUNTED: Partial<Record<ConfigurationConsequence['code'], keyof Omit<RecordsOfLink, 'link'>>> = {
  'link-out': 'open',
  'goes-live': 'observed',
  'looked-through': 'agreed',
  'judged-anew': 'conflicts',
};

const MOVED: ConfigurationProblem = {
  path: '(the whole file)',
  line: null,
  column: null,
  found: 'the mark of an unchanged secret at a place where the secret would be shown',
  allowed: 'each mark where it stood, or a reference { env: NAME } or { file: PATH } in its place',
  didYouMean: null,
};

/** Looks at a text before it is saved: is it valid, what would change, and what would follow? */
export class ConfigurationCheckup {
  constructor(private readonly parts: Pick<ConfigurationDeskParts, 'versions' | 'plugins' | 'current' | 'secrets'>) {}

  /** `shown` are the texts as people see them. */
  async check(unmasked: UnmaskedText, shown: { readonly edited: string; readonly held: string }): Promise<ConfigurationCheck> {
    const lines = comparedLines(shown.held, shown.edited);
    const checked = await this.configurationIn(unmasked);
    if ('problems' in checked) return { problems: checked.problems, changes: [], consequences: [], lines, outline: null };
    const { configuration } = checked;
    const current = this.parts.current();
    return {
      problems: await this.problemsOfSecretsIn(unmasked.text, configuration),
      changes: configurationDifferences(current, configuration),
      consequences: await this.counted(configurationConsequences(current, configuration, this.parts.plugins)),
      lines,
      outline: outlineOf(configuration),
    };
  }

  /** The configuration that may be saved, or why it may not. */
  async demand(unmasked: UnmaskedText): Promise<{ readonly configuration: Configuration } | { readonly problems: readonly ConfigurationProblem[] }> {
    const checked = await this.configurationIn(unmasked);
    if ('problems' in checked) return checked;
    const problems = await this.problemsOfSecretsIn(unmasked.text, checked.configuration);
    return problems.length === 0 ? checked : { problems };
  }

  private async configurationIn({ text, isHidden }: UnmaskedText) {
    return isHidden ? checkText(text, this.parts.plugins) : { problems: [MOVED] };
  }

  private async problemsOfSecretsIn(text: string, configuration: Configuration): Promise<readonly ConfigurationProblem[]> {
    try {
      await this.parts.secrets?.(configuration);
      return [];
    } catch (error) {
      if (error instanceof SecretMissingError) return problemsOfSecrets(text, error.places);
      throw error;
    }
  }

  private async counted(found: readonly Omit<ConfigurationConsequence, 'count'>[]): Promise<readonly ConfigurationConsequence[]> {
    const links = found.filter(({ code }) => COUNTED[code] !== undefined).map(({ at }) => at);
    const records = links.length === 0 ? [] : await this.parts.versions.recordsOf([...new Set(links)]);
    return found.map((one) => {
      const what = COUNTED[one.code];
      return { ...one, count: what === undefined ? null : (records.find(({ link }) => link === one.at)?.[what] ?? 0) };
    });
  }
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  type Configuration,
  configurationDigest,
  type Logins,
  loadConfiguration,
  NO_REPORTS,
  type OidcConfiguration,
  type Plugins,
  type ReportSecrets,
  resolveReportSecrets,
  resolveSecret,
  resolveSecrets,
} from '@sync-hub/configuration';
import { BugError, SyncError, safeError } from '@sync-hub/contracts';
import { environment } from './env.js';
import { loadPlugins } from './load-plugins.js';

/** What a process of the hub goes by: the configuration, and the secrets that it refers to. */
export interface Settings {
  readonly configuration: Configuration;
  readonly logins: Logins;
  /** By which instances know each other; nothing where nobody reports to anybody. */
  readonly reports?: ReportSecrets;
  /** The text of the file that says it. */
  readonly text?: string;
}

/** The configuration in that file, which may name these plug-ins: those of the environment, unless others are given. Throws a `ConfigurationError` that places every problem. */
export async function readConfiguration(file: string, plugins?: Plugins): Promise<Configuration> {
  return loadConfiguration(await readFile(file, 'utf8'), file, plugins ?? (await loadPlugins()));
}

/** What somebody knows who has settings read: the logins, and the plug-ins. */
export interface KnownSettings {
  readonly logins?: Logins | undefined;
  readonly plugins?: Plugins;
}

/** The configuration in that file with its secrets, unless somebody knows the logins. Throws with the place of what is wrong. */
export async function readSettings(file: string, { logins, plugins }: KnownSettings = {}): Promise<Settings> {
  const text = await readFile(file, 'utf8');
  const configuration = loadConfiguration(text, file, plugins ?? (await loadPlugins()));
  return { configuration, ...(await secretsOf(configuration, logins)), text };
}

/** The secrets that a configuration refers to, unless somebody knows the logins. @throws SecretMissingError */
export async function secretsOf(configuration: Configuration, logins?: Logins): Promise<Required<Pick<Settings, 'logins' | 'reports'>>> {
  const read = (path: string): Promise<string> => readFile(path, 'utf8');
  return {
    logins: logins ?? (await resolveSecrets(configuration, environment(), read)),
    reports: await resolveReportSecrets(configuration, environment(), read),
  };
}

/** By what the console is known to the provider that vouches for people. Read each time, so that another one is taken at once, and where it is asked for alone: nothing else waits for it. */
export const clientSecretOf = ({ clientSecret }: OidcConfiguration): Promise<string> =>
  resolveSecret(clientSecret, ['instance', 'console', 'oidc', 'clientSecret'], environment(), (path) => readFile(path, 'utf8'));

/** What the file said when it was read: settings, or why there are none. */
export type Reading = { readonly version: string; readonly settings: Settings } | { readonly version: string; readonly error: SyncError };

/** Reads, and answers with an error instead of throwing it. Two readings of the same version say the same. */
export async function reading(read: () => Promise<Settings>): Promise<Reading> {
  try {
    const settings = await read();
    return { version: versionOf(settings), settings };
  } catch (error) {
    const known = error instanceof SyncError ? error : new BugError(`the configuration cannot be read: ${safeError(error).details['errno'] ?? 'unexpected'}`);
    return { version: sha256(known.message), error: known };
  }
}

/** Stays in the memory of this process: it goes by the secrets too, and nobody is to guess at them. */
export const versionOf = (settings: Settings): string => sha256(JSON.stringify(contentOf(settings)));

/** What makes settings what they are, in one order. */
export const contentOf = ({ configuration, logins, reports = NO_REPORTS }: Settings): readonly unknown[] => [
  configurationDigest(configuration),
  [...logins].map(([site, { username, password, webhookSecret }]) => [site, username, password, webhookSecret ?? null]).sort(),
  [reports.to, ...[...reports.from].sort()],
];

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

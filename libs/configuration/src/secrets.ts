import { SyncError } from '@sync-hub/contracts';
import { type Path, pathText } from './problem.js';
import type { Configuration, SecretReference } from './schema.js';

/** A reference that leads nowhere: where it stands, of which site or instance, and why. */
export interface MissingSecret {
  readonly path: Path;
  readonly of: string | null;
  readonly trouble: string;
}

/** A secret that the configuration refers to is not there. Names the reference, never the secret. */
export class SecretMissingError extends SyncError {
  readonly retry = 'never';
  readonly missing: readonly string[];
  constructor(readonly places: readonly MissingSecret[]) {
    const missing = places.map(missingText);
    super('secret-missing', ['secrets that the configuration refers to are missing:', ...missing.map((one) => `  ${one}`)].join('\n'));
    this.missing = missing;
  }
}

const missingText = ({ path, of, trouble }: MissingSecret): string => `${pathText(path)}${of === null ? '' : ` (${of})`}: ${trouble}`;

/** Who we are at each site, and by what it signs what it tells of its changes, where it does. */
export type Logins = ReadonlyMap<string, Login>;

export interface Login {
  readonly username: string;
  readonly password: string;
  readonly webhookSecret?: string;
}

/** What this instance signs what it ships by, where it ships; and what each instance signs by that it receives from, by its id. */
export interface ReportSecrets {
  readonly to: string | null;
  readonly from: ReadonlyMap<string, string>;
}

export const NO_REPORTS: ReportSecrets = { to: null, from: new Map() };

type Environment = Readonly<Record<string, string | undefined>>;
type ReadFile = (path: string) => Promise<string>;
type Resolved = { readonly value: string } | { readonly trouble: string };

/**
 * The secrets of the sites, each read once from the environment or a file (whose last line end is dropped). Throws one
 * `SecretMissingError` that names every reference that leads nowhere.
 */
export async function resolveSecrets(configuration: Configuration, env: Environment, readFile: ReadFile): Promise<Logins> {
  const logins = new Map<string, Login>();
  const missing: MissingSecret[] = [];
  for (const [index, { id, login, feed }] of configuration.sites.entries()) {
    const username = await resolve(login.username, env, readFile);
    const password = await resolve(login.password, env, readFile);
    const webhook = feed.secret === undefined ? null : await resolve(feed.secret, env, readFile);
    const places = [['login', 'username', username] as const, ['login', 'password', password] as const, ['feed', 'secret', webhook] as const];
    for (const [part, key, resolved] of places) {
      if (resolved !== null && 'trouble' in resolved) missing.push({ path: ['sites', index, part, key], of: id, trouble: resolved.trouble });
    }
    if ('value' in username && 'value' in password)
      logins.set(id, {
        username: username.value,
        password: password.value,
        ...(webhook !== null && 'value' in webhook ? { webhookSecret: webhook.value } : {}),
      });
  }
  if (missing.length > 0) throw new SecretMissingError(missing);
  return logins;
}

/** The secrets by which instances know each other, as `resolveSecrets` reads those of sites. */
export async function resolveReportSecrets({ instance }: Configuration, env: Environment, readFile: ReadFile): Promise<ReportSecrets> {
  const { reportsTo, receives } = instance;
  const missing: MissingSecret[] = [];
  const read = async (reference: SecretReference, place: Omit<MissingSecret, 'trouble'>): Promise<string> => {
    const resolved = await resolve(reference, env, readFile);
    if ('value' in resolved) return resolved.value;
    missing.push({ ...place, trouble: resolved.trouble });
    return '';
  };
  const to = reportsTo === undefined ? null : await read(reportsTo.secret, { path: ['instance', 'reportsTo', 'secret'], of: null });
  const from = new Map<string, string>();
  for (const [index, { id, secret }] of (receives?.from ?? []).entries())
    from.set(id, await read(secret, { path: ['instance', 'receives', 'from', index, 'secret'], of: id }));
  if (missing.length > 0) throw new SecretMissingError(missing);
  return { to, from };
}

/** One secret, as `resolveSecrets` reads those of sites; `place` is where the configuration refers to it. */
export async function resolveSecret(reference: SecretReference, place: Path, env: Environment, readFile: ReadFile): Promise<string> {
  const resolved = await resolve(reference, env, readFile);
  if ('trouble' in resolved) throw new SecretMissingError([{ path: place, of: null, trouble: resolved.trouble }]);
  return resolved.value;
}

async function resolve(reference: SecretReference, env: Environment, readFile: ReadFile): Promise<Resolved> {
  if ('env' in reference) {
    const value = env[reference.env];
    if (value === undefined) return { trouble: `the environment variable ${reference.env} is not set` };
    return value === '' ? { trouble: `the environment variable ${reference.env} is empty` } : { value };
  }
  try {
    const value = (await readFile(reference.file)).replace(/\r?\n$/, '');
    return value === '' ? { trouble: `the file ${reference.file} is empty` } : { value };
  } catch (error) {
    return { trouble: `the file ${reference.file} cannot be read (${reasonOf(error)})` };
  }
}

function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'ENOENT') return 'it is not there';
  if (code === 'EACCES') return 'this process may not read it';
  return code === 'EISDIR' ? 'it is a folder' : 'unexpected trouble';
}

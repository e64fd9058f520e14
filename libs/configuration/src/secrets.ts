import { SyncError } from '@sync-hub/contracts';
import { pathText } from './problem.js';
import type { Configuration, SecretReference } from './schema.js';

/** A secret that the configuration refers to is not there. Names the reference, never the secret. */
export class SecretMissingError extends SyncError {
  readonly retry = 'never';
  constructor(readonly missing: readonly string[]) {
    super('secret-missing', ['secrets that the configuration refers to are missing:', ...missing.map((one) => `  ${one}`)].join('\n'));
  }
}

/** Who we are at each site. */
export type Logins = ReadonlyMap<string, { readonly username: string; readonly password: string }>;

type Environment = Readonly<Record<string, string | undefined>>;
type ReadFile = (path: string) => Promise<string>;
type Resolved = { readonly value: string } | { readonly trouble: string };

/**
 * The secrets of the sites, each read once from the environment or a file (whose last line end is dropped). Throws one
 * `SecretMissingError` that names every reference that leads nowhere.
 */
export async function resolveSecrets(configuration: Configuration, env: Environment, readFile: ReadFile): Promise<Logins> {
  const logins = new Map<string, { username: string; password: string }>();
  const missing: string[] = [];
  for (const [index, { id, login }] of configuration.sites.entries()) {
    const username = await resolve(login.username, env, readFile);
    const password = await resolve(login.password, env, readFile);
    for (const [key, resolved] of Object.entries({ username, password })) {
      if ('trouble' in resolved) missing.push(`${pathText(['sites', index, 'login', key])} (${id}): ${resolved.trouble}`);
    }
    if ('value' in username && 'value' in password) logins.set(id, { username: username.value, password: password.value });
  }
  if (missing.length > 0) throw new SecretMissingError(missing);
  return logins;
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

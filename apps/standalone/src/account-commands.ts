import { userInfo } from 'node:os';
import {
  type Account,
  type AccountActed,
  type AccountDesk,
  type ApiToken,
  accountKey,
  BugError,
  NewAccount,
  NewApiToken,
  PERMISSIONS,
  permissionsOf,
  ROLES,
} from '@sync-hub/contracts';
import { parsed } from './parsed.js';

type Say = (line: string) => void;

export const ACCOUNT_USAGE = `account list [--json]         who may use the console, as what
account add NAME --role ROLE    makes one; says a password for one sign-in, once
account role NAME ROLE          ${ROLES.join(', ')} (docs/roles.md); signs them out
account password NAME           another password for one sign-in, said once; what was guessed before is forgotten, and they are signed out
account disable NAME            they come in no more; what they did stays under their name
account enable NAME             ... again
token list [--account NAME] [--json]   what programs ask with, by whom it was made, and until when
token add NAME FOR --may PERMISSION[,PERMISSION...] --days N   a token for that account, said once
    PERMISSION   ${PERMISSIONS.join(', ')}
token revoke ID                 it is good for nothing more`;

const OPTIONS = {
  role: { type: 'string' },
  may: { type: 'string' },
  days: { type: 'string' },
  account: { type: 'string' },
  json: { type: 'boolean' },
} as const;

type Values = Partial<Record<'role' | 'may' | 'days' | 'account', string>> & { readonly json?: boolean };

interface Asked {
  readonly desk: AccountDesk;
  readonly values: Values;
  readonly say: Say;
}

/** The commands that begin with `account` or `token`. Whoever can read the database from this machine is in need of no password here. */
export async function accounts(args: readonly string[], desk: AccountDesk, say: Say): Promise<number> {
  const given = parsed(args, OPTIONS);
  const [about, what, first, second, ...more] = given?.words ?? [];
  if (given === null || more.length > 0) return usage(say);
  const asked = { desk, values: given.values, say };
  return (await (about === 'token' ? ofTokens(asked, what, first, second) : ofAccounts(asked, what, first, second))) ?? usage(say);
}

async function ofAccounts(asked: Asked, what = '', name?: string, role?: string): Promise<number | null> {
  const { desk, say } = asked;
  if (what === 'list' && name === undefined) return list(asked);
  if (name === undefined || (role !== undefined && what !== 'role')) return null;
  if (what === 'add') return add(asked, name);
  if (what === 'password') return password(asked, name);
  if (what === 'role' && role !== undefined) {
    const { role: to } = read(NewAccount.pick({ role: true }).safeParse({ role }));
    return acted(await desk.setRole((await demand(desk, name)).id, to, who()), `${name} is ${to} now.`, say);
  }
  if (what !== 'disable' && what !== 'enable') return null;
  const words = what === 'disable' ? `${name} comes in no more.` : `${name} may sign in again.`;
  return acted(await desk.setDisabled((await demand(desk, name)).id, what === 'disable', who()), words, say);
}

async function ofTokens(asked: Asked, what = '', first?: string, second?: string): Promise<number | null> {
  if (what === 'list' && first === undefined) return listTokens(asked);
  if (what === 'add' && first !== undefined && second !== undefined) return addToken(asked, first, second);
  if (what !== 'revoke' || first === undefined || second !== undefined) return null;
  const isRevoked = /^[0-9a-f-]{36}$/.test(first) && (await asked.desk.revokeToken(first, null, who()));
  asked.say(isRevoked ? 'It is good for nothing more.' : 'No token of that id is in force.');
  return isRevoked ? 0 : 1;
}

const who = (): string => userInfo().username;

function usage(say: Say): number {
  say(ACCOUNT_USAGE);
  return 1;
}

type Read<Shape> =
  | { readonly success: true; readonly data: Shape }
  | { readonly success: false; readonly error: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] } };

/** Throws in words what is wrong with it. */
function read<Shape>(given: Read<Shape>): Shape {
  if (given.success) return given.data;
  throw new BugError(given.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
}

async function demand(desk: AccountDesk, name: string): Promise<Account> {
  const found = (await desk.list()).find((one) => accountKey(one.name) === accountKey(name));
  if (found === undefined) throw new BugError(`there is no account ${name}`);
  return found;
}

const NOT_ACTED: Readonly<Record<Exclude<AccountActed, 'done'>, string>> = {
  'not-there': 'There is no such account any more.',
  'last-administrator': 'There would be no administrator left who has a password: make another one first.',
  'of-provider': 'That is for the provider to say by which they sign in (instance.console.oidc).',
};

const ofProvider = ({ name, provider }: Account): string => `${name} has no password here, but signs in by ${provider}`;

function acted(what: AccountActed, words: string, say: Say): number {
  say(what === 'done' ? words : NOT_ACTED[what]);
  return what === 'done' ? 0 : 1;
}

async function list({ desk, values, say }: Asked): Promise<number> {
  const all = await desk.list();
  for (const line of values.json === true ? [JSON.stringify(all, null, 2)] : all.map(accountLine)) say(line);
  if (all.length === 0) say('There are no accounts: the next start of the console at a terminal makes one, or account add.');
  return 0;
}

function accountLine({ name, role, isDisabled, mustChangePassword, provider, lastSignInAt }: Account): string {
  const state = isDisabled ? ', disabled' : mustChangePassword ? ', has not chosen a password yet' : '';
  return `${name}  ${role}${provider === null ? '' : ` by ${provider}`}${state}, ${lastSignInAt === null ? 'never signed in' : `signed in last ${lastSignInAt}`}`;
}

async function add({ desk, values, say }: Asked, name: string): Promise<number> {
  const account = read(NewAccount.safeParse({ name, role: values.role }));
  const added = await desk.add(account, who());
  if (added === null) throw new BugError(`there is an account ${name}`);
  say(`${account.name} may sign in once with this password, and chooses another one then: ${added.oneTimePassword}`);
  return 0;
}

async function password({ desk, say }: Asked, name: string): Promise<number> {
  const account = await demand(desk, name);
  const reset = await desk.resetPassword(account.id, who());
  if (reset === null) throw new BugError(`there is no account ${name}`);
  if (reset === 'of-provider') throw new BugError(ofProvider(account));
  say(`${account.name} may sign in once with this password, and chooses another one then: ${reset.oneTimePassword}`);
  if (account.isDisabled) say(`But the account is disabled: account enable ${name}.`);
  return 0;
}

async function listTokens({ desk, values, say }: Asked): Promise<number> {
  const all = await desk.tokens(values.account === undefined ? null : (await demand(desk, values.account)).id);
  for (const line of values.json === true ? [JSON.stringify(all, null, 2)] : all.map(tokenLine)) say(line);
  if (all.length === 0) say('There are no tokens.');
  return 0;
}

function tokenLine({ id, account, name, scope, madeBy, expiresAt, lastUsedAt, revoked }: ApiToken): string {
  const end = revoked === null ? `until ${expiresAt}` : `revoked by ${revoked.by} ${revoked.at}`;
  return `${id}  ${account}: ${name}, may ${scope.join(', ')}, by ${madeBy}, ${end}, ${lastUsedAt === null ? 'never used' : `used last ${lastUsedAt}`}`;
}

async function addToken({ desk, values, say }: Asked, of: string, name: string): Promise<number> {
  const account = await demand(desk, of);
  const token = read(NewApiToken.safeParse({ name, scope: (values.may ?? '').split(','), days: Number(values.days) }));
  const added = await desk.addToken(account.id, token, who());
  if (added.kind === 'beyond-role')
    throw new BugError(`${account.name} is ${account.role}, who may not ${added.beyond.join(', ')}, but ${permissionsOf(account.role).join(', ')}`);
  if (added.kind === 'not-there') throw new BugError(`there is no account ${of}`);
  say(`Token ${added.id}, said here and never again: ${added.token}`);
  return 0;
}

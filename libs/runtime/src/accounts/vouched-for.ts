import { AccountName, type VouchedFor, type VouchRefusal } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { StoredAccount } from '@sync-hub/persistence';
import type { AccountParts } from './account-parts.js';

type Parts = Pick<AccountParts, 'accounts' | 'sessions'>;

const OTHERS_OF_A_NAME = 9;

/** The account of whom a provider vouches for, as it says now; made where there is none. Whoever is nothing there any more, or something else, has no session left from before. */
export async function accountVouchedFor(tx: Tx, { accounts, sessions }: Parts, person: VouchedFor): Promise<StoredAccount | VouchRefusal> {
  const { issuer, role } = person;
  const account = await accounts.lockIdentity(tx, person);
  if (account !== null && account.role !== role) await sessions.endAllOf(tx, account.id);
  const refused = (why: VouchRefusal): VouchRefusal => {
    accounts.say(tx, { outcome: 'sign-in-refused', account: account?.name ?? null, by: null, provider: issuer });
    return why;
  };
  if (account !== null && account.disabledAt !== null) return refused('disabled');
  if (role === null) return refused('no-role');
  if (account === null) return (await firstOf(tx, accounts, { ...person, role })) ?? refused('no-name');
  if (account.role !== role) await accounts.setRole(tx, account, role, issuer);
  return { ...account, role };
}

/** Nobody is taken for whoever has an account of that name already: they get another one. */
async function firstOf(
  tx: Tx,
  accounts: Parts['accounts'],
  { name, role, ...identity }: VouchedFor & { readonly role: NonNullable<VouchedFor['role']> },
): Promise<StoredAccount | null> {
  for (const one of namesFor(name, identity.issuer)) {
    const added = await accounts.addVouchedFor(tx, identity, { name: one, role });
    if (added !== null) return added;
  }
  return null;
}

/** By what names somebody may stand in histories, the first that is free: `Amina`, `Amina@id.example.org`, `Amina-2@id.example.org`. None where it is no name of an account. */
export function namesFor(name: string, issuer: string): readonly string[] {
  const { hostname } = new URL(issuer);
  const others = Array.from({ length: OTHERS_OF_A_NAME - 1 }, (_, index) => `${name.trim()}-${index + 2}@${hostname}`);
  return [name, `${name.trim()}@${hostname}`, ...others].flatMap((one) => {
    const read = AccountName.safeParse(one);
    return read.success ? [read.data] : [];
  });
}

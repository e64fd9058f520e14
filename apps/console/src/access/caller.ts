import type { Permission, SignedIn } from '@sync-hub/contracts';
import { invalid } from '../conflicts/json-body.js';

/** A request, as far as it says who asks. */
export interface AskedBy {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly socket: { readonly remoteAddress?: string };
  caller?: Caller;
}

/** Who asks. Whoever has the console's own token has this machine: they say themselves who they are. */
export type Caller =
  | { readonly by: 'console-token'; readonly permissions: readonly Permission[] }
  | (SignedIn & { readonly by: 'api-token' | 'password' })
  | (SignedIn & { readonly by: 'session'; readonly secret: string });

/** By what name that stands in a history: an account's own, whatever was told beside it. Throws what is answered with 400 where nobody knows it. */
export function whoActs({ caller }: Pick<AskedBy, 'caller'>, told?: string): string {
  if (caller !== undefined && 'name' in caller) return caller.name;
  if (told === undefined) throw invalid([{ path: 'by', problem: 'is the name of a person' }]);
  return told.trim();
}

/** By what name somebody looks: an account's own, or that it was whoever has the console's own token, who need not say who they are to read. */
export const whoLooks = ({ caller }: Pick<AskedBy, 'caller'>): string => (caller !== undefined && 'name' in caller ? caller.name : 'console-token');

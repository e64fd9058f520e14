import type { Permission } from '@sync-hub/contracts';
import { type UseMutationOptions, useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Refused } from './api/refused.js';
import { useSpeech } from './language/speaking.js';
import { useSession } from './people/here.js';
import { permissionText } from './people/role-select.js';

/** What something asks of whoever does it, as the console's own paths say it. */
export type Need = Permission | 'own' | 'anybody';

/** May whoever is at the desk do what needs that? The console looks by itself, too; here it is so that nobody is offered what they would be refused. */
export function useMay(): (need: Need) => boolean {
  const session = useSession();
  return (need) => {
    if (need === 'anybody') return true;
    // The console's own token opens everything but an account of one's own.
    if (session === null) return need !== 'own';
    return need === 'own' || session.permissions.includes(need);
  };
}

/** Something that is done at the console, and what it needs: every button that has something done asks by this one. Nothing is sent that would be refused. */
export function useAct<Answer, Asked = void>(
  need: Need,
  options: UseMutationOptions<Answer, Error, Asked> & { readonly mutationFn: (asked: Asked) => Promise<Answer> },
) {
  const may = useMay()(need);
  const acting = useMutation({ ...options, mutationFn: (asked: Asked) => (may ? options.mutationFn(asked) : Promise.reject(new Refused(403, {}))) });
  return { ...acting, may };
}

interface PermittedProps {
  readonly to: Permission;
  /** Where it is said already, or goes without saying, that somebody may not: they see nothing of it. */
  readonly quiet?: boolean;
  readonly children?: ReactNode;
}

/** Buttons for who may use them. Whoever may not is told so, and not shown them. */
export function Permitted({ to, quiet = false, children }: PermittedProps) {
  const { t } = useSpeech();
  const may = useMay();
  if (may(to)) return children;
  return quiet ? null : <p className="soft">{t.roleLacks(permissionText(t, to))}</p>;
}

import type { HeldElsewhere } from '@sync-hub/contracts';
import { Said } from '../said.js';
import { useParked } from './use-parked.js';

/** Of each instance that should have been heard of since, that it was not: what is shown of it may be another by now. */
export function Unheard({ instances }: { readonly instances: readonly HeldElsewhere[] }) {
  const { words, moment } = useParked();
  return instances
    .filter(({ isUnheard }) => isUnheard)
    .map(({ origin, heardAt }) => (
      <Said key={origin} kind="warning" text={heardAt === null ? words.neverHeard(origin) : words.unheard(origin, moment(heardAt))} />
    ));
}

/** Whose it is and of when; what nobody may do from here is said, and not offered. */
export function AsTold({ origin, instances }: { readonly origin: string; readonly instances: readonly HeldElsewhere[] }) {
  const { words, moment } = useParked();
  const told = instances.find((one) => one.origin === origin);
  if (told === undefined || told.heardAt === null) return null;
  return (
    <>
      <p className="soft">{words.asTold(origin, moment(told.heardAt))}</p>
      {!told.takesActs && <Said kind="info" text={words.takesNoActs(origin)} />}
    </>
  );
}

/** May it be acted on from here? What is held here may. */
export const takesActs = (origin: string | undefined, instances: readonly HeldElsewhere[]): boolean =>
  origin === undefined || instances.some((one) => one.origin === origin && one.takesActs);

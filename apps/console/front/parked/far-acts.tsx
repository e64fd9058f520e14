import type { HeldFarAct } from '@sync-hub/contracts';
import { clockText } from '../language/times.js';
import { useParked } from './use-parked.js';

/** What was asked of other instances, and how far it is: nothing is said to be done before that instance has said so. */
export function FarActs({ acts }: { readonly acts: readonly HeldFarAct[] }) {
  const { words } = useParked();
  if (acts.length === 0) return null;
  return (
    <section aria-label={words.askedTitle}>
      <h2>{words.askedTitle}</h2>
      <ul className="history">
        {acts.map((act) => (
          <FarAct key={act.id} act={act} />
        ))}
      </ul>
    </section>
  );
}

function FarAct({ act }: { readonly act: HeldFarAct }) {
  const { words, language } = useParked();
  const clock = (at: string): string => clockText(at, new Date(), language);
  const { by, at, what, origin, reason } = act;
  return (
    <li>
      {words.askedBy(by, clock(at), `${words.askedWhat[what]} (${origin})`)} — {becameText(act, words, clock)} {reason !== null && <q>{reason}</q>}
    </li>
  );
}

function becameText(
  { origin, sentAt, endedAt, became, counts }: HeldFarAct,
  words: ReturnType<typeof useParked>['words'],
  clock: (at: string) => string,
): string {
  if (endedAt === null || became === null) return sentAt === null ? words.notFetched(origin) : words.notHeardYet(origin, clock(sentAt));
  return became === 'done' ? words.became.done(counts?.done ?? 0, counts?.found ?? 0, clock(endedAt)) : words.became[became](clock(endedAt));
}

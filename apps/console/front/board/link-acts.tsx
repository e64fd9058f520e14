import { Button } from '@carbon/react';
import type { BoardLink, BoardRoute, Direction, LinkAct } from '@sync-hub/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Cell, Columns } from '../columns.js';
import { Refused } from '../desk.js';
import { useAct } from '../may.js';
import { usePerson } from '../person.js';
import { Said, Trouble } from '../said.js';
import { LinkActDialog } from './link-act-dialog.js';
import { actOnLink, type LinkWish, linkHistory } from './link-api.js';
import { useBoardWords } from './use-board-words.js';

const HISTORY = 'link-history';

/** What is asked about before it is done. */
interface Asked {
  readonly what: LinkAct;
  readonly route: BoardRoute | null;
}

/** Stops a link, one direction of it, or lets it go on; and what was done to it. */
export function LinkActs({ link }: { readonly link: BoardLink }) {
  const { words } = useBoardWords();
  const client = useQueryClient();
  const person = usePerson();
  const [asked, ask] = useState<Asked | null>(null);
  const acting = useAct('drive-work', {
    mutationFn: ({ wish, by }: { readonly wish: LinkWish; readonly by: string }) => actOnLink(link.link, wish, by),
    onSettled: () => client.invalidateQueries({ queryKey: [HISTORY] }),
  });
  const act = (what: LinkAct, direction: Direction | undefined, reason: string): void => {
    const by = person.demandBeyond(() => ask(null));
    ask(null);
    if (by !== null) acting.mutate({ wish: { what, reason, ...(direction === undefined ? {} : { direction }) }, by });
  };
  return (
    <>
      <h2>{words.acts}</h2>
      {acting.isSuccess && <Said kind="success" text={words.acted[acting.variables.wish.what]} />}
      {acting.error !== null && <NotDone error={acting.error} />}
      {acting.may && <Buttons link={link} ask={ask} resume={(direction) => act('resume', direction, '')} />}
      {asked !== null && (
        <LinkActDialog
          what={asked.what}
          about={asked.route === null ? link.link : `${asked.route.source} → ${asked.route.target}`}
          close={() => ask(null)}
          does={(reason) => act(asked.what, asked.route?.direction, reason)}
        />
      )}
      <History link={link.link} />
    </>
  );
}

interface ButtonsProps {
  readonly link: BoardLink;
  readonly ask: (asked: Asked) => void;
  readonly resume: (direction: Direction) => void;
}

function Buttons({ link: { routes, braked }, ask, resume }: ButtonsProps) {
  const { words, clock, categoryName } = useBoardWords();
  return (
    <>
      {braked !== null && (
        <div className="acts">
          <span>{words.brakedFor(braked.voids, categoryName(braked.category), clock(braked.since, new Date()))}</span>
          <Button kind="danger--tertiary" size="sm" onClick={() => ask({ what: 'release', route: null })}>
            {words.doing.release}
          </Button>
        </div>
      )}
      {routes.map((route) => {
        const name = `${route.source} → ${route.target}`;
        const how = route.pause?.how;
        return (
          <div key={route.direction} className="acts on-route">
            <span className="route">{name}</span>
            {how !== 'pause' && (
              <Button kind="tertiary" size="sm" aria-label={`${words.doing.pause} (${name})`} onClick={() => ask({ what: 'pause', route })}>
                {words.doing.pause}
              </Button>
            )}
            {how !== 'drain' && (
              <Button kind="tertiary" size="sm" aria-label={`${words.doing.drain} (${name})`} onClick={() => ask({ what: 'drain', route })}>
                {words.doing.drain}
              </Button>
            )}
            {how !== undefined && (
              <Button size="sm" aria-label={`${words.doing.resume} (${name})`} onClick={() => resume(route.direction)}>
                {words.doing.resume}
              </Button>
            )}
          </div>
        );
      })}
    </>
  );
}

function NotDone({ error }: { readonly error: Error }) {
  const { words } = useBoardWords();
  return error instanceof Refused && error.status === 409 ? <Said kind="warning" text={words.asItIs} /> : <Trouble error={error} />;
}

function History({ link }: { readonly link: string }) {
  const { words, moment } = useBoardWords();
  const { data, error } = useQuery({ queryKey: [HISTORY, link], queryFn: () => linkHistory(link) });
  if (error !== null) return <Trouble error={error} />;
  if (data === undefined || data.length === 0) return <p className="soft">{data === undefined ? words.opening : words.neverActed}</p>;
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.when, words.who, words.what, words.why]} />
      <tbody>
        {data.map(({ what, direction, by, reason, at }) => (
          <tr key={`${at} ${what} ${direction}`}>
            <Cell of={words.when}>
              <time dateTime={at}>{moment(at)}</time>
            </Cell>
            <Cell of={words.who}>{by}</Cell>
            <Cell of={words.what}>
              {words.done[what]}
              {direction !== null && ` (${direction})`}
            </Cell>
            <Cell of={words.why}>{reason}</Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

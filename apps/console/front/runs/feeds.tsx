import { Button } from '@carbon/react';
import type { FollowedFeed } from '@sync-hub/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Ago } from '../ago.js';
import { Cell, Columns } from '../columns.js';
import { Dialog } from '../dialog.js';
import { useAct } from '../may.js';
import { usePerson } from '../person.js';
import { Said, Trouble } from '../said.js';
import { listFeeds, rewindFeed } from './run-api.js';
import { useRunWords } from './use-run-words.js';

const LOOK_EVERY_MS = 5000;
const FEEDS = ['feeds'];

/** How far each feed has been read; one is read from its start again once somebody has seen what that means. */
export function Feeds() {
  const { words } = useRunWords();
  const person = usePerson();
  const client = useQueryClient();
  const [asked, ask] = useState<FollowedFeed | null>(null);
  const { data, error } = useQuery({ queryKey: FEEDS, queryFn: listFeeds, refetchInterval: LOOK_EVERY_MS });
  const rewinding = useAct('drive-work', {
    mutationFn: ({ feed, by }: { readonly feed: FollowedFeed; readonly by: string }) => rewindFeed(feed, by),
    onSettled: () => client.invalidateQueries({ queryKey: FEEDS }),
  });
  const rewind = (feed: FollowedFeed): void => {
    const by = person.demandBeyond(() => ask(null));
    if (by === null) return;
    ask(null);
    rewinding.mutate({ feed, by });
  };
  return (
    <>
      <h2>{words.feeds}</h2>
      {error !== null && <Trouble error={error} />}
      {rewinding.isSuccess && <Said kind="success" text={words.rewound(rewinding.variables.feed.category, rewinding.variables.feed.site)} />}
      {rewinding.error !== null && <Trouble error={rewinding.error} />}
      {data !== undefined && data.length > 0 && <Table feeds={data} ask={rewinding.may ? ask : null} />}
      {asked !== null && (
        <Dialog
          title={words.rewindTitle(asked.category, asked.site)}
          close={() => ask(null)}
          act={
            <Button size="md" onClick={() => rewind(asked)}>
              {words.rewind}
            </Button>
          }
        >
          <p>{words.rewindHelp}</p>
        </Dialog>
      )}
    </>
  );
}

function Table({ feeds, ask }: { readonly feeds: readonly FollowedFeed[]; readonly ask: ((feed: FollowedFeed) => void) | null }) {
  const { words } = useRunWords();
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.feed, words.readLast, words.entries, words.trouble, ...(ask === null ? [] : [''])]} />
      <tbody>
        {feeds.map((feed) => (
          <tr key={`${feed.site} ${feed.category}`}>
            <Cell of={words.feed}>
              {feed.site} · {feed.category}
            </Cell>
            <Cell of={words.readLast}>{feed.readAt === null ? words.never : <Ago at={feed.readAt} />}</Cell>
            <Cell of={words.entries}>{feed.entriesRead}</Cell>
            <Cell of={words.trouble}>{feed.trouble}</Cell>
            {ask !== null && (
              <td>
                <div>
                  <Button kind="ghost" size="sm" aria-label={`${words.rewind} (${feed.site}, ${feed.category})`} onClick={() => ask(feed)}>
                    {words.rewind}
                  </Button>
                </div>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

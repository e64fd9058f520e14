import { Tag } from '@carbon/react';
import type { ManualRun } from '@sync-hub/contracts';
import { useQuery } from '@tanstack/react-query';
import { Ago } from '../ago.js';
import { Cell, Columns } from '../columns.js';
import { moveFocus, useKeys } from '../keys.js';
import { LinkHere } from '../link-here.js';
import { Permitted } from '../may.js';
import { Trouble } from '../said.js';
import { Feeds } from './feeds.js';
import { listManualRuns, manualRunChoices } from './run-api.js';
import { RunForm } from './run-form.js';
import { routeText, scopeText, totalsOf, useRunWords } from './use-run-words.js';

const LOOK_EVERY_MS = 3000;
const ROWS = '[data-row]';

/** Begins a run by hand, and lists the last ones. */
export function RunsPage() {
  const { t, words } = useRunWords();
  const choices = useQuery({ queryKey: ['manual-run-choices'], queryFn: manualRunChoices });
  const runs = useQuery({ queryKey: ['manual-runs'], queryFn: listManualRuns, refetchInterval: LOOK_EVERY_MS });
  useKeys({ j: () => moveFocus(ROWS, 1), k: () => moveFocus(ROWS, -1) });
  const error = choices.error ?? runs.error;
  return (
    <>
      <h1>{words.title}</h1>
      <p className="help">{words.help}</p>
      {error !== null && <Trouble error={error} />}
      <Permitted to="drive-work">{choices.data !== undefined && <RunForm choices={choices.data} />}</Permitted>
      <h2>{words.last}</h2>
      {runs.data === undefined && error === null && <p>{t.loading}</p>}
      {runs.data?.length === 0 && <p className="empty">{words.none}</p>}
      {runs.data !== undefined && runs.data.length > 0 && <Runs runs={runs.data} />}
      <Feeds />
    </>
  );
}

function Runs({ runs }: { readonly runs: readonly ManualRun[] }) {
  const { words, categoryName } = useRunWords();
  const columns = [words.what, words.link, words.state, words.records, words.who, words.when];
  return (
    <table className="cds--data-table rows">
      <Columns of={columns} />
      <tbody>
        {runs.map((run) => {
          const { ended, listed } = totalsOf(run);
          return (
            <tr key={run.id}>
              <Cell of={words.what}>
                <LinkHere to={`/runs/${run.id}`} className="cds--link whole-row" row>
                  {scopeText(words, run, categoryName)}
                </LinkHere>{' '}
                {run.dry && (
                  <Tag size="sm" type="teal">
                    {words.isDry}
                  </Tag>
                )}
              </Cell>
              <Cell of={words.link}>{routeText(run)}</Cell>
              <Cell of={words.state}>{words.states[run.state]}</Cell>
              <Cell of={words.records}>{words.ofAll(ended, listed)}</Cell>
              <Cell of={words.who}>{run.askedBy}</Cell>
              <Cell of={words.when}>
                <Ago at={run.askedAt} />
              </Cell>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

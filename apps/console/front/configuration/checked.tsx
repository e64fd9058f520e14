import type { ComparedLine, ConfigurationChange, ConfigurationCheck, ConfigurationConsequence, ConfigurationProblem } from '@sync-hub/contracts';
import { Cell, Columns } from '../columns.js';
import { Said } from '../said.js';
import { goToPlace, PROBLEMS } from './text-editor.js';
import { problemText, useConfigurationWords } from './use-configuration-words.js';

/** What is wrong with a text, each at its place; a click goes there, where the text is. */
export function Problems({ problems, hasText = false }: { readonly problems: readonly ConfigurationProblem[]; readonly hasText?: boolean }) {
  const { words } = useConfigurationWords();
  return (
    <div id={PROBLEMS} role="status">
      {problems.length > 0 && (
        <>
          <h2>{words.problems(problems.length)}</h2>
          <ol className="problems">
            {problems.map((problem) => (
              <li key={`${problem.line} ${problem.path} ${problem.found}`}>
                <Place problem={problem} hasText={hasText} /> <span lang="en">{problemText(words, problem)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function Place({ problem, hasText }: { readonly problem: ConfigurationProblem; readonly hasText: boolean }) {
  const { words } = useConfigurationWords();
  if (problem.line === null) return null;
  const text = words.place(problem.line, problem.column ?? 1);
  if (!hasText) return <strong>{text}</strong>;
  return (
    <button type="button" className="cds--link" onClick={() => goToPlace(problem)}>
      {text}
    </button>
  );
}

/** What a valid text changes of what is in force, what follows from that, and which lines of the file are others. */
export function Changed({ check: { changes, consequences, lines } }: { readonly check: ConfigurationCheck }) {
  const { words } = useConfigurationWords();
  return (
    <>
      <h2>{words.follows}</h2>
      {consequences.some(({ code }) => code === 'needs-restart') && <Said kind="warning" text={words.needsRestart} />}
      <Consequences consequences={consequences} isAny={changes.length > 0} />
      <h2>{words.changes}</h2>
      {changes.length === 0 ? <p className="empty">{words.noChanges}</p> : <Changes changes={changes} />}
      <Lines lines={lines} />
    </>
  );
}

function Consequences({ consequences, isAny }: { readonly consequences: readonly ConfigurationConsequence[]; readonly isAny: boolean }) {
  const { words } = useConfigurationWords();
  const needsRestart = consequences.some(({ code }) => code === 'needs-restart');
  return (
    <ul className="consequences">
      {consequences.map(({ code, at, count }) => (
        <li key={`${code} ${at}`} data-consequence={code}>
          {words.consequences[code](at, count ?? 0)}
        </li>
      ))}
      {!needsRestart && <li>{isAny ? words.takenSoon : words.nothingFollows}</li>}
    </ul>
  );
}

function Changes({ changes }: { readonly changes: readonly ConfigurationChange[] }) {
  const { words } = useConfigurationWords();
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.at, words.was, words.becomes]} />
      <tbody>
        {changes.map(({ path, what, before, after }) => (
          <tr key={path}>
            <Cell of={words.at}>
              <code>{path}</code>
            </Cell>
            <Cell of={words.was}>{what === 'added' ? <span className="soft">{words.nothing}</span> : <Value text={before} />}</Cell>
            <Cell of={words.becomes}>{what === 'removed' ? <span className="soft">{words.nothing}</span> : <Value text={after} />}</Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ text }: { readonly text: string | null }) {
  const { words } = useConfigurationWords();
  return text === null ? <span className="soft">{words.notShown}</span> : <code>{text}</code>;
}

const AROUND = 2;

/** The lines that differ, and those beside them. */
export function Lines({ lines }: { readonly lines: readonly ComparedLine[] }) {
  const { words } = useConfigurationWords();
  const isNear = (at: number): boolean => lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some((line) => line.in !== 'both');
  const numbered = lines.map((line, at) => ({ ...line, at })).filter(({ at }) => isNear(at));
  if (numbered.length === 0) return null;
  return (
    <details className="folded" open>
      <summary>{words.lines}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys */}
      <section className="compared" aria-label={words.lines} tabIndex={0}>
        {numbered.map((line, index) => {
          const isGap = index > 0 && numbered[index - 1]?.at !== line.at - 1;
          return <Line key={line.at} line={line} isGap={isGap} />;
        })}
      </section>
    </details>
  );
}

function Line({ line: { in: where, text }, isGap }: { readonly line: ComparedLine; readonly isGap: boolean }) {
  return (
    <>
      {isGap && <div className="gap">…</div>}
      {where === 'after' ? <ins>+ {text}</ins> : where === 'before' ? <del>− {text}</del> : <div>{`  ${text}`}</div>}
    </>
  );
}

import type { ConfigurationVersion } from '@sync-hub/contracts';
import { useQuery } from '@tanstack/react-query';
import { Ago } from '../ago.js';
import { Cell, Columns } from '../columns.js';
import { LinkHere } from '../link-here.js';
import { Trouble } from '../said.js';
import { listVersions, VERSIONS } from './configuration-api.js';
import { useConfigurationWords } from './use-configuration-words.js';

const LOOK_EVERY_MS = 5000;
const PLACES_SHOWN = 3;

/** What the file has said, the newest first. */
export function HistoryTable({ current }: { readonly current: number | null }) {
  const { words } = useConfigurationWords();
  const { data, error } = useQuery({ queryKey: VERSIONS, queryFn: listVersions, refetchInterval: LOOK_EVERY_MS });
  return (
    <>
      <h2>{words.history}</h2>
      {error !== null && <Trouble error={error} />}
      {data?.length === 0 && <p className="empty">{words.noHistory}</p>}
      {data !== undefined && data.length > 0 && (
        <table className="cds--data-table rows">
          <Columns of={[words.version, words.when, words.who, words.from, words.why, words.places]} />
          <tbody>
            {data.map((version) => (
              <Row key={version.version} version={version} isCurrent={version.version === current} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Row({ version, isCurrent }: { readonly version: ConfigurationVersion; readonly isCurrent: boolean }) {
  const { words } = useConfigurationWords();
  const { version: number, at, by, why, paths } = version;
  return (
    <tr>
      <Cell of={words.version}>
        <LinkHere to={`/configuration/${number}`}>{words.versionOf(number)}</LinkHere> {isCurrent && <span className="soft">{words.isFile}</span>}
      </Cell>
      <Cell of={words.when}>
        <Ago at={at} />
      </Cell>
      <Cell of={words.who}>{by ?? <span className="soft">{words.nobodySaid}</span>}</Cell>
      <Cell of={words.from}>{originText(words, version)}</Cell>
      <Cell of={words.why}>{why}</Cell>
      <Cell of={words.places}>
        {paths.slice(0, PLACES_SHOWN).map((path) => (
          <code key={path} className="one-place">
            {path}
          </code>
        ))}
        {paths.length > PLACES_SHOWN && <span className="soft">{words.more(paths.length - PLACES_SHOWN)}</span>}
      </Cell>
    </tr>
  );
}

/** From where a version came, in words. */
export const originText = (words: ReturnType<typeof useConfigurationWords>['words'], { from, of }: Pick<ConfigurationVersion, 'from' | 'of'>): string =>
  from === 'roll-back' ? words.rolledBack(of ?? 0) : words.origins[from];

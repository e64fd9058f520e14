import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LinkHere } from '../link-here.js';
import { useAct } from '../may.js';
import { usePerson } from '../person.js';
import { Said, Trouble } from '../said.js';
import { Changed, Lines, Problems } from './checked.js';
import { checkVersion, findVersion, readConfiguration, rollBack, STATE, VERSIONS } from './configuration-api.js';
import { originText } from './history-table.js';
import { NotSaved, SaveForm } from './save-form.js';
import { Status } from './status.js';
import { useConfigurationWords } from './use-configuration-words.js';

const LOOK_EVERY_MS = 2000;

/** One version: what it changed, what would come with it now, and the button that brings it back. */
export function VersionPage({ version: number }: { readonly version: string }) {
  const { t, words, moment } = useConfigurationWords();
  const version = useQuery({ queryKey: [...VERSIONS, number], queryFn: () => findVersion(number) });
  const { data, error } = version;
  return (
    <>
      <p>
        <LinkHere to="/configuration">← {words.title}</LinkHere>
      </p>
      <h1>{words.versionOf(number)}</h1>
      {error !== null && <Trouble error={error} />}
      {data === undefined && error === null && <p>{t.loading}</p>}
      {data !== undefined && (
        <>
          <p>
            {originText(words, data)} · {data.by ?? words.nobodySaid} · {moment(data.at)}
          </p>
          {data.why !== null && <p>{data.why}</p>}
          {data.sinceBefore.length > 0 && (
            <>
              <h2>{words.sinceBefore}</h2>
              <Lines lines={data.sinceBefore} />
            </>
          )}
          {data.text === null ? <Said kind="warning" text={words.sealed} /> : <BringBack number={number} />}
        </>
      )}
    </>
  );
}

function BringBack({ number }: { readonly number: string }) {
  const { words } = useConfigurationWords();
  const client = useQueryClient();
  const person = usePerson();
  const state = useQuery({ queryKey: STATE, queryFn: readConfiguration, refetchInterval: LOOK_EVERY_MS });
  const base = state.data?.base;
  const checked = useQuery({ queryKey: ['configuration-check-version', number, base], queryFn: () => checkVersion(number), enabled: base !== undefined });
  const rolling = useAct('configure', { mutationFn: rollBack, onSettled: () => client.invalidateQueries() });
  const begin = (why: string): void => {
    const by = person.demand();
    if (by !== null && base !== undefined) rolling.mutate({ version: Number(number), base, why, by });
  };
  if (state.data === undefined || checked.data === undefined) return checked.error === null ? null : <Trouble error={checked.error} />;
  const { problems, outline, lines } = checked.data;
  const isSame = lines.every((line) => line.in === 'both');
  const done = rolling.data;
  return (
    <>
      <Status state={state.data} />
      {done?.kind === 'saved' && <Said kind="success" text={words.saved(done.version)} />}
      {rolling.error !== null && <NotSaved error={rolling.error} />}
      {isSame ? (
        <p className="empty">{words.isFileNow}</p>
      ) : (
        <>
          <h2>{words.bringBack}</h2>
          <Problems problems={problems} />
          {outline !== null && <Changed check={checked.data} />}
          {rolling.may && state.data.cannotSave === null && (
            <SaveForm label={words.rollBack} disabled={problems.length > 0 || rolling.isPending} save={begin} />
          )}
        </>
      )}
    </>
  );
}

import { Button, Tag } from '@carbon/react';
import type { HangingRecord, RecordHop, RecordStanding, RecordTimeline } from '@sync-hub/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { placeOfAudit } from '../audit/filters.js';
import { moveFocus, useKeys } from '../keys.js';
import { LinkHere } from '../link-here.js';
import { Permitted } from '../may.js';
import { awayText, namesText } from '../parked/sentences.js';
import { useParked } from '../parked/use-parked.js';
import { goTo } from '../place.js';
import { Said, Trouble } from '../said.js';
import { readTimeline } from './record-api.js';
import { RECORD_WORDS } from './words.js';

const ROWS = '[data-row]';
const LOOK_EVERY_MS = 5000;

const useWords = () => {
  const parked = useParked();
  return { ...parked, parked: parked.words, words: RECORD_WORDS[parked.language] };
};

/** One record: where it is now, and why; the one thing that helps; and every hop of it. */
export function RecordPage({ uuid }: { readonly uuid: string }) {
  const { t, words, names } = useWords();
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['record', uuid],
    queryFn: ({ pageParam }) => readTimeline(uuid, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: LOOK_EVERY_MS,
  });
  useKeys({ j: () => moveFocus(ROWS, 1), k: () => moveFocus(ROWS, -1), u: () => goTo('/records') });
  const [first] = data?.pages ?? [];
  return (
    <>
      <p>
        <LinkHere to="/records">← {words.back}</LinkHere>
      </p>
      {error !== null && <Trouble error={error} />}
      {first === undefined && error === null && <p>{t.loading}</p>}
      {first !== undefined && (
        <>
          <h1>
            {names.categoryName(first.record.aggregate)} <code>{first.record.uuid}</code>
          </h1>
          {first.patient !== null && (
            <p>
              {words.of}{' '}
              <LinkHere to={`/records/${first.patient.uuid}`}>
                {names.categoryName('patient')} <code>{first.patient.uuid}</code>
              </LinkHere>
            </p>
          )}
          <Stops timeline={first} />
          <Now timeline={first} />
          {first.hanging.length > 0 && <Hanging hanging={first.hanging} />}
          <History hops={data?.pages.flatMap(({ hops }) => hops) ?? []} />
          <p>
            <LinkHere to={placeOfAudit({ record: first.record.uuid })}>{words.audit}</LinkHere>
          </p>
        </>
      )}
      {hasNextPage && (
        <Button kind="ghost" size="sm" onClick={() => void fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </>
  );
}

/** Whoever stopped the patient, and where she is let go on; else where she is stopped. */
function Stops({ timeline: { record, patient, stops } }: { readonly timeline: RecordTimeline }) {
  const { words, moment } = useWords();
  const hers = patient ?? (record.aggregate === 'person' ? record : null);
  if (hers === null) return null;
  return (
    <>
      {stops.map(({ link, by, since }) => (
        <Said key={link ?? ''} kind="warning" text={words.stopped(by, moment(since), link)} />
      ))}
      <Permitted to="drive-work" quiet>
        <p>
          <LinkHere to={`/patients?patient=${hers.uuid}`}>{stops.length > 0 ? words.letGoOn : words.stop}</LinkHere>
        </p>
      </Permitted>
    </>
  );
}

function Now({ timeline: { agreed, standing, away } }: { readonly timeline: RecordTimeline }) {
  const { words, parked, moment } = useWords();
  return (
    <section aria-label={words.whereNow}>
      <h2>{words.whereNow}</h2>
      {away.map((one) => (
        <Said key={one.site} kind="warning" text={awayText(parked, one, moment(one.since))} />
      ))}
      {standing.map((one) => (
        <Standing key={one.id} standing={one} />
      ))}
      {standing.length === 0 && <p>{words.nowhere}</p>}
      {agreed.map(({ link, parent, child, at }) => (
        <p key={link}>{words.agreedAt(parent, child, moment(at))}</p>
      ))}
      {agreed.length === 0 && <p className="soft">{words.neverAgreed}</p>}
    </section>
  );
}

function Standing({ standing }: { readonly standing: RecordStanding }) {
  const { words, parked, names, moment } = useWords();
  const { kind, id, source, site, state, why, code, since, conflict, helps } = standing;
  if (state === 'moving') return <p>{kind === 'job' ? words.moving(source ?? '', site) : words.looking(site)}</p>;
  const reason = state === 'conflict' ? words.inConflict : (parked.whys[why as keyof typeof parked.whys] ?? why ?? '');
  const named = namesText(standing.names, names);
  const where = kind === 'job' ? words.waits(source ?? '', site) : words.unread(site);
  const help = helps === null || helps === 'answer' ? '' : parked.helpsWith[helps];
  return (
    <>
      <Said
        kind="warning"
        text={`${where}: ${reason}${named === '' ? '' : `: ${named}`}`}
        more={
          <span>
            {moment(since)} <code>{code}</code> {help}
          </span>
        }
      />
      <p>
        {conflict === null ? (
          <LinkHere to={helps === 'let-go-on' ? '/patients' : `/parked/${id}`}>{helps === 'let-go-on' ? words.letGoOn : words.goHelp}</LinkHere>
        ) : (
          <Permitted to="see-records" quiet>
            <LinkHere to={`/conflicts/${conflict}`}>{words.goAnswer}</LinkHere>
          </Permitted>
        )}
      </p>
    </>
  );
}

function Hanging({ hanging }: { readonly hanging: readonly HangingRecord[] }) {
  const { words, names, moment } = useWords();
  return (
    <section>
      <h2>{words.hanging}</h2>
      <ul className="history">
        {hanging.map(({ record, states, lastAt }) => (
          <li key={`${record.aggregate} ${record.uuid}`}>
            <LinkHere to={`/records/${record.uuid}`} row>
              {names.categoryName(record.aggregate)} <code>{record.uuid}</code>
            </LinkHere>{' '}
            {states.length === 0
              ? words.atRest
              : states.map((state) => (
                  <Tag key={state} size="sm" type={state === 'moving' ? 'blue' : 'red'}>
                    {words.states[state]}
                  </Tag>
                ))}{' '}
            <span className="soft">{moment(lastAt)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({ hops }: { readonly hops: readonly RecordHop[] }) {
  const { words, names, moment } = useWords();
  return (
    <section>
      <h2>{words.history}</h2>
      <ol className="history">
        {hops.map(({ at, said, site, link, outcome, reason, by, fields, lost, origin }, index) => (
          <li key={`${at} ${said} ${index}`}>
            <time dateTime={at}>{moment(at)}</time> <strong>{site}</strong>
            {link !== null && link !== site && ` (${link})`}: {words.said[said as keyof typeof words.said] ?? said} {outcome !== null && <code>{outcome}</code>}{' '}
            {reason !== null && reason !== outcome && <code>{reason}</code>} {fields.map(names.fieldName).join(', ')}{' '}
            {lost.length > 0 && words.lost(lost.map(names.fieldName).join(', '))} {by !== null && words.by(by)} {origin !== null && words.from(origin)}
          </li>
        ))}
      </ol>
    </section>
  );
}

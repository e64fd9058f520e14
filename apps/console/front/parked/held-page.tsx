import { Button } from '@carbon/react';
import type { HeldDetail, HeldNote } from '@sync-hub/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Refused } from '../desk.js';
import { useKeys } from '../keys.js';
import { LinkHere } from '../link-here.js';
import { Permitted, useAct } from '../may.js';
import { usePerson } from '../person.js';
import { goTo } from '../place.js';
import { Said, Trouble } from '../said.js';
import { ActDialog } from './act-dialog.js';
import { type Act, actOnOne, type Deed, findHeld } from './held-api.js';
import { oneText } from './sentences.js';
import { useParked } from './use-parked.js';
import { WhyNow } from './why-now.js';

const LOOK_EVERY_MS = 3000;

/** One that is held: why, whether it will work now, what people did to it, and what can be done. */
export function HeldPage({ id }: { readonly id: string }) {
  const { t, words, names } = useParked();
  const { data, error } = useQuery({ queryKey: ['held', id], queryFn: () => findHeld(id), refetchInterval: LOOK_EVERY_MS });
  useKeys({ u: () => goTo('/parked') });
  const isGone = error instanceof Refused && error.status === 404;
  return (
    <>
      <p>
        <LinkHere to={data === undefined ? '/parked' : `/parked/${data.held.group}`}>← {words.back}</LinkHere>
      </p>
      {data === undefined && error === null && <p>{t.loading}</p>}
      {isGone && <h1>{words.title}</h1>}
      {isGone && <Said kind="info" text={words.gone} />}
      {error !== null && !isGone && <Trouble error={error} />}
      {data !== undefined && !isGone && (
        <>
          <h1>
            {names.categoryName(data.held.category)} <code>{data.held.record.uuid}</code>
          </h1>
          <Held detail={data} />
        </>
      )}
      <Doing id={id} isHeld={data !== undefined && !isGone} detail={data} />
    </>
  );
}

function Held({ detail: { held, notes, isMoving, isWriteUnknown } }: { readonly detail: HeldDetail }) {
  const { words, names, moment } = useParked();
  return (
    <>
      <p>
        {oneText(words, held, names)} {held.origin !== undefined && words.at(held.origin)}
      </p>
      <dl className="told">
        <div>
          <dt>{words.since}</dt>
          <dd>{moment(held.since)}</dd>
        </div>
        <div>
          <dt>{words.helps}</dt>
          <dd>{words.helpsWith[held.helps]}</dd>
        </div>
      </dl>
      {isMoving && <p className="soft">{words.isMoving}</p>}
      {isWriteUnknown && <Said kind="warning" text={words.writeUnknown} />}
      {held.origin === undefined && (
        <Permitted to="drive-work">
          <WhyNow id={held.id} label={words.askWhy} />
        </Permitted>
      )}
      {notes.length > 0 && <Notes notes={notes} />}
    </>
  );
}

function Notes({ notes }: { readonly notes: readonly HeldNote[] }) {
  const { words, moment } = useParked();
  const did = { redriven: words.redriven, discarded: words.discarded, parked: words.laid };
  return (
    <section>
      <h2>{words.acts}</h2>
      <ul className="history">
        {notes.map(({ at, by, what, reason }) => (
          <li key={`${at} ${what}`}>
            {moment(at)}: {by} {did[what]}
            {reason !== null && <q>{reason}</q>}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DoingProps {
  readonly id: string;
  readonly isHeld: boolean;
  readonly detail: HeldDetail | undefined;
}

/** Stays while what is held is gone: it says what was done. */
function Doing({ id, isHeld, detail }: DoingProps) {
  const { words, names } = useParked();
  const person = usePerson();
  const client = useQueryClient();
  const [asks, setAsks] = useState<Exclude<Act, 'redrive'> | null>(null);
  const acting = useAct('drive-work', { mutationFn: (deed: Deed) => actOnOne(id, deed), onSettled: () => client.invalidateQueries({ queryKey: ['held'] }) });
  const asSomebody = (act: (by: string) => void): void => {
    const by = person.demand();
    if (by !== null) act(by);
  };
  const done = { redrive: words.retryDone, discard: words.discardDone, park: words.layDone };
  return (
    <>
      {isHeld && detail !== undefined && acting.may && (
        <div className="acts">
          <Button size="md" disabled={acting.isPending} onClick={() => asSomebody((by) => acting.mutate({ act: 'redrive', by }))}>
            {words.retry}
          </Button>
          {detail.held.why === 'patient-stopped' && <LinkHere to="/patients">{words.letGoOn}</LinkHere>}
          {detail.held.kind === 'job' && detail.held.why !== 'patient-stopped' && (
            <Button kind="ghost" size="md" onClick={() => setAsks('park')}>
              {words.lay}
            </Button>
          )}
          {detail.held.why !== 'patient-stopped' && (
            <Button kind="danger--ghost" size="md" onClick={() => setAsks('discard')}>
              {words.discard}
            </Button>
          )}
        </div>
      )}
      {asks !== null && detail !== undefined && (
        <ActDialog
          act={asks}
          about={oneText(words, detail.held, names)}
          close={() => setAsks(null)}
          does={(reason) => asSomebody((by) => acting.mutate({ act: asks, by, reason }))}
        />
      )}
      {acting.isSuccess && <Said kind={acting.data.asked ? 'info' : 'success'} text={acting.data.asked ? words.askedDone : done[acting.variables.act]} />}
      {acting.error !== null && <NotDone error={acting.error} origin={detail?.held.origin ?? ''} />}
    </>
  );
}

function NotDone({ error, origin }: { readonly error: unknown; readonly origin: string }) {
  const { words } = useParked();
  if (!(error instanceof Refused)) return <Trouble error={error} />;
  if (error.said.error === 'moving') return <Said kind="warning" text={words.moving} />;
  if (error.said.error === 'conflict') return <Said kind="warning" text={words.inConflict} />;
  if (error.said.error === 'not-taken') return <Said kind="warning" text={words.takesNoActs(origin)} />;
  return error.status === 404 ? <Said kind="info" text={words.gone} /> : <Trouble error={error} />;
}

import { Button, Select, SelectItem, TextArea } from '@carbon/react';
import type { AuditLine, BodyAsked, BodyReason, KeptBody, ShownBody } from '@sync-hub/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../dialog.js';
import { Permitted, useAct } from '../may.js';
import { usePerson } from '../person.js';
import { Said, Trouble } from '../said.js';
import { bodiesOfLine, showBody } from './audit-api.js';
import { useAuditWords } from './use-audit-words.js';

const REASONS = ['fault', 'complaint', 'data-protection', 'test', 'other'] as const satisfies readonly BodyReason[];

/** A note of so many characters is one. */
const SHORTEST_NOTE = 3;

/** For who may: what was sent to a site and what it answered, for the job of a line of this instance. */
export function BodiesOfLine({ line }: { readonly line: AuditLine }) {
  const { words } = useAuditWords();
  const [isOpen, open] = useState(false);
  if (line.origin !== null || !line.type.startsWith('job.')) return null;
  return (
    <Permitted to="see-bodies" quiet>
      <button type="button" className="cds--link" onClick={() => open(true)}>
        {words.bodies}
      </button>
      {isOpen && <BodiesDialog lineId={line.id} close={() => open(false)} />}
    </Permitted>
  );
}

function BodiesDialog({ lineId, close }: { readonly lineId: string; readonly close: () => void }) {
  const { t, words } = useAuditWords();
  const { demandBeyond } = usePerson();
  const [why, say] = useState<BodyAsked>({ reason: 'fault', note: '' });
  const kept = useQuery({ queryKey: ['bodies-of-line', lineId], queryFn: () => bodiesOfLine(lineId), gcTime: 0 });
  const showing = useAct<ShownBody, { readonly id: string; readonly by: string }>('see-bodies', {
    mutationFn: ({ id, by }) => showBody(id, why, by),
    gcTime: 0,
  });
  const show = (id: string): void => {
    const by = demandBeyond(close);
    if (by !== null) showing.mutate({ id, by });
  };
  return (
    <Dialog title={words.bodies} close={close}>
      <p className="help">{words.bodiesHelp}</p>
      {kept.error !== null && <Trouble error={kept.error} />}
      {kept.isPending && <p>{t.loading}</p>}
      {kept.data?.length === 0 && <p className="empty">{words.noBodies}</p>}
      {kept.data !== undefined && kept.data.length > 0 && (
        <>
          <Why why={why} say={say} />
          <ul>
            {kept.data.map((body) => (
              <Kept key={body.id} body={body} isAsked={why.note.trim().length >= SHORTEST_NOTE && !showing.isPending} show={() => show(body.id)} />
            ))}
          </ul>
        </>
      )}
      {showing.error !== null && <Trouble error={showing.error} />}
      {showing.data !== undefined && <Shown body={showing.data} />}
    </Dialog>
  );
}

function Why({ why, say }: { readonly why: BodyAsked; readonly say: (why: BodyAsked) => void }) {
  const { words } = useAuditWords();
  return (
    <>
      <Select
        id="body-reason"
        size="sm"
        labelText={words.bodyReason}
        value={why.reason}
        onChange={({ target }) => say({ ...why, reason: REASONS.find((one) => one === target.value) ?? 'other' })}
      >
        {REASONS.map((one) => (
          <SelectItem key={one} value={one} text={words.bodyReasons[one]} />
        ))}
      </Select>
      <TextArea
        id="body-note"
        labelText={words.bodyNote}
        helperText={words.bodyNoteHelp}
        rows={2}
        maxLength={500}
        value={why.note}
        onChange={({ target }) => say({ ...why, note: target.value })}
      />
    </>
  );
}

function Kept({ body, isAsked, show }: { readonly body: KeptBody; readonly isAsked: boolean; readonly show: () => void }) {
  const { words, moment, language } = useAuditWords();
  const answered = body.status === null ? words.noAnswer : words.answered(body.status);
  return (
    <li>
      <time dateTime={body.at}>{moment(body.at)}</time>, {body.site}, {answered}, {words.bytes(body.bytes.toLocaleString(language))},{' '}
      {words.keptUntil(moment(body.until))}{' '}
      <Button kind="ghost" size="sm" disabled={!isAsked} onClick={show}>
        {words.showBody}
      </Button>
    </li>
  );
}

function Shown({ body }: { readonly body: ShownBody }) {
  const { words, moment } = useAuditWords();
  return (
    <section aria-label={words.bodies}>
      {body.opened === null ? (
        <Said kind="warning" text={words.bodySealed} />
      ) : (
        <>
          <h3>{words.sent}</h3>
          <p>
            <code>
              {body.opened.method} {body.opened.path}
            </code>
          </p>
          <pre className="body-text">{body.opened.request}</pre>
          <h3>{words.answer}</h3>
          <pre className="body-text">{body.opened.answer ?? words.noAnswer}</pre>
          {body.opened.isCut && <p className="soft">{words.bodyCut}</p>}
        </>
      )}
      {body.shownBefore.map(({ by, at, reason, note }) => (
        <p key={at} className="soft">
          {words.shownBefore(moment(at), by, words.bodyReasons[reason])} {note ?? ''}
        </p>
      ))}
    </section>
  );
}

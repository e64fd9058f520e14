import { Button, TextInput } from '@carbon/react';
import type { AuditProof } from '@sync-hub/contracts';
import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { useAct } from '../may.js';
import { Said, Trouble } from '../said.js';
import { auditDays, readLine, verifyDay } from './audit-api.js';
import { LineFields } from './line-fields.js';
import { type ProofSaid, proofSentences } from './proof-sentences.js';
import { useAuditWords } from './use-audit-words.js';

/** How far days have been held against their seals. */
interface Verified {
  readonly proofs: readonly AuditProof[];
  readonly done: number;
  readonly of: number;
  readonly at: string | null;
}

const NOTHING: Verified = { proofs: [], done: 0, of: 0, at: null };

/** Day after day, so that one sees how far it is, and can stop it. */
function useVerifying() {
  const [verified, setVerified] = useState(NOTHING);
  const isStopped = useRef(false);
  const verifying = useAct('read-audit', {
    mutationFn: async (asked: string | null) => {
      isStopped.current = false;
      setVerified(NOTHING);
      const days = asked === null ? await auditDays() : [asked];
      const proofs: AuditProof[] = [];
      let done = 0;
      for (const day of days) {
        if (isStopped.current) break;
        setVerified({ proofs: [...proofs], done, of: days.length, at: day });
        proofs.push(...(await verifyDay(day)));
        done += 1;
      }
      setVerified({ proofs, done, of: days.length, at: null });
    },
  });
  const stop = (): void => {
    isStopped.current = true;
  };
  return { verified, verifying, stop };
}

/** Are the rows of a day, or of all days, as they were sealed? Names the first that is not. */
export function Verify() {
  const { words } = useAuditWords();
  const [day, setDay] = useState(() => new Date().toISOString().slice(0, 10));
  const { verified, verifying, stop } = useVerifying();
  return (
    <details className="folded">
      <summary>{words.verifyTitle}</summary>
      <p className="help">{words.verifyHelp}</p>
      <form
        className="filters"
        aria-label={words.verifyTitle}
        onSubmit={(event) => {
          event.preventDefault();
          verifying.mutate(day);
        }}
      >
        <TextInput id="verify-day" size="sm" type="date" labelText={words.day} value={day} required onChange={({ target }) => setDay(target.value)} />
        <Button type="submit" size="sm" disabled={!verifying.may || verifying.isPending}>
          {words.verify}
        </Button>
        <Button kind="secondary" size="sm" disabled={!verifying.may || verifying.isPending} onClick={() => verifying.mutate(null)}>
          {words.verifyAll}
        </Button>
      </form>
      {verifying.isPending ? <HowFar verified={verified} stop={stop} /> : <Told verified={verified} isSuccess={verifying.isSuccess} />}
      {verifying.error !== null && <Trouble error={verifying.error} />}
    </details>
  );
}

function HowFar({ verified: { at, done, of }, stop }: { readonly verified: Verified; readonly stop: () => void }) {
  const { words, day } = useAuditWords();
  const id = useId();
  return (
    <div className="progress">
      <label htmlFor={id}>{words.verifying(at === null ? '' : day(at))}</label>
      <progress id={id} max={Math.max(1, of)} value={done} />
      <Button kind="secondary" size="sm" onClick={stop}>
        {words.stop}
      </Button>
    </div>
  );
}

function Told({ verified: { proofs, done, of }, isSuccess }: { readonly verified: Verified; readonly isSuccess: boolean }) {
  const { words, day } = useAuditWords();
  return (
    <>
      {isSuccess && of === 0 && <Said kind="info" text={words.noDays} />}
      {done < of && <Said kind="warning" text={words.stopped(done, of)} />}
      {proofSentences(proofs, words, day).map((one) => (
        <Sentence key={one.text} said={one} />
      ))}
      {of === 1 &&
        proofs.flatMap(({ kind, day: of_, head, verdict }) =>
          head === null || verdict !== 'intact' ? [] : [<Head key={kind} text={words.head(`${day(of_)} (${words.kinds[kind]})`, head)} />],
        )}
    </>
  );
}

const Head = ({ text }: { readonly text: string }) => <p className="soft hash">{text}</p>;

function Sentence({ said: { kind, text, more, row } }: { readonly said: ProofSaid }) {
  const { words } = useAuditWords();
  const line = useQuery({
    queryKey: ['audit-line', row],
    queryFn: () => (row === null ? null : readLine(row.kind, row.id)),
    enabled: row !== null,
    staleTime: 0,
  });
  return (
    <>
      <Said kind={kind} text={text} more={more} />
      {line.data !== undefined && line.data !== null && (
        <section aria-label={words.asItStands}>
          <h3>{words.asItStands}</h3>
          <LineFields line={line.data} />
        </section>
      )}
    </>
  );
}

import type { DryRunTold, ManualRun } from '@sync-hub/contracts';
import { useRunWords } from './use-run-words.js';

/** What a dry run found in all: what would be written, asked and sent, about how long it would take, and how that was reckoned. */
export function Told({ run, told }: { readonly run: ManualRun; readonly told: DryRunTold }) {
  const { words, bytes, duration } = useRunWords();
  const { about, source, target } = told;
  const along = (run.along ?? []).map(({ as, records }) => `${records} ${words.ends[as] ?? as}`).join(', ');
  return (
    <section>
      <p className="told">
        <span>{words.wouldWrite(told.writes, bytes(told.bytesToSend))}</span>
        <span>{words.wouldAsk(told.conflicts)}</span>
        <span>{words.wasRead(bytes(source.bytes + target.bytes))}</span>
        {about !== null && <strong>{words.wouldTake(duration(about.seconds))}</strong>}
      </p>
      {along !== '' && <p>{words.along(along)}</p>}
      {about !== null && (
        <p className="soft">
          {words.reckoned} {words.atEnd(run.source, about.source)}; {words.atEnd(run.target, about.target)}.{' '}
          {about.slowest === null ? words.paceOfRun : words.paceOf(run[about.slowest])}
        </p>
      )}
    </section>
  );
}

import { Button } from '@carbon/react';
import { useEffect, useState } from 'react';
import { Refused } from '../desk.js';
import { useSpeech } from '../language/speaking.js';
import { Said } from '../said.js';
import { isClosed } from '../words-of-conflict.js';
import type { Work } from './use-work.js';

const LONG_MS = 30_000;

/** What became of it, as the desk tells: on its way, at both ends, or shown again. */
export function Outcome({ work }: { readonly work: Work }) {
  const { t } = useSpeech();
  const { draft, detail, refused } = work;
  const { state } = detail.conflict;
  if (state === 'answered') return <OnItsWay work={work} />;
  if (state === 'resolved') {
    const took = draft.sentAt === null || draft.heldAt === null ? null : ((draft.heldAt - draft.sentAt) / 1000).toFixed(1);
    return <Said kind="success" text={took === null ? t.holdsSince : t.holds(took)} />;
  }
  if (state === 'dismissed') return <Said kind="info" text={t.dismissedNow} />;
  if (draft.news.size > 0) return <Said kind="warning" text={t.shownAgain} />;
  const wasClosed = refused instanceof Refused && refused.said.error === 'closed' && isClosed(state);
  return wasClosed ? <Said kind="warning" text={t.closedMeanwhile} /> : null;
}

/** Whoever thought that nobody had answered is told so; whoever knows may answer otherwise, where the desk takes that. */
function OnItsWay({ work: { draft, refused, canTurn, turn } }: { readonly work: Work }) {
  const { t } = useSpeech();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  const wasSecond = refused instanceof Refused && refused.said.error === 'stale' && draft.sentAt === null && !draft.isOtherwise;
  return (
    <>
      {wasSecond && <Said kind="warning" text={t.answeredMeanwhile} />}
      <Said kind="info" text={t.answeredNow} more={isLong ? <span>{t.answeredLong}</span> : null} />
      {draft.isOtherwise && <p>{t.answerOtherwiseHelp}</p>}
      {canTurn && (
        <Button kind="tertiary" size="sm" onClick={turn}>
          {t.answerOtherwise}
        </Button>
      )}
    </>
  );
}

import type { ConflictDetail } from '@sync-hub/contracts';
import { useSpeech } from '../language/speaking.js';
import { agoText, momentText } from '../language/times.js';
import { noteText } from '../words-of-conflict.js';

/** Who has done what about it, the latest first. */
export function History({ notes }: Pick<ConflictDetail, 'notes'>) {
  const { t, language } = useSpeech();
  if (notes.length === 0) return null;
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t.history}</h2>
      <ol className="history">
        {[...notes].reverse().map(({ at, by, what, text }) => (
          <li key={`${at} ${what}`}>
            <time dateTime={at} title={momentText(at, language)} className="soft">
              {agoText(at, new Date(), language)}
            </time>{' '}
            {by}: {noteText(t, what)} {text !== null && <span className="value">{text}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

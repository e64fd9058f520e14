import { useSpeech } from './language/speaking.js';
import { agoText, momentText } from './language/times.js';

interface AgoProps {
  readonly at: string;
  /** What time it is where that was told; here, unless given. */
  readonly now?: Date;
}

/** How long ago that was; the moment itself for who points at it. */
export function Ago({ at, now = new Date() }: AgoProps) {
  const { language } = useSpeech();
  return (
    <time dateTime={at} title={momentText(at, language)}>
      {agoText(at, now, language)}
    </time>
  );
}

/** The same, or in words that it never was. */
export function AgoOr({ at, now, never }: { readonly at: string | null; readonly now?: Date; readonly never: string }) {
  return at === null ? <span className="soft">{never}</span> : <Ago at={at} {...(now === undefined ? {} : { now })} />;
}

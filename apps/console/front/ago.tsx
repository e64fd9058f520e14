import { useSpeech } from './language/speaking.js';
import { agoText, momentText } from './language/times.js';

/** How long ago that was; the moment itself for who points at it. */
export function Ago({ at }: { readonly at: string }) {
  const { language } = useSpeech();
  return (
    <time dateTime={at} title={momentText(at, language)}>
      {agoText(at, new Date(), language)}
    </time>
  );
}

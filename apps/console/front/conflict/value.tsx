import type { ConflictFieldKind, ConflictSide } from '@sync-hub/contracts';
import { Fragment } from 'react';
import type { Catalogue } from '../language/catalogue.js';
import { useSpeech } from '../language/speaking.js';
import { dayText, momentText } from '../language/times.js';
import type { LanguageCode } from '../language/words.js';

interface ValueProps {
  readonly side: ConflictSide;
  readonly kind: ConflictFieldKind;
}

/** What an end holds, as a person reads it: by name where the desk knows one, spaces that are easy to miss marked, nothing said in words. */
export function Value({ side, kind }: ValueProps) {
  const { t, language } = useSpeech();
  const text = valueText(side, kind, { t, language });
  if (text !== null) return <Marked text={text} />;
  return <span className="soft">{wordFor(side, kind, t)}</span>;
}

/** Null where the value is no text of its own, but one of the words for what is not there. */
function valueText(
  { value, label, isKnown }: ConflictSide,
  kind: ConflictFieldKind,
  { t, language }: { readonly t: Catalogue; readonly language: LanguageCode },
) {
  if (!isKnown || value === null || value === undefined) return null;
  if (kind === 'presence') return value === 'present' ? t.present : value === 'voided' ? t.voided : t.notThere;
  if (label !== null) return label;
  if (value === true) return kind === 'item' ? t.there : t.yes;
  if (value === false) return t.no;
  if (kind === 'date') return dayText(String(value), language);
  return kind === 'instant' ? momentText(String(value), language) : String(value);
}

function wordFor({ value, isKnown }: ConflictSide, kind: ConflictFieldKind, t: Catalogue): string {
  if (!isKnown) return t.unknown;
  return value === undefined || kind === 'item' ? t.notThere : t.nothing;
}

const EASY_TO_MISS = /(^\s+|\s+$|\s{2,}|[\u00a0\u2000-\u200f\u202a-\u202f\u2060-\u206f\ufeff]+)/u;

/** Text as it stands, never as HTML. */
function Marked({ text }: { readonly text: string }) {
  const parts = text.split(EASY_TO_MISS);
  return (
    <span className="value">
      {parts.map((part, index) => {
        const key = `${index}`;
        return EASY_TO_MISS.test(part) ? <mark key={key}>{part.replaceAll(/[^\n]/gu, '␣')}</mark> : <Fragment key={key}>{part}</Fragment>;
      })}
    </span>
  );
}

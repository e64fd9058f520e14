import type { RawAnswer } from './site-http.client.js';

/** What a page says its text is written in, and whether its bytes are that. */
export interface Charset {
  /** As its content type says, in lower case; `null` where it says nothing. */
  readonly declared: string | null;
  /** As the prolog of XML says, in lower case; `null` where it has none. */
  readonly prolog: string | null;
  /** Are the bytes what is declared, or UTF-8 where nothing is? A page of plain ASCII is anything. */
  readonly holds: boolean;
}

/** Feeds are read by what is declared (atomfeed modules on Spring say UTF-8 in every prolog, whatever follows), JSON as UTF-8, whatever it says (RFC 8259). */
export function charsetOf({ contentType, bytes }: Pick<RawAnswer, 'contentType' | 'bytes'>): Charset {
  const declared = /charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? null;
  const start = bytes.subarray(0, 200).toString('latin1');
  const prolog = /^\s*(?:\xef\xbb\xbf)?<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(start)?.[1]?.toLowerCase() ?? null;
  return { declared, prolog, holds: isWrittenIn(bytes, declared ?? 'utf-8') };
}

/** False too for a charset that nobody knows. */
function isWrittenIn(bytes: Uint8Array, charset: string): boolean {
  try {
    new TextDecoder(charset, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

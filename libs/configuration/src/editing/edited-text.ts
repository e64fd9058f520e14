import type { ConfigurationEdit, ConfigurationOutline, ConfiguredWindow } from '@sync-hub/contracts';
import { type Document, isMap, isSeq, parseDocument } from 'yaml';
import type { Configuration, LinkConfiguration } from '../schema.js';
import { type Place, splicedText } from './spliced-text.js';

/**
 * The text with these places changed: comments, order and whatever else stands there stay. `null` where it is neither YAML nor JSON, or has no link or site of
 * that id.
 */
export function editedText(text: string, edits: readonly ConfigurationEdit[]): string | null {
  let edited: string | null = text;
  for (const edit of edits) edited = edited === null ? null : oneEdit(edited, edit);
  return edited;
}

function oneEdit(text: string, { of, id, path, value }: ConfigurationEdit): string | null {
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  const start = of === undefined ? [] : placeOf(document, of, id ?? '');
  if (start === null) return null;
  const place = [...start, ...path];
  if (isJson(text)) return inJson(text, place, value);
  const spliced = splicedText(text, document, place, value);
  return spliced !== null && says(spliced, place, value) ? spliced : writtenAnew(document, place, value);
}

/** Does the text say that there, and can it be read? */
function says(text: string, place: Place, value: unknown): boolean {
  const there = place.reduce<unknown>((node, step) => (node as Record<string | number, unknown> | null | undefined)?.[step], valueOf(text));
  return JSON.stringify(there ?? null) === JSON.stringify(value);
}

/** Nothing of what cannot be read: an alias may lead nowhere. */
function valueOf(text: string): unknown {
  try {
    const document = parseDocument(text, { logLevel: 'silent' });
    return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

/** Where it cannot be put into the text: all of it, with its comments, as the library writes it. */
function writtenAnew(document: Document, place: Place, value: unknown): string {
  if (value === null) document.deleteIn(place);
  else document.setIn(place, document.createNode(value));
  return document.toString({ lineWidth: 0 });
}

function placeOf(document: Document, list: string, id: string): Place | null {
  const items = document.get(list, true);
  const index = isSeq(items) ? items.items.findIndex((item) => isMap(item) && item.get('id') === id) : -1;
  return index === -1 ? null : [list, index];
}

const isJson = (text: string): boolean => text.trimStart().startsWith('{');

/** JSON has no comments, and is written again with the blanks that it had. */
function inJson(text: string, place: Place, value: unknown): string | null {
  const whole = parsedJson(text);
  if (whole === null) return null;
  let node = whole;
  for (const step of place.slice(0, -1)) {
    node[step] ??= {};
    node = node[step] as Record<string | number, unknown>;
  }
  const last = place.at(-1) ?? '';
  if (value === null) delete node[last];
  else node[last] = value;
  const indent = /\n([ \t]+)"/.exec(text)?.[1];
  return `${JSON.stringify(whole, null, indent)}${text.endsWith('\n') ? '\n' : ''}`;
}

function parsedJson(text: string): Record<string | number, unknown> | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What people change most, as it is in force where nothing is said. */
export const outlineOf = ({ sites, links, policies }: Configuration): ConfigurationOutline => ({
  sites: sites.map(({ id, feed, windows }) => ({ id, pollSeconds: feed.pollSeconds, windows: windowsOf(windows) })),
  links: links.map((link) => ({
    id: link.id,
    mode: link.mode,
    pull: windowsOf(link.schedule?.pull),
    push: windowsOf(link.schedule?.push),
    policy: policyText(link.policies),
  })),
  policy: policyText(policies),
});

const windowsOf = (
  windows: readonly { readonly days?: readonly string[] | undefined; readonly from: string; readonly to: string }[] = [],
): ConfiguredWindow[] => windows.map(({ days = [], from, to }) => ({ days, from, to }));

function policyText(policies: LinkConfiguration['policies']): string | null {
  const choice = policies?.default;
  return choice === undefined ? null : typeof choice === 'string' ? choice : choice.name;
}

import { readFile } from 'node:fs/promises';

/** The files of the page, beside the code in `web/`. Nothing else of the disk is served. */
const NAMES = ['console.css', 'widget.css', 'console.js', 'rows.js', 'icon.svg'] as const;
export type WebFile = (typeof NAMES)[number];

/** Injection token of what `readWebFiles` read. */
export const WEB_FILES = Symbol('WebFiles');

/** The text of each file, read once at start. Rejects where one is missing. */
export async function readWebFiles(): Promise<ReadonlyMap<WebFile, string>> {
  const read = async (name: WebFile): Promise<[WebFile, string]> => [name, await readFile(new URL(`../web/${name}`, import.meta.url), 'utf8')];
  return new Map(await Promise.all(NAMES.map(read)));
}

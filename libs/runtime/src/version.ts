import { readFileSync } from 'node:fs';

/** The version of Sync Hub that this is, as its package says. */
export const versionOfSyncHub = (): string =>
  (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }).version;

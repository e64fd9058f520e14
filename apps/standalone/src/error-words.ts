import { SyncError } from '@sync-hub/contracts';

/** Of an error of the file system, which file and what; of anything else that is none of ours, its name. */
export function errorWords(error: unknown): string {
  if (error instanceof SyncError) return error.message;
  if (isOfFile(error)) return `${error.path}: ${FILE_ERRORS[error.code] ?? error.code}`;
  return `this did not work: ${error instanceof Error ? error.name : 'unknown error'}`;
}

/** What node:fs throws. */
const isOfFile = (error: unknown): error is { readonly code: string; readonly path: string } =>
  typeof error === 'object' && error !== null && 'code' in error && 'path' in error;

const FILE_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EEXIST: 'is there already, and is not overwritten',
  EACCES: 'may not be read or written',
  EISDIR: 'is a folder',
};

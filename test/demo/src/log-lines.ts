import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { readableLines } from '@sync-hub/observability';

const MOST_COMPLAINTS = 10;

/** Lines of a log as people read them; what is no line of ours stays as it is. */
export function readable(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    if (entryOf(line) === null) return [line];
    const read: string[] = [];
    readableLines({ write: (text) => void read.push(text.trimEnd()) }, false).write(line);
    return read;
  });
}

/** The last warnings and errors of a log, or of a folder of them. */
export async function complaintsIn(logs: string): Promise<string[]> {
  const isFolder = (await stat(logs)).isDirectory();
  const files = isFolder ? (await readdir(logs)).map((name) => path.join(logs, name)) : [logs];
  const lines = (await Promise.all(files.map(linesOf))).flat();
  const complaints = lines.flatMap((line) => {
    const entry = entryOf(line);
    return entry === null || ['warn', 'error'].includes(String(entry['level'])) ? [{ line, at: String(entry?.['time'] ?? '') }] : [];
  });
  complaints.sort((a, b) => (a.at < b.at ? -1 : 1));
  return readable(complaints.slice(-MOST_COMPLAINTS).map(({ line }) => line));
}

export const linesOf = async (file: string): Promise<string[]> => (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');

/** A line of our own logs; null where somebody else wrote it. */
export function entryOf(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null && 'event' in entry ? (entry as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}

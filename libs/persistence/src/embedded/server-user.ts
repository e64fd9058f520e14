import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Whom the database server runs as. PostgreSQL refuses to be root. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const CANDIDATES = ['postgres', 'nobody'];

/** Root steps down to `postgres`, else to `nobody`; anybody else is the server's user already, which is `undefined`. */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const entries = readFileSync('/etc/passwd', 'utf8').split('\n').map(parseEntry);
  const found = CANDIDATES.map((name) => entries.find((entry) => entry.name === name)).find((entry) => entry !== undefined);
  return found ?? { name: 'nobody', uid: 65534, gid: 65534 };
}

function parseEntry(line: string): ServerUser {
  const [name = '', , uid, gid] = line.split(':');
  return { name, uid: Number(uid), gid: Number(gid) };
}

/** The first folder on the way to `target` that the user may not enter, if there is one. Asks the kernel, so that access lists count. */
export function closedFolder(target: string, user: ServerUser | undefined): string | undefined {
  if (user === undefined || process.platform === 'win32') return undefined;
  return folderAndAncestors(target).find(
    (folder) => spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { uid: user.uid, gid: user.gid, cwd: '/' }).status !== 0,
  );
}

function folderAndAncestors(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [...folderAndAncestors(parent), folder];
}

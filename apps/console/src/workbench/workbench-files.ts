import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Injection token of what `readWorkbenchFiles` read. */
export const WORKBENCH_FILES = Symbol('WorkbenchFiles');

export interface WorkbenchFile {
  readonly contentType: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
}

/** The page, and what it is made of by name; a name changes with what is in the file. `null` where the workbench has not been built. */
export type WorkbenchFiles = { readonly page: WorkbenchFile; readonly assets: ReadonlyMap<string, WorkbenchFile> } | null;

/** Where `npm run build` puts it, apart from compiled code, which each build of it would sweep away. The same from the sources and from what was compiled of them. */
const BUILT = fileURLToPath(new URL('../../dist/front/', import.meta.url));

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Every file of the built workbench, read once at start: nothing else of the disk is served. */
export async function readWorkbenchFiles(folder = BUILT): Promise<WorkbenchFiles> {
  const names = await readdir(path.join(folder, 'assets')).catch(nobodyBuilt);
  if (names === null) return null;
  const assets = names.filter((name) => path.extname(name) in CONTENT_TYPES);
  return {
    page: await read(path.join(folder, 'index.html')),
    assets: new Map(await Promise.all(assets.map(async (name) => [name, await read(path.join(folder, 'assets', name))] as const))),
  };
}

function nobodyBuilt(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}

async function read(file: string): Promise<WorkbenchFile> {
  const body = await readFile(file);
  return { body, gzipped: gzipSync(body), contentType: CONTENT_TYPES[path.extname(file)] ?? 'application/octet-stream' };
}

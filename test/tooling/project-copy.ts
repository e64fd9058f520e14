import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The project's files in a temporary folder, with the same packages, to plant mistakes in. */
export class ProjectCopy {
  readonly root = mkdtempSync(path.join(tmpdir(), 'sync-hub-copy-'));

  constructor() {
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: projectRoot, encoding: 'utf8' });
    for (const file of listed.split('\0').filter(Boolean)) {
      try {
        cpSync(path.join(projectRoot, file), path.join(this.root, file));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // deleted, and not yet committed so
      }
    }
    this.linkPackages();
    execFileSync('git', ['init', '-q'], { cwd: this.root });
  }

  plant(file: string, content: string): void {
    mkdirSync(path.dirname(path.join(this.root, file)), { recursive: true });
    writeFileSync(path.join(this.root, file), content);
  }

  /** What `npm run lint` says of the copy. */
  lint(only: string): { readonly status: number | null; readonly said: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/lint.mjs', '--root', this.root, '--only', only], {
      cwd: projectRoot,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    return { status, said: stdout + stderr };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private linkPackages(): void {
    const there = path.join(projectRoot, 'node_modules');
    const here = path.join(this.root, 'node_modules');
    mkdirSync(path.join(here, '@sync-hub'), { recursive: true });
    for (const name of readdirSync(there).filter((each) => each !== '@sync-hub')) symlinkSync(path.join(there, name), path.join(here, name));
    const workspaces = ['libs', 'apps'].flatMap((group) => readdirSync(path.join(this.root, group)).map((name) => path.join(group, name)));
    for (const workspace of [...workspaces, 'test/openmrs-simulator', 'test/demo']) {
      symlinkSync(path.join(this.root, workspace), path.join(here, '@sync-hub', path.basename(workspace)));
    }
  }
}

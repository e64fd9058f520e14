import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transformSync } from '@swc/core';
// @ts-expect-error: the options of a script, which has no types
import { swcOptions } from '../../scripts/swc-options.mjs';
import { projectRoot } from './project-copy.js';

/** A folder as the last stage of the Dockerfile has it: compiled code and the packages that run, no sources, no tests, no tools. */
export class ImageLayout {
  readonly root = mkdtempSync(path.join(tmpdir(), 'sync-hub-image-'));

  constructor() {
    cpSync(path.join(projectRoot, 'package.json'), path.join(this.root, 'package.json'));
    for (const group of ['libs', 'apps']) for (const name of readdirSync(path.join(projectRoot, group))) this.compile(`${group}/${name}`);
    cpSync(path.join(projectRoot, 'apps/console/web'), path.join(this.root, 'apps/console/web'), { recursive: true });
    this.linkPackages();
    mkdirSync(path.join(this.root, 'plugins'));
  }

  /** A file as Kubernetes mounts one of a ConfigMap: behind two links. */
  mount(file: string): void {
    const folder = path.join(this.root, 'plugins');
    const name = path.basename(file);
    mkdirSync(path.join(folder, '..2026_06_10'));
    cpSync(file, path.join(folder, '..2026_06_10', name));
    symlinkSync('..2026_06_10', path.join(folder, '..data'));
    symlinkSync(path.join('..data', name), path.join(folder, name));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private compile(part: string): void {
    const source = path.join(projectRoot, part, 'src');
    mkdirSync(path.join(this.root, part, 'dist'), { recursive: true });
    cpSync(path.join(projectRoot, part, 'package.json'), path.join(this.root, part, 'package.json'));
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !/\.(spec|bench|d)\.ts$/.test(file));
    for (const file of files) {
      const to = path.join(this.root, part, 'dist', file.replace(/\.ts$/, '.js'));
      mkdirSync(path.dirname(to), { recursive: true });
      writeFileSync(to, transformSync(readFileSync(path.join(source, file), 'utf8'), { ...swcOptions, sourceMaps: false, filename: file }).code);
    }
  }

  /** No package that is there for development alone. */
  private linkPackages(): void {
    const { devDependencies } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> };
    const there = path.join(projectRoot, 'node_modules');
    const here = path.join(this.root, 'node_modules');
    mkdirSync(path.join(here, '@sync-hub'), { recursive: true });
    for (const name of readdirSync(there).filter((each) => each !== '@sync-hub' && devDependencies[each] === undefined))
      symlinkSync(path.join(there, name), path.join(here, name));
    for (const group of ['libs', 'apps'])
      for (const name of readdirSync(path.join(this.root, group))) symlinkSync(path.join(this.root, group, name), path.join(here, '@sync-hub', name));
  }
}

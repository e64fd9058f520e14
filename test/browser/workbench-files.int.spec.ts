import { beforeAll, describe, expect, it } from '@jest/globals';
import { workbenchOfRun } from './browser.js';
import { deskWith } from './desk-bench.js';

const MOST_BYTES = 300_000;

describe('the files of the workbench', () => {
  let url: string;
  beforeAll(async () => {
    await workbenchOfRun();
    ({ url } = await deskWith([]));
  }, 180_000);

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}${path}`, { headers });
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      kept: answer.headers.get('cache-control'),
      body: Buffer.from(await answer.arrayBuffer()),
      answer,
    };
  };

  it('weigh less than 300 kB at the first view, and nothing is asked of another server', async () => {
    const page = (await get('/conflicts')).body.toString();
    const names = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => name ?? '');
    expect(names.filter((name) => !/^\/workbench\/assets\/[\w-]+\.(?:js|css)$/.test(name))).toEqual(['/icon.svg']);
    // What is for administrators alone is no part of what everybody waits for.
    expect(names.filter((name) => /editor-page|version-page/.test(name))).toEqual([]);
    let bytes = 0;
    for (const name of names) {
      const { status, body, answer } = await get(name, { 'accept-encoding': 'gzip' });
      expect(status).toBe(200);
      bytes += Number(answer.headers.get('content-length'));
      expect(body.toString()).not.toMatch(/url\((?!["']?data:image\/svg)["']?(?:https?:)?\/\//);
    }
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(MOST_BYTES);
    process.stdout.write(`The first view of the workbench: ${Math.round(bytes / 1000)} kB\n`);
  });

  it('are kept for a year under their names, the page itself not at all', async () => {
    const page = await get('/conflicts/00000000-0000-4000-8000-000000000001');
    expect([page.status, page.type, page.kept]).toEqual([200, 'text/html; charset=utf-8', 'no-store']);
    const script = /\/workbench\/assets\/[^"]+\.js/.exec(page.body.toString())?.[0] ?? '';
    const asset = await get(script);
    expect([asset.type, asset.kept]).toEqual(['text/javascript; charset=utf-8', 'public, max-age=31536000, immutable']);
  });

  it('hold no script or style in the page, which its policy would stop', async () => {
    const { body, answer } = await get('/conflicts');
    expect(body.toString()).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'self'; /);
  });

  it.each([
    '/workbench/assets/..%2f..%2findex.js',
    '/workbench/assets/.built-of',
    '/workbench/assets/',
    '/workbench/index.html',
    '/workbench/assets/nothing.js',
  ])('and nothing else of the disk are served: %s', async (path) => {
    const { status, body } = await get(path);
    expect([status, body.toString().includes('import')]).toEqual([404, false]);
  });
});

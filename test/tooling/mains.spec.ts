import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const APPS = fileURLToPath(new URL('../../apps/', import.meta.url));

/** What is declared so stands only once its line was reached: whatever the first `await` calls finds it unset. */
const declaredAfterStart = (text: string): readonly string[] => {
  const start = text.search(/^await /m);
  return start < 0 ? [] : (text.slice(start).match(/^(?:const|let|class) \w+/gm) ?? []);
};

describe('what is started', () => {
  it('calls nothing that is declared below it and is no function', async () => {
    const files = (await readdir(APPS)).map((app) => path.join(APPS, app, 'src', 'main.ts'));
    const read = await Promise.all(files.map(async (file) => ({ file, text: await readFile(file, 'utf8').catch(() => '') })));
    const mains = read.filter(({ text }) => text !== '');
    expect(mains.length).toBeGreaterThanOrEqual(8);
    expect(mains.flatMap(({ file, text }) => declaredAfterStart(text).map((one) => `${path.relative(APPS, file)}: ${one}`))).toEqual([]);
  });

  it('would be seen to', () => {
    expect(declaredAfterStart('const a = 1;\nawait go();\nfunction b() {}\nconst c = () => 1;\n')).toEqual(['const c']);
  });
});

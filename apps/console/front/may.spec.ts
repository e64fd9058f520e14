import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';

const FRONT = fileURLToPath(new URL('./', import.meta.url));
const ASKS = 'may.tsx';

/** What sends a `POST`: `tellConsole`, and whatever in its file is made of it. */
const POSTS = /\b(?:tellConsole|post|tell|api\.POST)(?:<\w+>)?\(/;

interface Source {
  readonly file: string;
  readonly text: string;
}

/** Names of what a file exports that has something done, and of what it makes them of. */
function actsOf({ text }: Source): readonly string[] {
  const statements = text.split(/\n(?=(?:export )?(?:const|async function|function) )/);
  return statements.flatMap((one) => {
    const name = /^export (?:const|async function|function) (\w+)/.exec(one)?.[1];
    return name !== undefined && POSTS.test(one) ? [name] : [];
  });
}

describe('whoever has something done at the console', () => {
  let sources: readonly Source[];
  let acts: readonly string[];
  beforeAll(async () => {
    const files = (await readdir(FRONT, { recursive: true })).filter((file) => /\.tsx?$/.test(file) && !/\.spec\.|^language\//.test(file));
    sources = await Promise.all(files.map(async (file) => ({ file, text: await readFile(path.join(FRONT, file), 'utf8') })));
    acts = sources.flatMap(actsOf).filter((name) => name !== 'tellConsole');
  });

  it('asks whether they may, wherever in the pages it is', () => {
    expect(sources.length).toBeGreaterThan(60);
    expect(acts.length).toBeGreaterThan(25);
    expect(
      sources.filter(({ file, text }) => file !== ASKS && /\buseMutation\b/.test(text)).map(({ file }) => `${file}: useAct of ${ASKS}, and not useMutation`),
    ).toEqual([]);
    const unasked = sources
      .filter(({ file, text }) => file.endsWith('.tsx') && file !== ASKS && !/\b(?:useAct|useMay|Permitted)\b/.test(text))
      .flatMap(({ file, text }) => acts.filter((name) => new RegExp(`\\b${name}\\b`).test(text)).map((name) => `${file}: ${name}`));
    expect(unasked).toEqual([]);
  });

  it('shows no button for what they may not', () => {
    const blind = sources.filter(
      ({ file, text }) => file.endsWith('.tsx') && file !== ASKS && /\buseAct\((?!'(?:own|anybody)')/.test(text) && !/\.may\b|<Permitted\b|\bmay\(/.test(text),
    );
    expect(blind.map(({ file }) => `${file}: has no <Permitted>, nor looks at .may`)).toEqual([]);
  });

  it('asks for what the path that it asks needs, where the path says so', async () => {
    const { paths } = JSON.parse(await readFile(path.join(FRONT, '../../../docs/openapi.json'), 'utf8')) as {
      paths: Readonly<Record<string, { readonly post?: { readonly 'x-needs': string } }>>;
    };
    const needs = new Map(
      sources.flatMap(({ text }) =>
        text.split(/\n(?=export )/).flatMap((one) => {
          const name = /^export (?:const|async function|function) (\w+)/.exec(one)?.[1] ?? '';
          const asked = [...one.matchAll(/api\.POST\(\s*'([^']+)'/g)].map(([, at = '']) => paths[at]?.post?.['x-needs']);
          return asked.length === 0 ? [] : [[name, new Set(asked)] as const];
        }),
      ),
    );
    expect(needs.size).toBeGreaterThan(7);
    const other = sources.flatMap(({ file, text }) => {
      const asks = new Set([...text.matchAll(/\b(?:useAct|useMay\(\)|may)\('([\w-]+)'/g)].map(([, need]) => need));
      return [...needs].flatMap(([name, of]) =>
        asks.size > 0 && new RegExp(`(?<!\\.)\\b${name}\\b`).test(text) && ![...of].every((need) => asks.has(need)) ? [`${file}: ${name}`] : [],
      );
    });
    expect(other).toEqual([]);
  });

  it('would be found', () => {
    expect(
      actsOf({
        file: 'x',
        text: "import a from 'a';\nexport const rewind = (site: string) =>\n  tellConsole('/api/feeds/rewind', { site });\nexport const listed = () => askConsole('/x');\n",
      }),
    ).toEqual(['rewind']);
  });
});

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';

const FRONT = fileURLToPath(new URL('./', import.meta.url));
const ASKS = 'may.tsx';
const CLIENT = 'api/client.ts';

const BY_CLIENT = /\bapi\.(?:GET|POST)\(\s*'[^']+'/g;

/** Whatever else a browser asks a server by, and an address of the API that is told to anything but the client. */
const ASKS_OTHERWISE = /\bfetch\(|\bXMLHttpRequest\b|\bnew (?:EventSource|WebSocket)\b|\bsendBeacon\b|\bopenapi-fetch\b|\baction=|['"`]\/(?:api|ws)\b/g;

/** What has something done, or what is in no address said. */
const POSTS = /\bapi\.POST\(/;

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
    acts = sources.flatMap(actsOf);
  });

  it('asks whether they may, wherever in the pages it is', () => {
    expect(sources.length).toBeGreaterThan(60);
    expect(acts.length).toBeGreaterThan(35);
    expect(
      sources.filter(({ file, text }) => file !== ASKS && /\buseMutation\b/.test(text)).map(({ file }) => `${file}: useAct of ${ASKS}, and not useMutation`),
    ).toEqual([]);
    const unasked = sources
      .filter(({ file, text }) => file.endsWith('.tsx') && file !== ASKS && !/\b(?:useAct|useMay|Permitted)\b/.test(text))
      .flatMap(({ file, text }) => acts.filter((name) => new RegExp(`\\b${name}\\b`).test(text)).map((name) => `${file}: ${name}`));
    expect(unasked).toEqual([]);
  });

  it('asks the console by the client that is made of what it says of itself, and by nothing else', () => {
    const besides = sources
      .filter(({ file }) => file !== CLIENT && file !== 'api/paths.ts')
      .flatMap(({ file, text }) =>
        [...text.replaceAll(BY_CLIENT, '').matchAll(ASKS_OTHERWISE)].map(([what]) => `${file}: ${what}, and not api.GET or api.POST of ${CLIENT}`),
      );
    expect(besides).toEqual([]);
    expect(sources.flatMap(({ text }) => [...text.matchAll(BY_CLIENT)]).length).toBeGreaterThan(70);
    for (const one of [
      "fetch('/x')",
      '`/api/board/`',
      "new EventSource('/x')",
      'navigator.sendBeacon(a)',
      "from 'openapi-fetch'",
      'new XMLHttpRequest()',
      '<form action="/x">',
    ])
      expect([...one.matchAll(ASKS_OTHERWISE)]).not.toEqual([]);
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
    expect([...needs.keys()].sort()).toEqual([...acts].sort());
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
        text: "import a from 'a';\nexport const rewind = (site: string) =>\n  done(api.POST('/api/feeds/rewind', { body: { site } }));\nexport const listed = () => told(api.GET('/x'));\n",
      }),
    ).toEqual(['rewind']);
  });
});

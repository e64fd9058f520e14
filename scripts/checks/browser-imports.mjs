import { projectFiles, textOf } from './files.mjs';

const FRONT = 'apps/console/front/';
const IMPORT = /^(import|export) (type )?[^;]*?from '([^']+)';|^import '([^']+)';|import\('([^']+)'\)/gms;
/** What is bundled of others: a package more is a longer wait for whoever opens the page. */
const PACKAGES = ['@carbon/react', '@tanstack/react-query', 'openapi-fetch', 'react', 'react-dom/client'];

/** What a browser runs knows no server: files of its own, four packages, and the shapes of the contracts as types. */
export async function checkBrowserImports(root) {
  const files = projectFiles(root).filter((file) => file.startsWith(FRONT) && /\.tsx?$/.test(file) && !file.endsWith('.spec.ts'));
  const problems = files.flatMap((file) =>
    [...textOf(root, file).matchAll(IMPORT)].flatMap(([, , isType, from, bare, dynamic]) => {
      const name = from ?? bare ?? dynamic;
      return isAllowed(file, name, isType !== undefined) ? [] : [`${file}: what-a-browser-runs-knows-no-server (imports ${name})`];
    }),
  );
  return { name: 'what a browser runs', seen: files.length, problems };
}

function isAllowed(file, name, isType) {
  if (!name.startsWith('.')) return PACKAGES.includes(name) || (isType && name === '@sync-hub/contracts');
  const depth = file.slice(FRONT.length).split('/').length - 1;
  return (name.match(/\.\.\//g) ?? []).length <= depth;
}

import path from 'node:path';
import { jsonOf, projectFiles, textOf } from './files.mjs';

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** Versions are exact, the lock file names no host, and the lists that tools read (build, nest, references) agree with what is there. */
export async function checkPackages(root) {
  const files = projectFiles(root);
  const manifests = files.filter((file) => /(^|\/)package\.json$/.test(file) && !file.includes('/fixtures/'));
  const workspaces = manifests.filter((file) => file !== 'package.json').map((file) => path.posix.dirname(file));
  return {
    name: 'packages and their lists',
    seen: manifests.length,
    problems: [
      ...manifests.flatMap((file) => inexactVersions(root, file)),
      ...lockFileProblems(root),
      ...workspaces.flatMap((folder) => disagreements(root, folder, files)),
      ...unlisted(root, workspaces),
    ],
  };
}

function inexactVersions(root, file) {
  const { dependencies, devDependencies, optionalDependencies, overrides } = jsonOf(root, file);
  const entries = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies, ...overrides });
  return entries.filter(([, version]) => !EXACT.test(version)).map(([name, version]) => `${file}: ${name} at "${version}", which is not one exact version`);
}

function lockFileProblems(root) {
  const downloads = Object.entries(jsonOf(root, 'package-lock.json').packages).filter(([, { link, resolved }]) => resolved !== undefined && !link);
  const settings = textOf(root, '.npmrc').split('\n');
  return [
    ...downloads.map(([name]) => `package-lock.json: ${name} records a download address (omit-lockfile-registry-resolved=true in .npmrc, then write it again)`),
    ...settings.filter((line) => /registry\s*=|_auth|:\/\//.test(line) && !line.startsWith('omit-')).map(() => '.npmrc: names a registry or a secret'),
    ...['omit-lockfile-registry-resolved=true', 'save-exact=true', 'ignore-scripts=true']
      .filter((line) => !settings.includes(line))
      .map((line) => `.npmrc: lacks ${line}`),
  ];
}

/** What a package imports of ours is in its package.json, and its tsconfig builds the same first. */
function disagreements(root, folder, files) {
  const { name, dependencies = {} } = jsonOf(root, `${folder}/package.json`);
  const declared = Object.keys(dependencies).filter((each) => each.startsWith('@sync-hub/'));
  const built = files.filter((file) => file.startsWith(`${folder}/src/`) && file.endsWith('.ts') && !/\.(spec|bench)\.ts$/.test(file));
  const imported = new Set(built.flatMap((file) => [...textOf(root, file).matchAll(/(?:from|import\()\s*'(@sync-hub\/[a-z-]+)/g)].map(([, found]) => found)));
  const references = (jsonOf(root, `${folder}/tsconfig.json`).references ?? []).map(
    (each) => jsonOf(root, path.posix.join(folder, each.path, 'package.json')).name,
  );
  return [
    ...[...imported].filter((each) => each !== name && !declared.includes(each)).map((each) => `${folder}/package.json: imports ${each} without declaring it`),
    ...declared.filter((each) => !references.includes(each)).map((each) => `${folder}/tsconfig.json: has no reference to ${each}, which package.json declares`),
    ...references.filter((each) => !declared.includes(each)).map((each) => `${folder}/tsconfig.json: refers to ${each}, which package.json does not declare`),
  ];
}

function unlisted(root, workspaces) {
  const building = jsonOf(root, 'tsconfig.build.json').references.map((each) => path.posix.normalize(each.path));
  const nest = Object.values(jsonOf(root, 'nest-cli.json').projects).map((project) => project.root);
  return [
    ...workspaces.filter((folder) => !building.includes(folder)).map((folder) => `tsconfig.build.json: lacks ${folder}`),
    ...workspaces.filter((folder) => !folder.startsWith('test/') && !nest.includes(folder)).map((folder) => `nest-cli.json: lacks ${folder}`),
  ];
}

/** What every command of ours does first: npm's packages are there at the versions of the lock file, or are brought. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root, run, seconds } from './programs.mjs';

const LEAST_NODE = [20, 19];

/** Ends the process with a plain sentence where Node is too old; installs only when something is missing. */
export async function installWhatIsMissing() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
    console.error(`Node ${LEAST_NODE.join('.')} or newer is needed; this is ${process.version}.`);
    process.exit(1);
  }
  const missing = await missingPackages();
  if (missing.length === 0) return;
  console.log(`Installing what is missing: ${missing.length} packages (about 30 s, longer on a slow line) ...`);
  const started = Date.now();
  const code = await run('npm', ['ci', '--loglevel=error']);
  if (code !== 0) {
    console.error('npm ci failed; its own words are above. Is there a way to the npm registry?');
    process.exit(1);
  }
  console.log(`Installed in ${seconds(started)}.`);
}

/** Packages of the lock file that are not in node_modules, or at another version. Optional ones are for other platforms. */
async function missingPackages() {
  const wanted = await packagesOf('package-lock.json');
  const held = await packagesOf('node_modules/.package-lock.json').catch(() => ({}));
  return Object.keys(wanted).filter((name) => {
    const { link, optional, version } = wanted[name];
    return name.startsWith('node_modules/') && !optional && (held[name] === undefined || (!link && held[name].version !== version));
  });
}

async function packagesOf(file) {
  return JSON.parse(await readFile(path.join(root, file), 'utf8')).packages;
}

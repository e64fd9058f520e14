/** `npm run draw`: writes the documents that are read from the code's own tables. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installWhatIsMissing } from './install.mjs';
import { root } from './programs.mjs';

await installWhatIsMissing();
const { drawings } = await import('./drawings.mjs');
for (const [file, content] of Object.entries(await drawings(root))) {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), content);
  console.log(`drew ${file}`);
}

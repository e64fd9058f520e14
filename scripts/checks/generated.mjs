import { drawings } from '../drawings.mjs';
import { textOf } from './files.mjs';

/** What is generated is committed, and is what would be generated now. */
export async function checkGenerated(root) {
  const drawn = Object.entries(await drawings(root));
  const isStale = ([file, content]) => {
    try {
      return textOf(root, file) !== content;
    } catch {
      return true;
    }
  };
  return {
    name: 'generated documents',
    seen: drawn.length,
    problems: drawn.filter(isStale).map(([file]) => `${file}: is not what would be drawn now; run "npm run draw" and commit`),
  };
}

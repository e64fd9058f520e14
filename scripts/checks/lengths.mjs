import { isCode, projectFiles, textOf } from './files.mjs';

const MOST_LINES = 250;
/** A spec is a list, and is read one test at a time. */
const MOST_LINES_OF_A_SPEC = 400;

/** Files that may be longer, each with its reason. */
const LONGER_FOR_A_REASON = {
  'test/convergence/acts.ts': 'one table: everything a clinician can do, an act a row',
  'apps/console/front/api/paths.ts': 'drawn, and read by a compiler alone',
};

/** A file that outgrew one screen or two is usually two things. */
export async function checkLengths(root) {
  const files = projectFiles(root).filter(isCode);
  const problems = files.flatMap((file) => {
    const lines = textOf(root, file).trimEnd().split('\n').length;
    const most = file.endsWith('.spec.ts') ? MOST_LINES_OF_A_SPEC : MOST_LINES;
    return lines > most && !(file in LONGER_FOR_A_REASON) ? [`${file}: ${lines} lines, ${most} at most`] : [];
  });
  return { name: 'how long files are', seen: files.length, problems };
}

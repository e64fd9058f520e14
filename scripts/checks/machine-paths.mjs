import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { projectFiles, textOf } from './files.mjs';

const BINARY = /\.(png|jpe?g|gif|ico|woff2?|gz|zip)$/;

/** What was written here must make sense anywhere. */
export async function checkMachinePaths(root) {
  const files = projectFiles(root).filter((file) => !BINARY.test(file));
  const local = [root, path.dirname(root), homedir()].filter((folder) => ![path.parse(folder).root, tmpdir(), '/tmp', '/var/tmp'].includes(folder));
  const somebodys = /(^|[\s"'`(=:])(\/home\/|\/Users\/|[A-Z]:\\Users\\)[A-Za-z]/;
  const problems = files.flatMap((file) =>
    textOf(root, file)
      .split('\n')
      .flatMap((line, index) =>
        somebodys.test(line) || local.some((folder) => line.includes(`${folder}/`)) ? [`${file}:${index + 1}: a path of one machine`] : [],
      ),
  );
  return { name: 'paths of one machine', seen: files.length, problems };
}

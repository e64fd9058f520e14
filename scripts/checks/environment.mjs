import { isCode, isForTests, projectFiles, textOf } from './files.mjs';

const READS_ENVIRONMENT = [/\bprocess\s*(\.\s*env\b|\[\s*['"`]env)/, /\}\s*=\s*(globalThis\s*\.\s*)?process\b/, /from\s+['"](node:)?process['"]/];

/** Only `env.ts` knows the environment's names: elsewhere a setting is a constructor's argument, which a test can give. */
export async function checkEnvironment(root) {
  const files = projectFiles(root).filter((file) => /^(libs|apps)\//.test(file) && isCode(file) && !isForTests(file) && !/(^|\/)env\.ts$/.test(file));
  const problems = files.flatMap((file) =>
    textOf(root, file)
      .split('\n')
      .flatMap((line, index) => (READS_ENVIRONMENT.some((pattern) => pattern.test(line)) ? [`${file}:${index + 1}: only env.ts reads the environment`] : [])),
  );
  return { name: 'who reads the environment', seen: files.length, problems };
}

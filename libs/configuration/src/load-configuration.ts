import { pluginProblems } from './plugin-problems.js';
import { NO_PLUGINS, type Plugins } from './plugins.js';
import { ConfigurationError, type Problem } from './problem.js';
import { type Configuration, ConfigurationFile } from './schema.js';
import { problemsOf } from './schema-problems.js';
import { readSourceText } from './source-text.js';
import { wholeProblems } from './whole-problems.js';

/** The configuration in this YAML or JSON text, which may name these plug-ins. Throws a `ConfigurationError` that places every problem by path, line and column. */
export function loadConfiguration(text: string, file: string, plugins: Plugins = NO_PLUGINS): Configuration {
  const source = readSourceText(text, file);
  const result = check(source.value, plugins);
  if (result.problems.length === 0 && result.configuration !== null) return result.configuration;
  throw new ConfigurationError(
    file,
    result.problems.map((problem) => ({ ...problem, ...source.place(problem) })),
  );
}

/** The same for a value that came from no file: problems are placed by path alone. */
export function parseConfiguration(value: unknown, name = 'the configuration', plugins: Plugins = NO_PLUGINS): Configuration {
  const result = check(value, plugins);
  if (result.problems.length === 0 && result.configuration !== null) return result.configuration;
  throw new ConfigurationError(
    name,
    result.problems.map((problem) => ({ ...problem, line: null, column: null })),
  );
}

function check(value: unknown, plugins: Plugins): { readonly configuration: Configuration | null; readonly problems: readonly Problem[] } {
  const parsed = ConfigurationFile.safeParse(value);
  if (!parsed.success) return { configuration: null, problems: problemsOf(parsed.error.issues, value) };
  return { configuration: parsed.data, problems: [...wholeProblems(parsed.data), ...pluginProblems(parsed.data, plugins)] };
}

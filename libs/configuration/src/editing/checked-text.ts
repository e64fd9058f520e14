import type { ConfigurationProblem } from '@sync-hub/contracts';
import { loadConfiguration } from '../load-configuration.js';
import type { Plugins } from '../plugins.js';
import { ConfigurationError, type PlacedProblem, pathText } from '../problem.js';
import type { Configuration } from '../schema.js';
import type { MissingSecret } from '../secrets.js';
import { readSourceText } from '../source-text.js';

/** A configuration, or every reason why the text is none. */
export type CheckedText = { readonly configuration: Configuration } | { readonly problems: readonly ConfigurationProblem[] };

export function checkText(text: string, plugins: Plugins): CheckedText {
  try {
    return { configuration: loadConfiguration(text, 'the configuration', plugins) };
  } catch (error) {
    if (error instanceof ConfigurationError) return { problems: error.problems.map(toldProblem) };
    throw error;
  }
}

export const toldProblem = ({ path, line, column, found, allowed, didYouMean }: PlacedProblem): ConfigurationProblem => ({
  path: pathText(path),
  line,
  column,
  found,
  allowed,
  didYouMean,
});

/** Secrets that a valid text refers to and that are not there, at their places in it. */
export function problemsOfSecrets(text: string, missing: readonly MissingSecret[]): ConfigurationProblem[] {
  const { place } = readSourceText(text, 'the configuration');
  return missing.map(({ path, trouble }) => ({
    path: pathText(path),
    ...place({ path }),
    found: trouble,
    allowed: 'a reference to a secret that is there',
    didYouMean: null,
  }));
}

import { didYouMean } from './did-you-mean.js';
import type { Problem } from './problem.js';
import { sitesRunHere } from './routes.js';
import type { Configuration } from './schema.js';

/** Sites that are not on a link that this instance runs have no state to be seen. */
export function widgetProblems(configuration: Configuration): Problem[] {
  const known = sitesRunHere(configuration).map(({ id }) => id);
  return (configuration.instance.console?.widget?.sites ?? []).flatMap((id, index): Problem[] =>
    known.includes(id)
      ? []
      : [
          {
            path: ['instance', 'console', 'widget', 'sites', index],
            found: `${JSON.stringify(id)}, which is on no link that is run here`,
            allowed: `one of ${known.join(', ')}`,
            didYouMean: didYouMean(id, known),
          },
        ],
  );
}

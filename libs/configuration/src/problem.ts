import { SyncError } from '@sync-hub/contracts';

/** A place in the file: keys and positions in lists, from the top. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with a configuration: where, what is there, and what may be there. */
export interface Problem {
  readonly path: Path;
  /** What was found: its type, and the value itself only where it cannot be a secret. */
  readonly found: string;
  readonly allowed: string;
  readonly didYouMean: string | null;
  /** Points at the key instead of its value. */
  readonly atKey?: boolean;
}

export interface PlacedProblem extends Problem {
  readonly line: number | null;
  readonly column: number | null;
}

/** The configuration cannot be used. `problems` has every one that was found, `message` says them all. */
export class ConfigurationError extends SyncError {
  readonly retry = 'never';
  constructor(
    readonly file: string,
    readonly problems: readonly PlacedProblem[],
  ) {
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    super('configuration', [`${file} cannot be used, ${count}:`, ...problems.map((problem) => `  ${sentence(file, problem)}`)].join('\n'), {
      paths: problems.map(({ path }) => pathText(path)),
    });
  }
}

/** `sites[1].feed.startAt`, or `(the whole file)`. */
export function pathText(path: Path): string {
  if (path.length === 0) return '(the whole file)';
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

function sentence(file: string, problem: PlacedProblem): string {
  const place = problem.line === null ? '' : `${file}:${problem.line}:${problem.column} `;
  const hint = problem.didYouMean === null ? '' : `; did you mean ${problem.didYouMean}?`;
  return `${place}${pathText(problem.path)}: found ${problem.found}; allowed: ${problem.allowed}${hint}`;
}

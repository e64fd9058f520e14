/** A mechanism taken out of the product's own source, and the test that notices. */
export interface Mutation {
  /** What is taken out, in words; its name in `docs/invariants.md`. */
  readonly name: string;
  /** Numbers of `docs/invariants.md`; the first is the one that it is told of first. */
  readonly invariants: readonly number[];
  /** Tried in every run of the tests: the cheapest of its invariant. The others by `npm run mutants`. */
  readonly everyRun?: true;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly text: string;
  readonly instead: string;
  /** A file of tests, and how the full name of the test (or of the tests) begins that is red then and green else. */
  readonly red: RedTest;
}

export interface RedTest {
  readonly file: string;
  readonly test: string;
}

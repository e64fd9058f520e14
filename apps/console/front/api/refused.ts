import type { Refused as SaidOfRefusal } from './paths.js';

/** What the console said instead of what was asked for: `status` as in HTTP, 0 where nobody answered. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly said: Partial<SaidOfRefusal>,
  ) {
    super(said.error ?? `status ${status}`);
  }
}

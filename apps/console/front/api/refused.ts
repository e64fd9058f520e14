export interface Problem {
  readonly path: string;
  readonly problem: string;
}

export interface SaidOfRefusal {
  readonly error?: string;
  readonly problems?: readonly Problem[];
  readonly policy?: string;
  readonly seconds?: number;
  readonly running?: string;
}

/** What the console said instead of what was asked for: `status` as in HTTP, 0 where nobody answered. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly said: SaidOfRefusal,
  ) {
    super(said.error ?? `status ${status}`);
  }
}

export const GIVE_UP_AFTER_MS = 20_000;

/** How a site is reached. Plain data; the password comes from the environment and goes nowhere but into the login. */
export interface SiteOptions {
  readonly id: string;
  /** Up to and including the context path: `https://clinic.example.org/openmrs`. */
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
  /** Requests under way at once; a real Tomcat with MySQL deadlocks well below 60. */
  readonly maxInFlight?: number;
  /** Told how many requests are let under way at once, whenever that changes; at most `maxInFlight`. */
  readonly onInFlightLimit?: (limit: number) => void;
  readonly connectTimeoutMs?: number;
  /** From sending a request to the last byte of its answer. Keep it shorter than the lease of a claim. */
  readonly answerTimeoutMs?: number;
  readonly maxBodyBytes?: number;
  /** How long to leave a refused login alone: OpenMRS unlocks after 5 minutes, and each try in between extends the lock. */
  readonly unlockWaitMs?: number;
}

export const DEFAULTS = {
  maxInFlight: 6,
  connectTimeoutMs: 10_000,
  answerTimeoutMs: 30_000,
  maxBodyBytes: 20 * 1024 * 1024,
  unlockWaitMs: 6 * 60_000,
} as const;

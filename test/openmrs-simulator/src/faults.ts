import type { Answer } from './http.js';
import { answer, htmlAnswer } from './http.js';
import type { Random } from './random.js';

/** What a fault can choose requests by. */
export interface RequestFacts {
  readonly method: string;
  readonly path: string;
  readonly isWrite: boolean;
}

export type When = (request: RequestFacts) => boolean;
export type WrongBody = 'html' | 'json-stack-trace-200' | 'json-stack-trace-500' | 'huge-50mb' | 'wrong-type' | 'truncated';

/** What shall happen to one request, decided before it is handled. */
export interface Fate {
  readonly latencyMs: number;
  readonly cut: 'before' | 'after' | null;
  readonly fails: number | null;
  readonly held: boolean;
  readonly silent: boolean;
  readonly wrongBody: WrongBody | null;
}

const FIFTY_MB = 50 * 1024 * 1024;
const HIBERNATE = 'org.hibernate.exception.internal.SQLStateConversionDelegate';

/** The knobs. All chance comes from the simulator's seed. */
export class Faults {
  /** Milliseconds before a request is handled. */
  latencyMs: number | ((request: RequestFacts) => number) = 0;
  /** Share of requests that fail with `errorStatus` and are not handled. */
  errorRate = 0;
  errorStatus = 503;
  /** Share of requests whose connection is cut, before or after they are handled. */
  disconnectRate = 0;
  disconnect: 'before' | 'after' | 'either' = 'either';
  /** Bodies trickle out at this rate; null for at once. */
  slowBodyBytesPerSecond: number | null = null;
  /** Added to the server's clock. */
  clockSkewMs = 0;
  /** What somebody at the server does at the very moment before or after a request is handled. */
  beside: ((request: RequestFacts, moment: 'before' | 'after') => void | Promise<void>) | null = null;
  #losing: When[] = [];
  #holding: When[] = [];
  #silent: When[] = [];
  #wrong: { when: When; body: WrongBody }[] = [];
  #held: (() => void)[] = [];

  constructor(private readonly random: Random) {}

  /** The write is done and the connection is cut: of the nth write from now on, or of every request that fits. */
  loseAnswers(which: number | When): void {
    let left = typeof which === 'number' ? which : 0;
    this.#losing.push(typeof which === 'function' ? which : (request) => request.isWrite && left > 0 && --left === 0);
  }

  /** The connection is cut at once, and the request is handled only when `landHeld` is called. */
  holdAndLandLate(when: When): void {
    this.#holding.push(when);
  }

  /** Handles what was held, in order; returns how many. */
  landHeld(): number {
    const held = this.#held.splice(0);
    for (const land of held) land();
    return held.length;
  }

  get heldCount(): number {
    return this.#held.length;
  }

  hold(land: () => void): void {
    this.#held.push(land);
  }

  /** The connection stays open and nothing ever comes; the request is not handled. */
  neverAnswer(when: When): void {
    this.#silent.push(when);
  }

  /** The request is handled, and its answer replaced. */
  wrongBody(when: When, body: WrongBody): void {
    this.#wrong.push({ when, body });
  }

  /** Ends all faults of requests. What is held stays held; the clock stays where it is. */
  heal(): void {
    Object.assign(this, { latencyMs: 0, errorRate: 0, disconnectRate: 0, slowBodyBytesPerSecond: null, beside: null });
    this.#losing = [];
    this.#holding = [];
    this.#silent = [];
    this.#wrong = [];
  }

  fateOf(request: RequestFacts): Fate {
    const cutByChance = this.disconnectRate > 0 && this.random.next() < this.disconnectRate;
    const side = this.disconnect === 'either' ? this.random.pick<'before' | 'after'>(['before', 'after']) : this.disconnect;
    // Every counter counts, also where an earlier one has fired.
    const loses = this.#losing.filter((when) => when(request)).length > 0;
    return {
      latencyMs: typeof this.latencyMs === 'function' ? this.latencyMs(request) : this.latencyMs,
      cut: loses ? 'after' : cutByChance ? side : null,
      fails: this.errorRate > 0 && this.random.next() < this.errorRate ? this.errorStatus : null,
      held: this.#holding.some((when) => when(request)),
      silent: this.#silent.some((when) => when(request)),
      wrongBody: this.#wrong.find(({ when }) => when(request))?.body ?? null,
    };
  }
}

/** The answer that comes in place of the right one; `cutAt` is how much of it is sent before the connection breaks. */
export function replaced(right: Answer, body: WrongBody): Answer & { readonly cutAt?: number } {
  switch (body) {
    case 'html':
      return { ...htmlAnswer(200, 'Log in'), status: 200 };
    case 'json-stack-trace-200':
      return answer(
        200,
        'application/json',
        JSON.stringify({ cause: null, stackTrace: [{ className: 'org.openmrs.api.APIException', lineNumber: 1 }], message: 'null', suppressed: [] }),
      );
    case 'json-stack-trace-500':
      return answer(
        500,
        'application/json;charset=UTF-8',
        JSON.stringify({ error: { message: quoted(right), code: `${HIBERNATE}:97`, detail: quoted(right) } }),
      );
    case 'huge-50mb':
      return answer(200, right.headers['content-type'] ?? 'application/json', Buffer.alloc(FIFTY_MB, 0x20));
    case 'wrong-type':
      return answer(right.status, 'application/json;charset=UTF-8', '[42,"not what was asked for"]');
    case 'truncated':
      return { ...right, cutAt: Math.floor(right.body.length / 2) };
  }
}

/** Errors of a database quote the row that they were about. */
const quoted = ({ body }: Answer): string => `could not execute statement [Data too long for column] [${body.toString()}]`;

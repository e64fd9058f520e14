import { createHash, randomBytes, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import PQueue from 'p-queue';

/** argon2id, which is the library's default: 32 MiB and three passes, above what OWASP asks for, and some dozens of milliseconds on a small machine. */
const COST = { memoryCost: 32 * 1024, timeCost: 3, parallelism: 1 };

/** Each takes its memory, and a thread of the process's four: whoever guesses takes no more than this of the machine. */
const AT_ONCE = 2;
const WAITING_AT_MOST = 30;

/** No letter or digit that is taken for another one. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 5;

/** Makes digests of passwords, and compares with them. */
export class Passwords {
  private readonly queue = new PQueue({ concurrency: AT_ONCE });
  private nobodys: Promise<string> | null = null;

  digest(password: string): Promise<string> {
    return this.queue.add(() => hash(password, COST));
  }

  /** Against nobody's digest it takes as long as against somebody's, and is never right. `null` where too many are asked for already. */
  async isRight(digest: string | null, password: string): Promise<boolean | null> {
    if (this.queue.size >= WAITING_AT_MOST) return null;
    if (digest === null) this.nobodys ??= this.digest(newSecret());
    const against = digest ?? (await this.nobodys) ?? '';
    return (await this.queue.add(() => verify(against, password))) && digest !== null;
  }
}

/** `abcde-fghjk-mnpqr-stuvw`: 99 bits. */
export const oneTimePassword = (): string =>
  Array.from({ length: GROUPS - 1 }, () => Array.from({ length: GROUPS }, () => LETTERS[randomInt(LETTERS.length)]).join('')).join('-');

/** 256 bits, that nobody guesses: a digest without salt is enough to keep them by. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { BugError } from '@sync-hub/contracts';

/** A key of the environment: 32 bytes under a short id. The first of several seals; all of them open. */
export interface MasterKey {
  readonly id: string;
  readonly bytes: Buffer;
}

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Reads `id:base64[,id:base64…]`. Throws naming what is wrong, never the key. */
export function readMasterKeys(text: string): MasterKey[] {
  return text.split(',').map((part, index) => {
    const [id, encoded] = part.trim().split(':');
    const bytes = Buffer.from(encoded ?? '', 'base64');
    if (id === undefined || !/^[a-z0-9-]{1,32}$/.test(id) || bytes.length !== KEY_BYTES) {
      throw new BugError(`key ${index + 1} is not <id>:<32 bytes in base64>`);
    }
    return { id, bytes };
  });
}

/** Names each key of such a text, so that the right one is known again; nobody can guess the key from it. */
export const fingerprintsOf = (text: string): string[] =>
  readMasterKeys(text).map(({ id, bytes }) => `${id}:${Buffer.from(hkdfSync('sha256', bytes, '', 'fingerprint', 8)).toString('hex')}`);

/**
 * Seals what holds patient data: AES-256-GCM under a data key of its own, which is wrapped by a master key, so that rotating
 * the master rewraps keys and never touches bodies. `context` binds a sealed value to its row.
 */
export class Vault {
  constructor(private readonly keys: readonly MasterKey[]) {
    if (keys.length === 0) throw new BugError('a vault needs a key');
  }

  seal(value: unknown, context: string): Buffer {
    const master = this.current();
    const dataKey = randomBytes(KEY_BYTES);
    const id = Buffer.from(master.id, 'ascii');
    const wrapped = encrypt(master.bytes, dataKey, context);
    const body = encrypt(dataKey, Buffer.from(JSON.stringify(value), 'utf8'), context);
    return Buffer.concat([Buffer.from([VERSION, id.length]), id, wrapped, body]);
  }

  /** Throws a `BugError` where the key is unknown or the bytes were altered; the caller treats that as first contact, with an alert. */
  open(sealed: Buffer, context: string): unknown {
    const idLength = sealed[1] ?? 0;
    const id = sealed.subarray(2, 2 + idLength).toString('ascii');
    const master = this.keys.find((key) => key.id === id);
    if (sealed[0] !== VERSION || master === undefined) throw new BugError('a sealed value names a key that is not here', { key: id });
    const wrappedEnd = 2 + idLength + IV_BYTES + KEY_BYTES + TAG_BYTES;
    const dataKey = decrypt(master.bytes, sealed.subarray(2 + idLength, wrappedEnd), context);
    return JSON.parse(decrypt(dataKey, sealed.subarray(wrappedEnd), context).toString('utf8'));
  }

  /** The same value under the current master key; `null` where it is already. */
  rewrap(sealed: Buffer, context: string): Buffer | null {
    const id = sealed.subarray(2, 2 + (sealed[1] ?? 0)).toString('ascii');
    return id === this.current().id ? null : this.seal(this.open(sealed, context), context);
  }

  /** A keyed digest of a record's content: equal contents, equal digests, and nobody without the key can guess from it. */
  digest(content: unknown): string {
    return digestUnder(this.current().bytes, content);
  }

  /** The same under each of our keys, to find what was kept under one of them. */
  digests(content: unknown): readonly string[] {
    return this.keys.map(({ bytes }) => digestUnder(bytes, content));
  }

  /** A sum over a text that nobody without the key can make, and the id of the key. */
  sign(text: string): { readonly key: string; readonly sum: Buffer } {
    const { id, bytes } = this.current();
    return { key: id, sum: sumOver(bytes, text) };
  }

  /** Was the text signed so? `null` where the key is not here. */
  isSigned(text: string, { key, sum }: { readonly key: string; readonly sum: Buffer }): boolean | null {
    const master = this.keys.find(({ id }) => id === key);
    return master === undefined ? null : sumOver(master.bytes, text).equals(sum);
  }

  private current(): MasterKey {
    const [first] = this.keys;
    if (first === undefined) throw new BugError('a vault needs a key');
    return first;
  }
}

const digestUnder = (master: Buffer, content: unknown): string =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', master, '', 'content-digest', KEY_BYTES)))
    .update(JSON.stringify(content))
    .digest('base64url');

const sumOver = (master: Buffer, text: string): Buffer =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', master, '', 'signature', KEY_BYTES)))
    .update(text)
    .digest();

function encrypt(key: Buffer, plain: Buffer, context: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, context: string): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES));
    decipher.setAAD(Buffer.from(context, 'utf8'));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, sealed.length - TAG_BYTES)), decipher.final()]);
  } catch {
    throw new BugError('a sealed value cannot be opened: wrong key, or altered bytes', { context: context.split(':')[0] ?? '' });
  }
}

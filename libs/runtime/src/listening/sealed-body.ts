import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { ContractError } from '@sync-hub/contracts';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Which way a body goes: one that went one way opens as none that goes the other. */
export type SealedFor = 'up' | 'down';

/** A body that whoever stands between can neither read nor change: AES-256-GCM by a key of the secret that only the two ends know. */
export function sealBody(value: unknown, secret: string, way: SealedFor): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv).setAAD(Buffer.from(way));
  return Buffer.concat([iv, cipher.update(JSON.stringify(value), 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** The JSON in such a body. Throws ContractError where it was sealed by another secret, for the other way, or was altered. */
export function openBody(sealed: Buffer, secret: string, way: SealedFor): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES }).setAAD(Buffer.from(way));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new ContractError('(the whole body): is not sealed by the secret that both ends know', { path: '(the whole body)' });
  }
}

/** Not the key that signs, so that neither says anything of the other. */
const keyOf = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', 'sync-hub sealed body', 32));

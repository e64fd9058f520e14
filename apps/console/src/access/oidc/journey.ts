import { createHash, randomBytes } from 'node:crypto';

/** What a browser takes along to the provider and back, made of one secret that it keeps: nothing of it is kept here, and who sees an address on the way finds none of the rest. */
export interface Journey {
  /** In the address, both ways: it is this browser that comes back. */
  readonly state: string;
  /** In what the provider signs: it was made for this journey. */
  readonly nonce: string;
  /** Told to the provider by its digest on the way there, and itself on the way back: only who began it has use of the code (PKCE). */
  readonly verifier: string;
}

/** 256 bits. */
export const newJourney = (): string => randomBytes(32).toString('base64url');

export const isJourney = (secret: string | null): secret is string => secret !== null && /^[\w-]{43}$/.test(secret);

export const journeyOf = (secret: string): Journey => {
  const part = (name: string): string => createHash('sha256').update(`${name}:${secret}`).digest('base64url');
  return { state: part('state'), nonce: part('nonce'), verifier: part('verifier') };
};

import { describe, expect, it } from '@jest/globals';
import { type SignedMessage, signatureOf, TOLERATED_SECONDS, whyNotTrusted } from './signature.js';

const NOW = new Date('2026-11-28T12:00:00Z');
const SECRET = 'a secret of this test';
const timestamp = String(NOW.getTime() / 1000);

const signed = (change: Partial<SignedMessage> = {}, secret = SECRET): SignedMessage => {
  const message = { id: 'msg_1', timestamp, body: Buffer.from('{"events":[]}'), ...change };
  return { signature: signatureOf(message, secret), ...message };
};
const judged = (message: SignedMessage, secret = SECRET) => whyNotTrusted(message, secret, NOW);

describe('a message of a site', () => {
  it('is trusted with the signature of its id, its time and its body', () => {
    expect(judged(signed())).toBeNull();
    expect(judged(signed({}, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'), 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toBeNull();
  });

  it('is signed as the standard’s own example is', () => {
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: '1614265330', body: Buffer.from('{"test": 2432232314}') };
    expect(signatureOf(message, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('is trusted by any of several signatures, as while a secret is being changed', () => {
    const message = signed();
    expect(judged({ ...message, signature: `v1,bm90IG91cnM= ${message.signature}` })).toBeNull();
  });

  it.each([
    ['another secret', signed({}, 'another secret')],
    ['another body', { ...signed(), body: Buffer.from('{"events":[{}]}') }],
    ['another id', { ...signed(), id: 'msg_2' }],
    ['another time', { ...signed(), timestamp: String(Number(timestamp) + 1) }],
    ['no signature', { ...signed(), signature: '' }],
    ['the signature of another version', { ...signed(), signature: signed().signature.replace('v1', 'v2') }],
    ['no id', signed({ id: '' })],
    ['a time that is no number', signed({ timestamp: 'today' })],
  ])('is not trusted with %s', (_, message) => {
    expect(judged(message)).toBe('not-signed');
  });

  it.each([-TOLERATED_SECONDS - 1, TOLERATED_SECONDS + 1])('is not trusted %d s from now, whoever signed it', (seconds) => {
    expect(judged(signed({ timestamp: String(Number(timestamp) + seconds) }))).toBe('too-old');
    expect(judged(signed({ timestamp: String(Number(timestamp) + Math.sign(seconds) * TOLERATED_SECONDS) }))).toBeNull();
  });
});

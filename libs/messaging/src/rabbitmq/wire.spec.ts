import { describe, expect, it } from '@jest/globals';
import { recordChanged } from '../testing/envelopes.js';
import { fromWire, toWire } from './wire.js';

const message = recordChanged('kisumu', { trace: '0af7651916cd43dd8448eb211c80319c', step: { attempt: 2, tookMs: 31, bytesRead: 900, bytesWritten: 0 } });
/** As the client library hands a message over. */
const received = (sending = toWire(message), over: object = {}) =>
  ({ content: sending.content, properties: { ...sending.options, ...over } }) as unknown as Parameters<typeof fromWire>[0];

describe('a message on the wire', () => {
  it('is its payload, with everything about it in the properties of AMQP', () => {
    const { content, options } = toWire(message, { attempt: 2, 'failure-code': 'deadlock' });
    expect(JSON.parse(content.toString())).toEqual(message.payload);
    expect(options).toEqual({
      messageId: message.messageId,
      type: 'record.changed.v1',
      correlationId: message.correlationId,
      timestamp: 1795507200,
      appId: 'sync-hub',
      contentType: 'application/json',
      persistent: true,
      mandatory: true,
      headers: {
        site: 'kisumu',
        timestamp_in_ms: 1795507200123,
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-8448eb211c80319c-00',
        step: '{"attempt":2,"tookMs":31,"bytesRead":900,"bytesWritten":0}',
        attempt: 2,
        'failure-code': 'deadlock',
      },
    });
  });

  it('comes back as it went', () => {
    expect(fromWire(received())).toEqual(message);
    const bare = fromWire(received(toWire(recordChanged())));
    expect(bare).not.toHaveProperty('trace');
    expect(bare).not.toHaveProperty('step');
  });

  it.each([
    ['no trace', { traceparent: 'Jane Achieng' }],
    ['a trace of nothing', { traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` }],
    ['no step', { step: '{"attempt":"Jane"}' }],
    ['no JSON', { step: '{' }],
  ])('is read though what goes along with it is %s', (_, headers) => {
    const sent = toWire(recordChanged());
    const heard = fromWire(received(sent, { headers: { ...sent.options.headers, ...headers } }));
    expect([heard?.type, heard?.trace, heard?.step]).toEqual(['record.changed.v1', undefined, undefined]);
  });

  it.each([
    ['no JSON', { content: Buffer.from('<html>') }],
    ['a JSON text', { content: Buffer.from('"text"') }],
    ['a JSON list', { content: Buffer.from('[]') }],
    ['nothing', { content: Buffer.alloc(0) }],
  ])('is none of ours where the body is %s', (_, sending) => {
    expect(fromWire(received({ ...toWire(message), ...sending }))).toBeNull();
  });

  it.each([
    ['id', { messageId: undefined }],
    ['printable id', { messageId: 'a\u0000b' }],
    ['name', { type: undefined }],
    ['site', { headers: {} }],
    ['site of the right form', { headers: { site: 'Kisumu.North' } }],
    ['headers', { headers: undefined }],
  ])('is none of ours without a %s', (_, over) => {
    expect(fromWire(received(toWire(message), over))).toBeNull();
  });
});

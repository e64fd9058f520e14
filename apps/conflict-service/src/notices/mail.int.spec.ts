import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { TransientError } from '@sync-hub/contracts';
import { sendMail } from '@sync-hub/runtime';
import { mailServer } from '../testing/receivers.js';

type Server = Awaited<ReturnType<typeof mailServer>>;

const TEXT = { subject: 'it is\r\nBcc: elsewhere@example.org', lines: ['one', 'two'] };
const ID = { id: '<began.x@hub.sync-hub>', follows: null };
const running: Server[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function served(options?: Parameters<typeof mailServer>[0]): Promise<Server> {
  const server = await mailServer(options);
  running.push(server);
  return server;
}
const mailOf = ({ port }: Pick<Server, 'port'>, security: 'none' | 'starttls' | 'tls' = 'none') => ({
  ...{ host: '127.0.0.1', port, security, from: 'sync@health.example' },
  to: ['ops@health.example', 'data@health.example'],
});
const codeOf = (work: Promise<void>): Promise<string> =>
  work.then(
    () => 'sent',
    (error: unknown) => (error instanceof TransientError ? error.code : 'another error'),
  );

describe('a mail', () => {
  it('is handed over as who we are there, for all whom it goes to, and a subject ends where a line would', async () => {
    const server = await served({ authOptional: false, allowInsecureAuth: true });
    await sendMail({ mail: mailOf(server), login: { username: 'hub', password: 'right' } }, TEXT, ID);
    expect([server.tried, server.mails.map(({ to }) => to)]).toEqual([['hub:right'], [['ops@health.example', 'data@health.example']]]);
    expect(/^Bcc:/im.test(server.mails[0]?.text ?? '')).toBe(false);
  });

  it('goes to nobody in the clear where it is to be secure', async () => {
    const plain = await served();
    // It warns of a certificate that everybody has the key of: that is why we do not believe it.
    const warned = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const selfSigned = await served({ disabledCommands: [] });
    warned.mockRestore();
    expect(await codeOf(sendMail({ mail: mailOf(plain, 'starttls'), login: null }, TEXT, ID))).toBe('mail-not-secure');
    expect(['mail-not-secure', 'unreachable']).toContain(await codeOf(sendMail({ mail: mailOf(selfSigned, 'starttls'), login: null }, TEXT, ID)));
    expect([plain.mails, selfSigned.mails]).toEqual([[], []]);
  });

  it('is not handed over where the login, or an address, is refused, or nobody answers; and what the server says goes nowhere', async () => {
    const closed = await served({ authOptional: false, allowInsecureAuth: true });
    expect(await codeOf(sendMail({ mail: mailOf(closed), login: { username: 'hub', password: 'wrong' } }, TEXT, ID))).toBe('mail-login-refused');
    const picky = await served({ onRcptTo: ({ address }, _session, done) => done(address.startsWith('data') ? new Error('no such person') : undefined) });
    const error = await sendMail({ mail: mailOf(picky), login: null }, TEXT, ID).catch((thrown: unknown) => thrown);
    expect([error instanceof TransientError ? error.code : '', JSON.stringify(error).includes('no such person')]).toEqual(['mail-address-refused', false]);
    expect(await codeOf(sendMail({ mail: mailOf({ port: 9 }), login: null }, TEXT, ID))).toBe('unreachable');
  });
});

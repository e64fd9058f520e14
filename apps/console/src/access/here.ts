import type { AskedBy } from './caller.js';

/** Names under which a browser on this machine reaches the console. Any other is a page elsewhere whose name was pointed here (DNS rebinding), unless the configuration says that people use it. */
const OUR_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

const HERE = /^(?:127\.|::1$|::ffff:127\.)/;

/** Is this the `Host` of a request that was meant for the console on this machine? */
export function isOurHost(host: string | undefined): boolean {
  const name = /^(\[[0-9a-f:]+\]|[^:[\]]+)(?::\d{1,5})?$/i.exec(host ?? '')?.[1];
  return name !== undefined && OUR_NAMES.has(name.toLowerCase());
}

/** Does somebody on this machine ask? What a proxy hands on comes from here, and is not. */
export const isHere = ({ headers, socket }: Pick<AskedBy, 'headers' | 'socket'>): boolean =>
  isOurHost(headers['host']) && HERE.test(socket.remoteAddress ?? '') && headers['x-forwarded-for'] === undefined && headers['forwarded'] === undefined;

import type { IncomingMessage } from 'node:http';
import {
  BadRequestException,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  PayloadTooLargeException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { NEED, type Need } from './access/needs.js';
import { isReading } from './access/same-origin.js';

/** A configuration of some hundred sites, or a file of Sync 2.0. */
const LARGEST_BODY_BYTES = 1024 * 1024;
/** Of whoever asks, before anybody knows who that is: a name and a password. */
const LARGEST_OF_ANYBODY_BYTES = 16 * 1024;

/** Reads what was sent once the guard has let it through, so that nobody who may not has anything of theirs kept in memory; as much as the path takes, and no more. */
@Injectable()
export class BodyInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<ReturnType<CallHandler['handle']>> {
    const request = context.switchToHttp().getRequest<IncomingMessage & { method: string; body?: Buffer }>();
    if (isReading(request)) return next.handle();
    const need = this.reflector.get<Need | undefined>(NEED, context.getHandler());
    const most = need?.permission === 'anybody' ? LARGEST_OF_ANYBODY_BYTES : LARGEST_BODY_BYTES;
    request.body = await bodyOf(request, most);
    return next.handle();
  }
}

/** Throws what is answered with 413 where there is more, and with 415 where it is compressed. */
async function bodyOf(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') throw new UnsupportedMediaTypeException({ error: 'a body is not compressed' });
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    const take = (part: Buffer): void => {
      bytes += part.length;
      parts.push(part);
      if (bytes <= mostBytes) return;
      // What comes yet is kept nowhere.
      parts.length = 0;
      request.off('data', take).resume();
      reject(new PayloadTooLargeException({ error: 'a body is too large' }));
    };
    request.on('data', take);
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', () => reject(new BadRequestException({ error: 'a body is whole' })));
  });
}

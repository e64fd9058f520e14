import { createHash, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable, UnauthorizedException } from '@nestjs/common';

/** Injection token of the secret that opens the workbench. */
export const CONSOLE_TOKEN = Symbol('ConsoleToken');

const BEARER = /^Bearer ([\w-]{1,200})$/;

/** Lets through who sends the token, `Authorization: Bearer …`. What it guards holds patient data, in what is read as well. */
@Injectable()
export class OnlyWithToken implements CanActivate {
  private readonly expected: Buffer;

  constructor(@Inject(CONSOLE_TOKEN) token: string) {
    this.expected = digestOf(token);
  }

  canActivate(context: ExecutionContext): boolean {
    const { authorization } = context.switchToHttp().getRequest<{ readonly headers: { readonly authorization?: string } }>().headers;
    const told = BEARER.exec(authorization ?? '')?.[1];
    // Digests are of one length, so that their comparison takes the same time whatever was told.
    if (told === undefined || !timingSafeEqual(digestOf(told), this.expected)) throw new UnauthorizedException({ error: 'token' });
    return true;
  }
}

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();

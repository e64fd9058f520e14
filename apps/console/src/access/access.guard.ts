import { type CanActivate, type ExecutionContext, ForbiddenException, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { AskedBy, Caller } from './caller.js';
import { Callers, nobody } from './callers.js';
import { isHere } from './here.js';
import { NEED, type Need } from './needs.js';
import { isFromElsewhere, isFromOurPage, isReading } from './same-origin.js';

/** Stands before every path of the console: who asks may do what the path says that it needs; a path that says nothing is refused to everybody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: Callers,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const need = this.reflector.get<Need | undefined>(NEED, context.getHandler());
    if (need === undefined) throw new ForbiddenException({ error: 'not-declared' });
    const request = context.switchToHttp().getRequest<AskedBy>();
    if (!isReading(request) && isFromElsewhere(request)) throw new ForbiddenException({ error: 'from-elsewhere' });
    if (need.permission === 'anybody' || (need.openHere === true && isHere(request))) return true;
    const caller = await this.callers.find(request, need);
    if (caller === null) throw nobody();
    demandOurPage(request, caller);
    demandPermission(need, caller);
    request.caller = caller;
    return true;
  }
}

/** A browser sends the cookie whoever asks it to; what a page elsewhere cannot send is asked for beside it. */
function demandOurPage(request: AskedBy, caller: Caller): void {
  if (caller.by === 'session' && !isReading(request) && !isFromOurPage(request, caller.secret)) throw new ForbiddenException({ error: 'page-token' });
}

function demandPermission({ permission, withOldPassword = false }: Need, caller: Caller): void {
  if (permission === 'own' && caller.by !== 'session') throw new ForbiddenException({ error: 'session' });
  if (caller.by === 'session' && caller.mustChangePassword && !withOldPassword) throw new ForbiddenException({ error: 'change-password' });
  const isPermitted = permission === 'own' || caller.permissions.some((one) => one === permission);
  if (!isPermitted) throw new ForbiddenException({ error: 'not-permitted', permission });
}

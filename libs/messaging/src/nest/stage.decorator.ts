import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { BugError, type StageName } from '@sync-hub/contracts';
import type { StageHandler } from '../stage.js';
import { RethrowFilter } from './rethrow.filter.js';

type StageClass<Name extends StageName> = (new (...dependencies: never[]) => StageHandler<Name>) & { readonly prototype: StageHandler<Name> };

/** Makes a class the handler of a stage: a Nest controller whose `handle` hears that stage's messages and whose errors reach the runner untouched. */
export function Stage<Name extends StageName>(name: Name): (target: StageClass<Name>) => void {
  return (target) => {
    const { prototype } = target;
    const handle = Object.getOwnPropertyDescriptor(prototype, 'handle');
    if (handle === undefined) throw new BugError(`${target.name} is decorated with @Stage('${name}') and has no method handle of its own`);
    EventPattern<string>(name)(prototype, 'handle', handle);
    Payload()(prototype, 'handle', 0);
    Ctx()(prototype, 'handle', 1);
    UseFilters(RethrowFilter)(target);
    Controller()(target);
  };
}

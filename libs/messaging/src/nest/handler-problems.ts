import { STAGE_NAMES, STAGES } from '@sync-hub/contracts';

/** What is wrong with the handlers of a process that is these services, in sentences that name the decorator. Empty where every stage has exactly one handler and every handler a stage. */
export function handlerProblems(services: readonly string[], handlers: ReadonlyMap<string, number>): readonly string[] {
  const owned: readonly string[] = STAGE_NAMES.filter((name) => services.includes(STAGES[name].service));
  return [
    ...owned.filter((name) => !handlers.has(name)).map((name) => `no class is decorated with @Stage('${name}')`),
    ...owned.filter((name) => (handlers.get(name) ?? 0) > 1).map((name) => `more than one class is decorated with @Stage('${name}')`),
    ...[...handlers.keys()].filter((name) => !owned.includes(name)).map((name) => `@Stage('${name}') is no stage of ${services.join(', ')}`),
  ];
}

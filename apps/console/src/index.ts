export type { ConsoleWording } from './console.controller.js';
export { ConsoleModule, type ConsoleParts } from './console.module.js';
export { ENDS, HELD_REASONS, type Meaning, WOULD } from './meanings.js';
export type * from './overview.js';
export type * from './page.js';
export { type ConsoleOptions, type RunningConsole, startConsole } from './start-console.js';
export { wordingOf } from './wording-of.js';

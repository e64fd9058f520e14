export * from './act-from-elsewhere.js';
export { everyHeldDesk, everyHeldDeskOf, receivingIn } from './every-held.js';
export type { ReceivingFrom } from './received-held-desk.js';
export { isUnheard, unheardIn } from './unheard-in.js';
export * from './work-report.js';

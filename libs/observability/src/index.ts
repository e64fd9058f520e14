export { codePlaces } from './code-places.js';
export * from './health-server.js';
export * from './log.js';
export * from './meters.js';
export * from './nest-log.js';
export * from './readable-lines.js';
export { LOG_FIELDS, type LogFields, safeFields } from './safe-fields.js';

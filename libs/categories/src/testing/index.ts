export * from './arbitrary-records.js';
export * from './rest-imitation.js';
export type { Row } from './rest-row.js';

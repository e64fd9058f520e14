export type * from './overview.js';

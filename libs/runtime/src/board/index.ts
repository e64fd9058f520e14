export * from './board-of.js';
export type * from './overview-of-links.js';
export type * from './overview-of-routes.js';
export type * from './overview-of-sites.js';
export type * from './said-of-sites.js';

export { askSite } from './ask-site.js';
export { judgePreflight } from './judge-preflight.js';
export type { Finding, PreflightFacts, SiteNeeds } from './preflight.js';

export { askSite } from './ask-site.js';
export { judgePreflight } from './judge-preflight.js';
export { CLOCK_OFF_MS } from './judge-server.js';
export type { Finding, PreflightFacts, SiteNeeds } from './preflight.js';
export { type RoleVersions, roleFor, type SiteRole } from './role-for.js';

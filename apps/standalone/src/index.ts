export { audit } from './audit-commands.js';
export { type Standalone, type StandaloneOptions, startStandalone } from './standalone.js';

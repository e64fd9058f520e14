export { accountPartsOn } from './account-parts.js';
export * from './hub-account-desk.js';
export * from './hub-sign-in-desk.js';

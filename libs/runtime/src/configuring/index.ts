export { ConfigurationNotSavedError, whyNotSaved, writeConfigurationFile } from './configuration-file.js';
export { ConfigurationHistory } from './configuration-history.js';
export * from './hub-configuration-desk.js';

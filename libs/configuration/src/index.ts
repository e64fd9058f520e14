export * from './admission-digest.js';
export * from './admits.js';
export { configurationDigest } from './configuration-digest.js';
export * from './load-configuration.js';
export { ConfigurationError, type Path, type PlacedProblem, type Problem, pathText } from './problem.js';
export * from './routes.js';
export {
  ADDRESS_FIELDS,
  type Catchment,
  type Configuration,
  FEED_CATEGORIES,
  type FeedCategory,
  type LinkConfiguration,
  type SecretReference,
  type SiteConfiguration,
} from './schema.js';
export * from './secrets.js';
export * from './site-needs.js';
export { draftText, importSync2, type Sync2Answers, type Sync2Files, type Sync2Import } from './sync2/import-sync2.js';
export type { ImportNote } from './sync2/note.js';
export * from './writing.js';

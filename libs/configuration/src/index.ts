export * from './admission-digest.js';
export * from './admits.js';
export { ADDRESS_FIELDS, type Catchment } from './catchment.schema.js';
export { configurationDigest } from './configuration-digest.js';
export { goesByPlaces, type PlacesAbove, placesFor, placesToFind } from './in-catchment.js';
export { configurationJsonSchema } from './json-schema.js';
export * from './load-configuration.js';
export { ConfigurationError, type Path, type PlacedProblem, type Problem, pathText } from './problem.js';
export * from './routes.js';
export {
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

export * from './admission-digest.js';
export * from './admits.js';
export { unfitBy } from './ask-plugins.js';
export * from './ask-policy.js';
export * from './bulk-choices.js';
export { ADDRESS_FIELDS, type Catchment } from './catchment.schema.js';
export * from './changed-places.js';
export * from './configuration-changes.js';
export { configurationDigest, digestOf } from './configuration-digest.js';
export { didYouMean } from './did-you-mean.js';
export * from './editing/index.js';
export {
  type BesideRecord,
  cohortsGoneBy,
  goesByPlaces,
  NOT_IN_CATCHMENT,
  type PlacesAbove,
  placesFor,
  placesToFind,
  type TiesOfPatient,
  tiesGoneBy,
} from './in-catchment.js';
export { configurationJsonSchema } from './json-schema.js';
export * from './judge-by.js';
export * from './load-configuration.js';
export * from './mappings.js';
export {
  channelsOf,
  MAIL_CHANNEL,
  type MailConfiguration,
  MESSAGE_LANGUAGES,
  type MessagesConfiguration,
  type WebhookConfiguration,
} from './messages.schema.js';
export * from './metadata-modes.js';
export type { OidcConfiguration } from './oidc.schema.js';
export * from './plugins.js';
export type { Policies, PolicyChoice } from './policies.schema.js';
export * from './policy-of.js';
export { ruleProblem } from './policy-problems.js';
export { ConfigurationError, type Path, type PlacedProblem, type Problem, pathText } from './problem.js';
export * from './rests.js';
export * from './routes.js';
export {
  type Configuration,
  FEED_CATEGORIES,
  type FeedCategory,
  HEARD_WITHIN_MINUTES,
  type LinkConfiguration,
  PATIENT_UUID,
  type SiteConfiguration,
} from './schema.js';
export type { SecretReference } from './secret.schema.js';
export * from './secrets.js';
export * from './site-needs.js';
export { draftText, importSync2, type Sync2Answers, type Sync2Files, type Sync2Import } from './sync2/import-sync2.js';
export type { ImportNote } from './sync2/note.js';
export type { Window } from './windows.schema.js';
export * from './writing.js';

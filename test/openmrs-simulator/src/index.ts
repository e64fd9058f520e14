export type { UserSpec } from './accounts.js';
export type { CareClinician, EncounterInput, ObsInput, ProviderInput, VisitInput } from './care-clinician.js';
export type { AttributeInput, Clinician, IdentifierInput, LocationInput, NameInput, PatientInput, PersonInput } from './clinician.js';
export { CLASSES, DATATYPES } from './concepts.js';
export type { Kind, Value, Values } from './database.js';
export type { Write } from './engine.js';
export type { Faults, RequestFacts, When, WrongBody } from './faults.js';
export { type FeedPage, feedDocument } from './feed-document.js';
export { PUBLISHABLE, type Publishable, type Published } from './feed-entries.js';
export type { FeedFlavour } from './feed-flavour.js';
export { type Chunking, type FeedRow, FeedTables } from './feed-tables.js';
export type { FhirSetUp } from './fhir/fhir-call.js';
export { PROFILE_IDS, PROFILES, type Profile, type ProfileId } from './profile.js';
export { Random } from './random.js';
export type { ResourceName } from './resource.js';
export { RestError } from './rest-error.js';
export { type Metadata, SAMPLE, type SampleData, sampleData, sampleMetadata } from './sample.js';
export { CARE } from './sample-care.js';
export { ORDER_TYPES } from './sample-orders.js';
export { type SampleVisit, type SampleVisitOptions, sampleVisit } from './sample-visit.js';
export type { AnsweredRequest, LoggedRequest } from './server.js';
export { type Backup, Simulator, startSimulator } from './simulator.js';
export type { SimulatorOptions } from './simulator-options.js';
export type {
  AllergyState,
  CohortState,
  EncounterState,
  EnrollmentState,
  LocationState,
  ObsState,
  PersonState,
  RowState,
  SimulatorState,
  VisitState,
} from './state.js';

export * from './memory-sites.js';
export { patientDeskOf } from './patient-desk.js';
export * from './pipeline.js';
export * from './reading.builder.js';

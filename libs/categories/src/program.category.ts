import { metadataCategory } from './metadata-category.js';
import { reference, text } from './scalars.js';

/**
 * A program that patients are enrolled in. Its workflows and their states are told by webservices.rest and written by none (2.12 to 3.4
 * ProgramResource1_8, ProgramWorkflowResource1_8): they are not carried, and a person brings them by other means. No two have one name, retired ones
 * included, and 1.9 takes none without a description (openmrs-core ProgramValidator, ProgramWorkflowServiceImpl.getProgramByName). A create names all
 * three keys.
 */
export const program = metadataCategory({
  name: 'program',
  title: 'Program',
  openmrsClass: 'org.openmrs.Program',
  scalars: { name: text, description: text, concept: reference('concept', null), outcomesConcept: reference('concept', null) },
  onlyWhere: { outcomesConcept: ({ hasProgramOutcomes }) => hasProgramOutcomes },
  telltale: 'name',
  requires: ['name', 'concept'],
  saidEmpty: ['description'],
});

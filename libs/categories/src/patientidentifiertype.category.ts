import { metadataCategory } from './metadata-category.js';
import { flag, text } from './scalars.js';

/**
 * What kind of number a patient is known by, and how it is checked. `validator` is a Java class that the target must have. A change of
 * `format`, `validator` or `required` holds for patients who are there already: they may no longer be saved. Since platform 1.11 no two in use have
 * one name (openmrs-core PatientIdentifierTypeValidator), and nothing is saved while the setting `patientIdentifierTypes.locked` is on
 * (1.11 and newer, PatientServiceImpl). Keys by platform: webservices.rest 3.4 PatientIdentifierTypeResource1_8, 2_0.
 */
export const patientIdentifierType = metadataCategory({
  name: 'patientidentifiertype',
  title: 'Patient identifier type',
  openmrsClass: 'org.openmrs.PatientIdentifierType',
  scalars: {
    name: text,
    description: text,
    format: text,
    formatDescription: text,
    required: flag,
    checkDigit: flag,
    validator: text,
    locationBehavior: text,
    uniquenessBehavior: text,
  },
  onlyWhere: { checkDigit: ({ hasCheckDigit }) => hasCheckDigit, uniquenessBehavior: ({ hasUniquenessBehavior }) => hasUniquenessBehavior },
  telltale: 'name',
  requires: ['name'],
  saidEmpty: ['description'],
});

/** Of the lists that are kept of a patient, what platforms before these do not have. */
export const LISTS_SINCE_2_2 = ['condition', 'patientdiagnoses', 'encounter.conditions'] as const;
export const LISTS_SINCE_2_5 = ['patientdiagnoses.formFieldNamespace', 'patientdiagnoses.formFieldPath'] as const;

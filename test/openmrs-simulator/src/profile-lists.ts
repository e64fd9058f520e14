/** In what platforms differ about the lists that are kept of a patient. */
export interface ListsProfile {
  /** Core 2.5.6 and newer: a condition that changes is voided, and another made under another uuid. */
  readonly replacesConditions: boolean;
  /** webservices.rest 2.39 and newer; before, a search for a patient's conditions or diagnoses finds none. */
  readonly listsConditions: boolean;
  /** Core 2.3.5 and 2.5 and newer: what follows an order of another day is dated by that day. */
  readonly ordersMayBeRetrospective: boolean;
}

export const LISTS: Readonly<Record<'old' | '2.3' | '2.8', ListsProfile>> = {
  old: { replacesConditions: false, listsConditions: false, ordersMayBeRetrospective: false },
  '2.3': { replacesConditions: false, listsConditions: false, ordersMayBeRetrospective: true },
  '2.8': { replacesConditions: true, listsConditions: true, ordersMayBeRetrospective: true },
};

/** Of the lists that are kept of a patient, what platforms before these do not have. */
export const LISTS_SINCE_1_10 = ['order'] as const;
export const LISTS_SINCE_2_0 = ['allergy'] as const;
export const LISTS_SINCE_2_2 = ['medicationdispense', 'condition', 'patientdiagnoses', 'encounter.conditions'] as const;
export const LISTS_SINCE_2_5 = ['medicationdispense', 'patientdiagnoses.formFieldNamespace', 'patientdiagnoses.formFieldPath', 'encounter.allergies'] as const;

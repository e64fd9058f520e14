/** In what the releases of openmrs-module-fhir2 differ that a client can see, at `/ws/fhir2/R4`. */
export interface R4Profile {
  readonly version: string;
  /** 1.11.0 and newer: `meta.versionId` and the ETag made of it (FM2-605). Before, `meta.lastUpdated` is there only of what was changed. */
  readonly versions: boolean;
  /** Before 1.4.0: who made and changed a record, as contained Provenance (FM2-464). */
  readonly provenance: boolean;
  /** Of elements without an `id` older releases set the uuid to nothing, which the database refuses (`PersonNameTranslatorImpl` 1.3.0). */
  readonly mintsIdsOfElements: boolean;
  /** 2.5.0 and newer: person attributes as extensions (FM2-126). */
  readonly personAttributes: boolean;
  /** A name of a Patient whose `id` is known is written onto; in 1.3.0 it is dropped (`PatientTranslatorImpl` of both). */
  readonly editsNames: boolean;
  /** `district` of addresses, `text` of names, the type's uuid in identifiers: none of them in 1.3.0. */
  readonly saysMore: boolean;
  /** Tags that come with a location are looked up and made; in 1.3.0 they cannot be saved (`LocationTranslatorImpl`). */
  readonly savesTags: boolean;
  /** 2.8.0 and newer: a Diagnosis is a Condition too (FM2-667). */
  readonly diagnoses: boolean;
  /** 1.11.0 and newer take PUT of an Observation (FM2-603). */
  readonly updatesObservations: boolean;
  /** 1.3.0 keeps the uuids of all that was found, so that pages do not shift; 4.2.0 looks again for every page (`SearchQueryBundleProvider`). */
  readonly pagesAreKept: boolean;
}

/** openmrs-module-fhir at `/ws/fhir`. */
export interface Stu3Profile {
  readonly version: string;
  /** Its helpers come for platforms 1.9, 1.11, 2.0 to 2.1 and 2.2 to 2.4 (`@OpenmrsProfile`); on others what asks them fails: obs, allergies, drugs, orders. */
  readonly hasHelpers: boolean;
}

export interface FhirProfile {
  readonly r4: R4Profile | null;
  readonly stu3: Stu3Profile | null;
}

/** The last release with contained Provenance; asks for 2.0.5 and newer (`omod/config.xml`). */
const fhir2_1_3: R4Profile = {
  version: '1.3.0',
  versions: false,
  provenance: true,
  mintsIdsOfElements: false,
  personAttributes: false,
  editsNames: false,
  saysMore: false,
  savesTags: false,
  diagnoses: false,
  updatesObservations: false,
  pagesAreKept: true,
};

/** Asks for 2.4.0 and newer. */
const fhir2_4_2: R4Profile = {
  version: '4.2.0',
  versions: true,
  provenance: false,
  mintsIdsOfElements: true,
  personAttributes: true,
  editsNames: true,
  saysMore: true,
  savesTags: true,
  diagnoses: true,
  updatesObservations: true,
  pagesAreKept: false,
};

/** Asks for 1.11.3 and newer, among others (`omod/config.xml`, `ModuleUtil.matchRequiredVersions`): it starts on 1.12 too, without helpers. */
const legacy = { version: '1.20.0' };

export const FHIR = {
  none: { r4: null, stu3: null },
  '1.12': { r4: null, stu3: { ...legacy, hasHelpers: false } },
  '2.1': { r4: null, stu3: { ...legacy, hasHelpers: true } },
  old: { r4: fhir2_1_3, stu3: null },
  new: { r4: fhir2_4_2, stu3: null },
} as const satisfies Record<string, FhirProfile>;

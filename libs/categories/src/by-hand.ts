import type { Platform } from './platform.js';

/**
 * Why a record with which others went cannot be brought back where its site does not bring back what it is asked to (`Platform.undeletes`): an update of its
 * mark is then all there is, which asks no unvoid handler of core (webservices.rest 2.12 to 2.24 DelegatingCrudResource.update; openmrs-core 1.9 to 2.1
 * RequiredDataAdvice, VoidSaveHandler), and sub-resources take no mark (DelegatingSubResource.update). `instead` is what would come of it.
 */
export const byHandBefore2_25 =
  (instead: string) =>
  ({ undeletes }: Platform): string | null =>
    undeletes ? null : `webservices.rest before 2.25 would ${instead} (RESTWS-702): restore it at that server by hand`;

import { ACCOUNTS } from './accounts.js';
import { ADMISSION } from './admission.js';
import { ANSWERING } from './answers.js';
import { API } from './api.js';
import { AUDIT } from './audit.js';
import { BOARD_MUTATIONS } from './board.js';
import { CLINICAL_LISTS } from './clinical-lists.js';
import { CLOSED_CLASSES } from './closed-classes.js';
import { CONFIGURATION } from './configuration.js';
import { DEPARTURES } from './departures.js';
import { ENDING } from './ending.js';
import { ERASING } from './erasing.js';
import { EXCLUSIONS } from './exclusions.js';
import { FAR_CONFLICTS } from './far-conflicts.js';
import { FAR_HEALTH } from './far-health.js';
import { FAR_HELD } from './far-held.js';
import { FHIR_KINDS } from './fhir-kinds.js';
import { FOLLOWED } from './followed.js';
import { HELD } from './held.js';
import { LIST_MUTATIONS } from './lists.js';
import { MANUAL_RUNS } from './manual-runs.js';
import { MERGING } from './merging.js';
import { METADATA_MUTATIONS } from './metadata.js';
import type { Mutation } from './mutation.js';
import { NOTICES } from './notices.js';
import { OVERWRITING } from './overwriting.js';
import { OWN_REST } from './own-rest.js';
import { PAIRING } from './pairing.js';
import { PLUGINS } from './plugins.js';
import { POLICIES } from './policies.js';
import { SAFE } from './safe.js';
import { SEMANTICS } from './semantics.js';
import { SETTING_MUTATIONS } from './settings.js';
import { SILENCE } from './silence.js';
import { SITES } from './sites.js';
import { STOPPED } from './stopped.js';
import { TELLING } from './telling.js';
import { TIES } from './ties.js';
import { WAITING } from './waiting.js';
import { WINDOWS } from './windows.js';
import { WORKBENCH } from './workbench.js';
import { WRITING } from './writing.js';

/** Every mechanism that is taken out, by what it is of. */
export const MUTATIONS: readonly Mutation[] = [
  ...ENDING,
  ...MERGING,
  ...SEMANTICS,
  ...WRITING,
  ...OVERWRITING,
  ...ADMISSION,
  ...WAITING,
  ...SITES,
  ...SILENCE,
  ...SAFE,
  ...CLINICAL_LISTS,
  ...FHIR_KINDS,
  ...OWN_REST,
  ...TELLING,
  ...METADATA_MUTATIONS,
  ...TIES,
  ...EXCLUSIONS,
  ...DEPARTURES,
  ...FOLLOWED,
  ...STOPPED,
  ...MANUAL_RUNS,
  ...NOTICES,
  ...PLUGINS,
  ...POLICIES,
  ...PAIRING,
  ...CONFIGURATION,
  ...LIST_MUTATIONS,
  ...SETTING_MUTATIONS,
  ...BOARD_MUTATIONS,
  ...WINDOWS,
  ...AUDIT,
  ...FAR_CONFLICTS,
  ...FAR_HEALTH,
  ...FAR_HELD,
  ...CLOSED_CLASSES,
  ...ANSWERING,
  ...WORKBENCH,
  ...ACCOUNTS,
  ...API,
  ...ERASING,
  ...HELD,
];

import { patientDeskOn } from '../desk-on.js';
import type { Hub } from '../hub.js';
import type { HubPatientDesk } from '../hub-patient-desk.js';

/** The desk at which people stop a patient, on that hub. */
export const patientDeskOf = (hub: Hub): HubPatientDesk =>
  patientDeskOn(
    hub.parts.database,
    hub.parts.vault,
    () => hub.rules.current,
    (said) => hub.outgoing.send(said),
  );

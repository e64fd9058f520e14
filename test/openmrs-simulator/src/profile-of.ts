import { APPOINTMENTS } from './appointments.js';
import { type FeedFlavour, FLAVOURS } from './feed-flavour.js';
import { FHIR } from './fhir/fhir-profile.js';
import { PROFILES, type Profile } from './profile.js';
import type { SimulatorOptions } from './simulator-options.js';

/** The platform with the feed module of that flavour. */
function withModuleOf(flavour: FeedFlavour, profile: Profile): Profile {
  if (flavour === 'generic') return profile;
  const { atomfeed: _, ...others } = profile.modules;
  const { id, ...module } = FLAVOURS[flavour].module;
  return { ...profile, modules: { ...others, [id]: module } };
}

/** With the FHIR modules of its platform among its modules, or none of them. */
function withFhir(wanted: SimulatorOptions['fhir'], profile: Profile): Profile {
  const fhir = wanted === false ? FHIR.none : profile.fhir;
  const { r4, stu3 } = fhir;
  const modules = {
    ...profile.modules,
    ...(r4 === null ? {} : { fhir2: { name: 'OpenMRS FHIR2 Module', version: r4.version } }),
    ...(stu3 === null ? {} : { fhir: { name: 'FHIR Module', version: stu3.version } }),
  };
  return { ...profile, fhir, modules };
}

/** With the appointments module of its platform among its modules, or none. */
function withAppointments(wanted: SimulatorOptions['appointments'], profile: Profile): Profile {
  const version = wanted === false ? undefined : APPOINTMENTS[profile.id];
  return version === undefined ? profile : { ...profile, modules: { ...profile.modules, appointments: { name: 'Appointments', version } } };
}

/** The platform that was asked for, with the modules that it is to have. */
export const profileOf = ({ profile, flavour = 'generic', fhir, appointments }: SimulatorOptions): Profile =>
  withAppointments(appointments, withFhir(fhir, withModuleOf(flavour, PROFILES[profile])));

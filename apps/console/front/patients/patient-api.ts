import type {
  EraseDeed,
  ErasedCounts,
  FollowDeed,
  PatientDeed,
  PatientErased,
  PatientList,
  PatientResumed,
  PatientStopped,
  UnfollowDeed,
} from '@sync-hub/contracts';
import { api, done, told } from '../api/client.js';

export const PATIENTS = ['patients'];

export const listPatients = (): Promise<PatientList> => told(api.GET('/api/patients'));

export const stopPatient = ({ reason = '', ...deed }: PatientDeed, by: string): Promise<PatientStopped> =>
  told(api.POST('/api/patients/stop', { body: { ...deed, reason, by } }));

export const resumePatient = (deed: PatientDeed, by: string): Promise<PatientResumed> => told(api.POST('/api/patients/resume', { body: { ...deed, by } }));

export const followPatient = (deed: FollowDeed, by: string): Promise<void> => done(api.POST('/api/patients/follow', { body: { ...deed, by } }));

export const unfollowPatient = (deed: UnfollowDeed, by: string): Promise<void> => done(api.POST('/api/patients/unfollow', { body: { ...deed, by } }));

export const keptOf = (patient: string): Promise<ErasedCounts> => told(api.POST('/api/patients/kept', { body: { patient } }));

export const erasePatient = (deed: EraseDeed, by: string): Promise<PatientErased> => told(api.POST('/api/patients/erase', { body: { ...deed, by } }));

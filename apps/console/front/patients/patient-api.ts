import type { FollowDeed, PatientDeed, PatientList, PatientResumed, PatientStopped, UnfollowDeed } from '@sync-hub/contracts';
import { api, told } from '../api/client.js';
import { Refused } from '../api/refused.js';

export const PATIENTS = ['patients'];

export const listPatients = (): Promise<PatientList> => told(api.GET('/api/patients'));

export const stopPatient = (deed: PatientDeed, by: string): Promise<PatientStopped> => told(api.POST('/api/patients/stop', { body: { ...deed, by } }));

export const resumePatient = (deed: PatientDeed, by: string): Promise<PatientResumed> => told(api.POST('/api/patients/resume', { body: { ...deed, by } }));

export const followPatient = async (deed: FollowDeed, by: string): Promise<void> => done(await api.POST('/api/patients/follow', { body: { ...deed, by } }));

export const unfollowPatient = async (deed: UnfollowDeed, by: string): Promise<void> =>
  done(await api.POST('/api/patients/unfollow', { body: { ...deed, by } }));

/** What is answered without a body. */
function done({ response, error }: { readonly response: Response; readonly error?: unknown }): void {
  if (!response.ok) throw new Refused(response.status, typeof error === 'object' && error !== null ? (error as { readonly error?: string }) : {});
}

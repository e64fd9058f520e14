import type { Profile } from './profile.js';

/** What a platform calls the right to read: before 1.11.0 `View Patients`, `View People` and so on (openmrs-core 1.9.13, 1.10.0, 1.11.0, PrivilegeConstants). */
export const privilegeNames = ({ platform }: Pick<Profile, 'platform'>): ((privilege: string) => string) =>
  /^1\.(9|10)\./.test(platform) ? (privilege) => privilege.replace(/^Get (?!Care Settings|Order Frequencies)/, 'View ') : (privilege) => privilege;

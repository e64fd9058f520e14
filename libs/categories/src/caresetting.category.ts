import { metadataCategory } from './metadata-category.js';
import { text } from './scalars.js';

/**
 * Where an order is carried out: inpatient or outpatient. Servers since platform 1.10 come with two of them under the same uuids; more are put into the
 * database, and none can be written by webservices.rest (2.12 to 3.4 CareSettingResource1_10). The ends are compared; a difference is told, and a
 * person's to mend. One whose uuid is unknown is found by its name (getByUniqueId).
 */
export const careSetting = metadataCategory({
  name: 'caresetting',
  title: 'Care setting',
  openmrsClass: 'org.openmrs.CareSetting',
  scalars: { name: text, description: text, careSettingType: text },
  telltale: 'name',
  requires: ['name'],
  unsupported: ({ hasOrderEntry }) =>
    hasOrderEntry
      ? 'no webservices.rest writes care settings (CareSettingResource1_10)'
      : 'platforms before 1.10 have none (webservices.rest CareSettingResource1_10)',
});

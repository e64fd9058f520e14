import { defineCategory } from './define-category.js';
import { locationView } from './fhir/location.r4.js';
import { addressLines } from './person-lists.js';
import { reference, text } from './scalars.js';
import { TYPED_ATTRIBUTES, typedAttributes } from './typed-attributes.js';
import { uuidList } from './uuid-list.js';

const LINES = Array.from({ length: 15 }, (_, index) => `address${index + 1}`);
const OTHER_SCALARS = [
  'name',
  'description',
  'cityVillage',
  'countyDistrict',
  'stateProvince',
  'country',
  'postalCode',
  'latitude',
  'longitude',
  'parentLocation',
];

/**
 * A place. The tree travels parents first: `parentLocation` is a reference to another record. `childLocations` is the other
 * end of it and never sent, because it rewrites the set. A tree has no circles (openmrs-core LocationValidator.validate); an attribute may name any place, the
 * very one that has it too, so that a place may land before what its attributes name. Coordinates are text, as webservices.rest tells them.
 */
export const location = defineCategory({
  name: 'location',
  title: 'Location',
  openmrsClass: 'org.openmrs.Location',
  aggregate: 'location',
  feeds: ['location'],
  flows: 'parent-to-child',
  resource: 'location',
  owners: [{ owner: 'location', at: 'body' }],
  deleted: 'retired',
  toldWhenDeleted: true,
  scalars: { ...Object.fromEntries([...OTHER_SCALARS, ...LINES].map((name) => [name, text])), parentLocation: reference('location', 'location') },
  scalarsOn: (platform) => [...OTHER_SCALARS, ...addressLines(platform)],
  lists: [uuidList('tags', { owner: 'location', of: 'locationtag' }), typedAttributes('location')],
  representation: (platform) =>
    `custom:(uuid,${[...OTHER_SCALARS.filter((name) => name !== 'parentLocation'), ...addressLines(platform)].join(',')},parentLocation:ref,tags:ref,${TYPED_ATTRIBUTES},retired,auditInfo)`,
  telltale: 'name',
  requires: ['name'],
  fhirR4: locationView,
  deferrable: ['attributes'],
});

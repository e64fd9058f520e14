import { Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import type { ListSpec } from './list.js';
import { metadataCategory } from './metadata-category.js';
import { RefShape, uuidOfRef } from './read-shape.js';
import { flag, number, reference, text } from './scalars.js';

/** What it is made of. Compared, so that a form which arrives without them is said to have lost them. */
const formFields: ListSpec = {
  name: 'formFields',
  owner: 'form',
  shape: RefShape,
  read: (item: RefShape) => ({ key: uuidOfRef(item), value: true, references: [] }),
  body: ({ key }) => ({ uuid: key }),
  written: { by: 'item', path: 'formfield' },
  asked: 'formFields:(uuid)',
  sameKey: 'one-item',
  unsupported: () => 'each is made of a field, which is a record of its own that does not travel (webservices.rest FormFieldResource1_8, FieldResource1_8)',
};

const ResourceShape = z.looseObject({ uuid: Uuid.nullish(), name: z.string() });

/** The files that draw it, by name, of which a form has one each (openmrs-core FormServiceImpl.saveFormResource). */
const resources: ListSpec = {
  name: 'resources',
  owner: 'form',
  shape: ResourceShape,
  read: ({ uuid, name }: z.infer<typeof ResourceShape>) => ({ key: name, value: true, uuid: uuid ?? undefined, references: [] }),
  body: ({ key }) => ({ name: key }),
  written: { by: 'item', path: 'resource' },
  asked: 'resources:(uuid,name)',
  sameKey: 'one-item',
  unsupported: () => 'its bytes are no part of the record (webservices.rest FormResourceResource1_9 tells where its own server keeps them)',
};

/**
 * A form on which encounters are recorded, as far as they refer to it: without its fields and files, which a person brings by other means. A version begins
 * with a digit (openmrs-core FormValidator). Nothing is saved while the setting `forms.locked` is on (1.12 and newer, FormServiceImpl.checkIfFormsAreLocked).
 * The module publishes it as it comes (openmrs-module-atomfeed 1.0.13, defaultAtomfeedConfig.json). Keys: webservices.rest 2.12 to 3.4 FormResource1_8, 1_9.
 */
export const form = metadataCategory({
  name: 'form',
  title: 'Form',
  openmrsClass: 'org.openmrs.Form',
  scalars: { name: text, description: text, version: text, build: number, published: flag, encounterType: reference('encountertype', null) },
  lists: [formFields, resources],
  telltale: 'version',
  requires: ['name', 'version'],
  publishedAsItComes: true,
});

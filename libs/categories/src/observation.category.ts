import { byHandBefore2_25 } from './by-hand.js';
import type { Body } from './category-spec.js';
import { defineCategory } from './define-category.js';
import { obsRepresentation } from './obs-fields.js';
import { notCarriedList, type ObsItem, obsList } from './obs-list.js';
import { flattenBody } from './obs-tree.js';
import { reference, type ScalarKind } from './scalars.js';

const SCALARS: Readonly<Record<string, ScalarKind>> = {
  person: reference('person', 'person'),
  encounter: reference('encounter', 'encounter'),
};

const NOTHING_INHERITED = { obsDatetime: null, location: null };

/** The root and its members, as the lists of an encounter have them. */
function unfold(body: Body): Body {
  const { obs, notCarried } = flattenBody(body, 'Observation');
  const items = (all: typeof obs): readonly ObsItem[] => all.map((item) => ({ ...item, inherited: NOTHING_INHERITED }));
  return { ...body, obs: items(obs), obsNotCarried: items(notCarried) };
}

/**
 * An observation that stands in no encounter, with the members of its group. One of an encounter is part of that record, and a
 * member leads to its root; neither is read as a record of this kind.
 */
export const observation = defineCategory({
  name: 'observation',
  title: 'Observation',
  openmrsClass: 'org.openmrs.Obs',
  aggregate: 'obs',
  feeds: ['observation'],
  flows: 'both-ways',
  resource: 'obs',
  owners: [{ owner: 'obs', at: 'body' }],
  deleted: 'voided',
  toldWhenDeleted: false,
  scalars: SCALARS,
  scalarsOn: () => Object.keys(SCALARS),
  hangsOn: { patients: ['person'], listedBy: 'patient' },
  fixed: ['person', 'encounter'],
  lists: [obsList('obs'), notCarriedList('obs')],
  unfold,
  representation: (platform) => `custom:(person:ref,encounter:ref,obsGroup:ref,${obsRepresentation(platform)})`,
  telltale: 'obsDatetime',
  // openmrs-core 1.9 to 1.12 ObsServiceImpl.saveObs; 2.0 and newer keep the uuid, and leave the members.
  cannotRestore: byHandBefore2_25('make another obs of it, or leave the members of a group voided'),
  requires: ['person', 'obs'],
});

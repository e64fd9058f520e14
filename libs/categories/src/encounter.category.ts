import { z } from 'zod';
import { byHandBefore2_25 } from './by-hand.js';
import type { Body } from './category-spec.js';
import { defineCategory } from './define-category.js';
import type { ItemContext, ListSpec } from './list.js';
import { obsRepresentation } from './obs-fields.js';
import { notCarriedList, type ObsItem, obsList } from './obs-list.js';
import { flatten } from './obs-tree.js';
import { misfit, RefShape, uuidOfRef } from './read-shape.js';
import { instant, reference, type ScalarKind } from './scalars.js';

const SCALARS: Readonly<Record<string, ScalarKind>> = {
  patient: reference('patient', 'person'),
  encounterType: reference('encountertype', null),
  encounterDatetime: instant,
  location: reference('location', 'location'),
  visit: reference('visit', 'visit'),
  form: reference('form', null),
};

const ProviderShape = z.looseObject({ voided: z.boolean().nullish(), provider: RefShape, encounterRole: RefShape.nullish() });

/**
 * Who was there, keyed `<provider>|<role>`. One that is added by itself gets a uuid of the server's own
 * (webservices.rest EncounterProviderResource1_9.save, RESTWS-638), and its provider cannot be changed.
 */
const encounterProviders: ListSpec = {
  name: 'encounterProviders',
  owner: 'encounter',
  shape: ProviderShape,
  read: (item: z.infer<typeof ProviderShape> & { readonly uuid?: string }, { canonicalUuid }: ItemContext) => {
    if (item.voided === true) return null;
    const provider = canonicalUuid('provider', uuidOfRef(item.provider));
    const role = item.encounterRole ? canonicalUuid('encounterrole', uuidOfRef(item.encounterRole)) : '';
    return {
      key: `${provider}|${role}`,
      value: true,
      uuid: item.uuid,
      references: [
        { resource: 'provider', uuid: provider, aggregate: null },
        ...(role === '' ? [] : [{ resource: 'encounterrole', uuid: role, aggregate: null }]),
      ],
    };
  },
  body: ({ key }, localUuid) => {
    const [provider = '', encounterRole = ''] = key.split('|');
    return { provider: localUuid('provider', provider), ...(encounterRole === '' ? {} : { encounterRole: localUuid('encounterrole', encounterRole) }) };
  },
  written: { by: 'item', path: 'encounterprovider' },
  names: ['provider', 'encounterrole'],
  between: ', ',
  madeAnew: true,
  sameKey: 'one-item',
};

/** The tree of obs as two flat lists. A body that leaves it out, for want of a privilege, is refused: it would be half an encounter. */
function unfold(body: Body, { canonicalUuid }: ItemContext): Body {
  const trees = body['obs'];
  if (body['voided'] === true) return { ...body, obs: [] };
  if (!Array.isArray(trees)) throw misfit('Encounter', ['obs'], 'missing', 'a list, which takes the privilege Get Observations');
  const location = SCALARS['location']?.normalise(body['location']) ?? null;
  const inherited = {
    obsDatetime: instant.normalise(body['encounterDatetime']),
    location: typeof location === 'string' ? canonicalUuid('location', location) : location,
  };
  const { obs, notCarried } = flatten(trees as readonly Body[], { title: 'Encounter', path: ['obs'] });
  const withInherited = (items: typeof obs): readonly ObsItem[] => items.map((item) => ({ ...item, inherited }));
  return { ...body, obs: withInherited(obs), obsNotCarried: withInherited(notCarried) };
}

/**
 * One contact with a patient, and all that was observed: read as one, created as one nested body, which a server stores in one
 * transaction, so that there is never half an encounter. A void takes its obs along (openmrs-core EncounterServiceImpl.voidEncounter).
 */
export const encounter = defineCategory({
  name: 'encounter',
  title: 'Encounter',
  openmrsClass: 'org.openmrs.Encounter',
  aggregate: 'encounter',
  feeds: ['encounter'],
  flows: 'both-ways',
  resource: 'encounter',
  owners: [{ owner: 'encounter', at: 'body' }],
  deleted: 'voided',
  toldWhenDeleted: false,
  scalars: SCALARS,
  scalarsOn: () => Object.keys(SCALARS),
  hangsOn: { patients: ['patient'], listedBy: 'patient', ties: { to: 'location' } },
  lists: [encounterProviders, obsList('encounter'), notCarriedList('encounter')],
  unfold,
  representation: (platform) =>
    `custom:(uuid,patient:ref,encounterType:ref,encounterDatetime,location:ref,visit:ref,form:ref,` +
    `encounterProviders:(uuid,provider:ref,encounterRole:ref,voided,auditInfo),obs:(${obsRepresentation(platform)}),voided,auditInfo)`,
  telltale: 'encounterDatetime',
  cannotRestore: byHandBefore2_25('leave its obs voided, as if somebody had taken them back'),
  requires: ['patient', 'encounterType', 'encounterDatetime'],
});

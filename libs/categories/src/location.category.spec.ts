import { describe, expect, it } from '@jest/globals';
import { location } from './location.category.js';
import { MODERN_PLATFORM } from './platform.js';

describe('a decoded location', () => {
  const place = { aggregate: 'location' as const, uuid: 'place-1' };
  const body = {
    uuid: 'place-1',
    name: 'Ward 3 ',
    description: '',
    latitude: '-0.0917',
    address6: 'Region',
    parentLocation: { uuid: 'place-0', display: 'Clinic' },
    tags: [{ uuid: 'tag-2' }, { uuid: 'tag-1' }],
    attributes: [
      { uuid: 'a-1', attributeType: { uuid: 'type-1' }, value: 'x', voided: false },
      { uuid: 'a-2', attributeType: { uuid: 'type-1' }, value: 'y', voided: false },
    ],
    retired: false,
  };
  const of = (change: object = {}) => location.decode({ ...body, ...change }, { record: place, client: 'rest', platform: MODERN_PLATFORM });

  it('is in normal form: golden', () => {
    expect(of()).toMatchObject({
      presence: 'present',
      fields: {
        name: 'Ward 3',
        description: null,
        latitude: '-0.0917',
        address6: 'Region',
        parentLocation: 'place-0',
        'tags[tag-1]': true,
        'tags[tag-2]': true,
        'attributes[type-1|x]': true,
        'attributes[type-1|y]': true,
      },
      covers: ['address6', 'attributes', 'description', 'latitude', 'name', 'parentLocation', 'tags'],
      itemUuids: { 'attributes[type-1|x]': 'a-1', 'attributes[type-1|y]': 'a-2' },
    });
    expect(of().references).toContainEqual({ path: 'parentLocation', resource: 'location', uuid: 'place-0', aggregate: 'location' });
  });

  it('tells all its fields when it is retired', () => {
    expect(of({ retired: true })).toMatchObject({ presence: 'voided', fields: of().fields, covers: of().covers });
  });

  it('gets the whole list of tags in the one request that changes its scalars', () => {
    const held = of();
    const writes = {
      fields: new Map<string, string | true | null | undefined>([
        ['name', 'Ward 4'],
        ['parentLocation', null],
        ['tags[tag-1]', undefined],
        ['tags[tag-3]', true],
        ['attributes[type-1|x]', undefined],
      ]),
    };
    expect(location.planSteps(held, held, writes, { platform: MODERN_PLATFORM })).toEqual([
      { method: 'POST', path: 'location/place-1', body: { name: 'Ward 4', parentLocation: null, tags: ['tag-2', 'tag-3'] } },
      { method: 'DELETE', path: 'location/place-1/attribute/a-1?reason=sync-hub' },
    ]);
  });

  it('is created without a uuid where none is taken', () => {
    const step = location.encodeCreate(of(), { platform: { ...MODERN_PLATFORM, takesUuids: false } });
    expect(step.body).not.toHaveProperty('uuid');
    expect(step.body?.['attributes']).toEqual([
      { uuid: 'a-1', attributeType: 'type-1', value: 'x' },
      { uuid: 'a-2', attributeType: 'type-1', value: 'y' },
    ]);
  });
});

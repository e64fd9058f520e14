import { describe, expect, it } from '@jest/globals';
import { mappedAt, mappedOn } from './mappings.js';
import { aConfiguration, aLink } from './testing/index.js';

const PARENTS = 'b5a7c9d0-52c1-4d8e-9f2e-1f6c2f0a9b11';
const CHILDS = '5089AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const withMappings = (mappings: object) => aConfiguration({ links: [aLink('kisumu', { mappings })] });

describe('the mappings of a link', () => {
  it('say by kind what the child calls what the parent has', () => {
    const configuration = withMappings({ concept: { [PARENTS]: CHILDS } });
    const mapped = [{ link: 'central-kisumu', kind: 'concept', parent: PARENTS, child: CHILDS }];
    expect(mappedOn(configuration.links[0]!)).toEqual(mapped);
    expect(mappedAt(configuration, 'kisumu')).toEqual({ parent: 'central', mapped });
    expect(mappedAt(configuration, 'central')).toBeNull();
  });

  it('may have one uuid in two kinds, and take turns with uuids', () => {
    expect(() => withMappings({ concept: { [PARENTS]: CHILDS, [CHILDS]: PARENTS }, form: { [PARENTS]: CHILDS } })).not.toThrow();
  });

  it('are one to one, whatever the case', () => {
    const found = `found a uuid that ${PARENTS} is mapped with too`;
    expect(() => withMappings({ concept: { [PARENTS]: CHILDS, another: CHILDS.toLowerCase() } })).toThrow(`links[0].mappings.concept.another: ${found}`);
    expect(() => withMappings({ concept: { [PARENTS]: CHILDS, [PARENTS.toUpperCase()]: 'another' } })).toThrow(found);
  });

  it('say nothing of what has one uuid at both ends, of no kind that is not metadata, and hold uuids alone', () => {
    expect(() => withMappings({ concept: { [PARENTS]: PARENTS } })).toThrow("found the parent's own uuid");
    expect(() => withMappings({ patient: { [PARENTS]: CHILDS } })).toThrow('links[0].mappings.patient: found an unknown key');
    expect(() => withMappings({ concept: { [PARENTS]: 'two words' } })).toThrow('allowed: an OpenMRS uuid');
    expect(() => withMappings({ concept: { 'two words': CHILDS } })).toThrow("allowed: OpenMRS uuids, the parent's as keys and the child's as values");
  });
});

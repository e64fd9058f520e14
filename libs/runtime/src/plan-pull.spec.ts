import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Aggregate, RecordRef } from '@sync-hub/contracts';
import { MOST_PULLED, planPull } from './plan-pull.js';
import { MemorySite } from './testing/index.js';

const call = { signal: new AbortController().signal };
const ref = (aggregate: Aggregate, uuid: string): RecordRef => ({ aggregate, uuid });

describe('what comes with a piece of metadata that is pulled', () => {
  let parent: MemorySite;
  let child: MemorySite;
  beforeEach(() => {
    parent = new MemorySite('central');
    child = new MemorySite('kisumu');
  });
  /** At the parent it names these, which the child lacks. */
  const has = (record: RecordRef, name: string, ...named: readonly (readonly [string, string])[]): void => {
    child.lacks.add(`${record.aggregate}/${record.uuid}`);
    const references = named.map(([resource, uuid], index) => ({
      path: `of${index}`,
      resource,
      uuid,
      aggregate: resource === 'person' || resource === 'location' ? (resource as Aggregate) : null,
    }));
    parent.edit(record, { name, ...Object.fromEntries(references.map(({ path, uuid }) => [path, uuid])) }, 'present', references);
    for (const [resource, uuid] of named) if (parent.fieldsOf(ref(resource as Aggregate, uuid))['name'] === undefined) child.lacks.add(`${resource}/${uuid}`);
  };
  const plan = async (record: RecordRef) => {
    const { pulls, lacks } = await planPull({ parent, child }, record, call);
    return { pulls: pulls.map((one) => `${one.record.aggregate}/${one.record.uuid} ${one.name}`), lacks: lacks.map(({ named, why }) => `${named} ${why}`) };
  };

  it('is what the child lacks of what it refers to, each after what it refers to itself; nothing is written', async () => {
    has(ref('conceptclass', 'class'), 'Drug');
    has(ref('concept', 'aspirin'), 'Aspirin', ['conceptclass', 'class'], ['conceptdatatype', 'there']);
    child.lacks.delete('conceptdatatype/there');
    has(ref('drug', 'tablet'), 'Aspirin 81', ['concept', 'aspirin']);
    expect(await plan(ref('drug', 'tablet'))).toEqual({ pulls: ['conceptclass/class Drug', 'concept/aspirin Aspirin', 'drug/tablet Aspirin 81'], lacks: [] });
    expect([parent.writes, child.writes]).toEqual([[], []]);
  });

  it('goes through a circle once', async () => {
    has(ref('concept', 'a'), 'A', ['concept', 'b']);
    has(ref('concept', 'b'), 'B', ['concept', 'c'], ['concept', 'a']);
    has(ref('concept', 'c'), 'C', ['concept', 'a'], ['concept', 'c']);
    expect(await plan(ref('concept', 'a'))).toEqual({ pulls: ['concept/c C', 'concept/b B', 'concept/a A'], lacks: [] });
  });

  it('takes a person along by uuid alone, and no patient; it names what is of no kind that travels, and what the parent has not itself', async () => {
    has(ref('person', 'nurse'), 'Asha');
    has(ref('person', 'jane'), 'Jane');
    parent.edit(ref('person', 'nurse'), { isPatient: false });
    has(ref('provider', 'p'), 'P', ['person', 'nurse'], ['person', 'jane'], ['providerrole', 'role'], ['location', 'gone']);
    expect(await plan(ref('provider', 'p'))).toEqual({
      pulls: ['person/nurse null', 'provider/p P'],
      lacks: ['person/jane patient', 'providerrole/role no-kind', 'location/gone not-at-the-parent'],
    });
  });

  it('is no half of a dictionary: it ends at so many pieces, however deep or wide, and says so', async () => {
    const deep = Array.from({ length: 60 }, (_, index) => `d${index}`);
    for (const [index, uuid] of deep.entries())
      has(ref('concept', uuid), uuid, ...(deep[index + 1] === undefined ? [] : [['concept', deep[index + 1]!] as const]));
    const down = await plan(ref('concept', 'd0'));
    expect(down.pulls).toHaveLength(21);
    expect(down.lacks).toEqual(['concept/d21 too-many']);

    const wide = Array.from({ length: MOST_PULLED + 10 }, (_, index) => ['concept', `w${index}`] as const);
    for (const [, uuid] of wide) has(ref('concept', uuid), uuid);
    has(ref('concept', 'root'), 'Root', ...wide);
    const all = await plan(ref('concept', 'root'));
    expect(all.pulls).toHaveLength(MOST_PULLED);
    expect(all.lacks).toHaveLength(11);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Aggregate } from '@sync-hub/contracts';
import { CATEGORIES } from './all-categories.js';
import type { Category } from './define-category.js';
import { kindBehind, metadataNamed } from './metadata-references.js';

/** What every server keeps free of circles by itself (openmrs-core LocationValidator.validate, OrderTypeValidator, UserServiceImpl.saveRole), or makes of what was there before. */
const TREES = new Set([
  ...['location.parentLocation', 'ordertype.parent', 'role.inheritedRoles', 'order.previousOrder'],
  ...['task.focus', 'task.basedOn', 'task.partOf', 'task.input'],
]);

interface Edge {
  readonly from: Aggregate;
  readonly by: string;
  readonly to: Aggregate;
}

/** To records and to metadata alike: a route that carries it waits for it. */
const edgesOf = ({ aggregate, scalars, lists }: Category): Edge[] => [
  ...Object.entries(scalars).flatMap(([by, { refersTo }]) => {
    const to = refersTo === undefined ? null : kindBehind(refersTo);
    return to === null ? [] : [{ from: aggregate, by, to }];
  }),
  ...Object.entries(scalars).flatMap(([by, { pointsTo }]) =>
    (pointsTo?.kinds ?? []).flatMap((kind) => kindBehind(kind) ?? []).map((to) => ({ from: aggregate, by, to })),
  ),
  ...Object.entries(scalars).flatMap(([by, { refersToMany = [] }]) =>
    refersToMany.flatMap((resource) => metadataNamed(resource) ?? []).map((to) => ({ from: aggregate, by, to })),
  ),
  ...lists.flatMap(({ name, refersTo = [], names = [] }) =>
    [...refersTo, ...names.flatMap((resource) => metadataNamed(resource) ?? [])].map((to) => ({ from: aggregate, by: name, to })),
  ),
];

/** Edges that lie on a circle, or lead to one: what is left when all that nothing needs is taken away again and again. */
function circling(edges: readonly Edge[]): readonly Edge[] {
  const left = edges.filter(({ to }) => edges.some(({ from }) => from === to));
  return left.length === edges.length ? left : circling(left);
}

const EDGES = Object.values(CATEGORIES).flatMap((category) => edgesOf(category).map((edge) => ({ ...edge, category })));

describe('the references of all categories', () => {
  it('form no circle, but for trees, once those that may be written later are left out', () => {
    const firm = EDGES.filter(({ by, category }) => category.deferrable?.includes(by) !== true && !TREES.has(`${category.aggregate}.${by}`));
    expect(firm.length).toBeGreaterThan(10);
    expect(circling(firm).map(({ from, by, to }) => `${from}.${by} -> ${to}`)).toEqual([]);
  });

  it('would form one without those', () => {
    const all = EDGES.filter(({ by, category }) => !TREES.has(`${category.aggregate}.${by}`));
    expect([
      ...new Set(
        circling(all)
          .filter(({ from, to }) => from === to)
          .map(({ from, by, to }) => `${from}.${by} -> ${to}`),
      ),
    ]).toEqual(['location.attributes -> location', 'task.output -> task', 'concept.answers -> concept', 'concept.setMembers -> concept']);
  });

  it('are put off only where the record can be created without them', () => {
    for (const { deferrable = [], requires } of Object.values(CATEGORIES)) expect(deferrable.filter((name) => requires.includes(name))).toEqual([]);
  });
});

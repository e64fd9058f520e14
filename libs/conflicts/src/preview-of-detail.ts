import type { ConflictAnswer, ConflictAnswered, ConflictDetail, ConflictField, ConflictPreview, ConflictSide } from '@sync-hub/contracts';
import { type Change, previewOf } from './preview.js';

/**
 * What an answer would write at each end, as far as what was told of the conflict says: the choices, and what the merge does by itself. The instance that runs the link merges anew, with
 * both ends as they are then.
 */
export function previewOfDetail({ conflict, fields }: ConflictDetail, { choices }: Pick<ConflictAnswer, 'choices'>): ConflictPreview {
  const chosen = new Map(choices.map((choice) => [choice.path, choice]));
  const becomes = (field: ConflictField): ConflictSide | null => {
    const choice = chosen.get(field.path);
    if (choice !== undefined) return 'take' in choice ? field[choice.take] : { value: choice.value, label: null, isKnown: true };
    if (field.does === 'to-parent') return field.child;
    return field.does === 'to-child' ? field.parent : null;
  };
  const changesAt = (end: 'parent' | 'child'): readonly Change[] =>
    fields.flatMap((field) => {
      const to = becomes(field);
      return to === null || !field[end].isKnown || to.value === field[end].value ? [] : [{ path: field.path, from: field[end], to }];
    });
  const open = fields.filter(({ path, does }) => does === 'ask' && !chosen.has(path)).map(({ path }) => path);
  return previewOf({ open, parent: changesAt('parent'), child: changesAt('child') }, conflict);
}

/** What of an answer fits no field of the conflict, by path; whether a typed value fits is told by the instance that runs the link. Null where nothing speaks against it. */
export function problemsOfAnswer({ fields }: ConflictDetail, { choices }: ConflictAnswer): Extract<ConflictAnswered, { kind: 'invalid' }> | null {
  const takes = new Map(fields.map((field) => [field.path, field.takes]));
  const seen = new Set<string>();
  const problems = choices.flatMap((choice) => {
    const taken = takes.get(choice.path);
    const isAgain = seen.has(choice.path);
    seen.add(choice.path);
    if (taken === undefined) return [{ path: choice.path, problem: 'is no field of this conflict' }];
    if (isAgain) return [{ path: choice.path, problem: 'is answered twice' }];
    return taken.includes('take' in choice ? choice.take : 'value') ? [] : [{ path: choice.path, problem: 'does not take such an answer' }];
  });
  return problems.length === 0 ? null : { kind: 'invalid', problems };
}

import { type InConflict, isOfList, type Policy, type PolicyAnswer } from '@sync-hub/merge';
import { type FieldInConflict, frozen, type PluginOptions, type Plugins } from './plugins.js';
import type { PolicyChoice } from './policies.schema.js';

const WORDS: readonly unknown[] = ['parent', 'child', 'union', 'ask'];

export interface AskedOf extends Pick<FieldInConflict, 'link' | 'category' | 'records'> {
  readonly choice: Exclude<PolicyChoice, string>;
  readonly plugins: Plugins;
}

/** The policy that asks the plug-in. One that is missing, throws, or answers with anything that it may not is `failed`: the conflict stays a person's. */
export const customPolicy = ({ choice: { name, options }, plugins, ...where }: AskedOf): Policy => ({
  name,
  answer: (asked) => {
    try {
      const plugin = plugins.find('policy', name);
      const { path, field, parent, child, base, seen } = asked;
      const times = { parent: timeOf(seen.parent?.last), child: timeOf(seen.child?.last) };
      const shown = frozen({ ...where, path, field, parent, child, base, seen: times });
      return takenAnswer(plugin?.does.decide(shown, frozen<PluginOptions>(options)), asked);
    } catch {
      return 'failed';
    }
  },
});

const timeOf = (seconds: number | undefined): string | null => (seconds === undefined ? null : new Date(seconds * 1000).toISOString());

/** A promise is no answer either; its rejection is heard. */
function takenAnswer(answer: unknown, { path, parent, child }: InConflict): PolicyAnswer {
  if (answer instanceof Promise) answer.catch(() => undefined);
  if (WORDS.includes(answer)) return answer as PolicyAnswer;
  if (typeof answer !== 'object' || answer === null || !('value' in answer) || isOfList(path)) return 'failed';
  const { value } = answer;
  const types = [parent, child].filter((held) => held !== null && held !== undefined).map((held) => typeof held as string);
  return value === null || types.includes(typeof value) ? { value: value as string | number | boolean | null } : 'failed';
}

import type { Mutation } from './mutation.js';

/** Who is followed is there as long as somebody asked for, and no longer. */
export const FOLLOWED: readonly Mutation[] = [
  {
    name: 'a patient is followed until her time is over, and no longer',
    invariants: [7],
    file: 'libs/persistence/src/repositories/followed.repository.ts',
    text: 'where link = any($1) and patient = $2 and until > now()',
    instead: 'where link = any($1) and patient = $2',
    red: { file: 'test/pipeline/followed.int.spec.ts', test: 'a patient who is followed on a link is not written any more' },
  },
  {
    name: 'a patient whose time is over is looked at once more',
    invariants: [7],
    file: 'apps/fetcher/src/end-following.service.ts',
    text: 'for (const link of linksRunAt(this.hub.rules.current)) await this.endOn(link);',
    instead: 'for (const link of linksRunAt(this.hub.rules.current).slice(0, 0)) await this.endOn(link);',
    red: { file: 'test/pipeline/followed.int.spec.ts', test: 'a patient who is followed on a link is a member there' },
  },
];

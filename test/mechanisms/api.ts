import type { Mutation } from './mutation.js';

const API_SPEC = 'apps/console/src/api/open-api.int.spec.ts';

/** What the console says of its own paths, and how much of what is sent it reads. */
export const API: readonly Mutation[] = [
  {
    name: 'a path of the console that tells something is described',
    invariants: [13],
    file: 'apps/console/src/feeds/feed.controller.ts',
    text: "  @Tells({ does: 'how far each feed has been read, by site and category', answer: FeedsAnswer })\n",
    instead: '',
    red: { file: API_SPEC, test: 'what the console says of its own paths is all there' },
  },
  {
    name: 'a page asks the console by its description alone',
    invariants: [13],
    file: 'apps/console/front/runs/run-api.ts',
    text: "(await told(api.GET('/api/feeds'))).feeds",
    instead: "(await (await fetch('/api/feeds')).json()).feeds",
    red: { file: 'apps/console/front/may.spec.ts', test: 'whoever has something done at the console asks the console by the client' },
  },
  {
    name: 'before anybody knows who asks, little is read',
    invariants: [13],
    file: 'apps/console/src/body.interceptor.ts',
    text: "need?.permission === 'anybody' ? LARGEST_OF_ANYBODY_BYTES : LARGEST_BODY_BYTES",
    instead: "need?.permission === 'anybody' ? LARGEST_BODY_BYTES : LARGEST_BODY_BYTES",
    red: { file: 'apps/console/src/body.int.spec.ts', test: 'what is sent to the console is no more than the path takes' },
  },
];

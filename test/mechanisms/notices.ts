import type { Mutation } from './mutation.js';

/** What people are told of without asking, and what anybody may see. */
export const NOTICES: readonly Mutation[] = [
  {
    name: 'what people were told of and is not over is told to them no second time',
    invariants: [2],
    file: 'libs/runtime/src/notices/plan-notices.ts',
    text: 'began: now.filter((one) => !isOpen(one)),',
    instead: 'began: now,',
    red: { file: 'libs/runtime/src/notices/plan-notices.spec.ts', test: 'what a look changes of what people are told tells once' },
  },
  {
    name: 'anybody sees how a site does only where the configuration names it',
    invariants: [13],
    file: 'libs/runtime/src/own/hub-widget-desk.ts',
    text: 'widget?.sites.includes(site) !== true',
    instead: 'widget?.sites.includes(site) === null',
    red: { file: 'libs/runtime/src/own/hub-own-desk.int.spec.ts', test: 'what of a site has not arrived is told to anybody in counts alone' },
  },
  {
    name: 'what anybody may see stands in those frames that are named, and in no other',
    invariants: [13],
    file: 'apps/console/src/widget/widget.controller.ts',
    text: `framedBy.join(' ') || "'none'"`,
    instead: `framedBy.join(' ') || '*'`,
    red: { file: 'apps/console/src/widget/widget.spec.ts', test: 'what anybody may see of a site is shown in no frame' },
  },
  {
    name: 'people are told of an instance that reports here and is heard of no more',
    invariants: [1],
    file: 'libs/runtime/src/far-held/unheard-in.ts',
    text: 'known !== undefined && isUnheard(',
    instead: 'known !== undefined && at.getTime() < 0 && isUnheard(',
    red: { file: 'apps/conflict-service/src/notices/tell-people.int.spec.ts', test: 'what needs people is told to them of an instance that reports here' },
  },
];

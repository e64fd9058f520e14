import type { Mutation } from './mutation.js';

const OVERWRITTEN_SPEC = 'test/pipeline/overwritten.int.spec.ts';
const WINDOW = 'apps/pusher/src/write-window.ts';
const WINDOW_SPEC = 'apps/pusher/src/write-window.spec.ts';

/** What a write of ours overwrote before anybody saw it is told of, and nothing that was not. */
export const OVERWRITING: readonly Mutation[] = [
  {
    name: 'what a site tells beside our write is counted',
    invariants: [4],
    file: 'apps/feed-watcher/src/watch-feed.service.ts',
    text: 'if (told.length > 0) await this.hub.repositories.overwritten.told(tx, site, told);',
    instead: '',
    red: { file: OVERWRITTEN_SPEC, test: 'an edit of the very field that is written, between our read and our write is told of by' },
  },
  {
    name: 'what our write overwrote is raised where all is as agreed',
    invariants: [4],
    file: 'apps/fetcher/src/record-look.ts',
    text: 'if (overwriting !== null) await this.own.overwritten.raise(tx, look, overwriting);',
    instead: '',
    red: { file: OVERWRITTEN_SPEC, test: 'an edit of the very field that is written, between our read and our write is told of by' },
  },
  {
    name: 'what was overwritten is told of until a person has looked into it',
    invariants: [4],
    file: 'libs/persistence/src/repositories/close-conflicts.ts',
    text: 'closed_at = case when overwritten is null then now() end',
    instead: 'closed_at = now()',
    red: { file: OVERWRITTEN_SPEC, test: 'an edit of the very field that is written, between our read and our write is told of once' },
  },
  {
    name: 'what is seen to have changed is not taken for overwritten',
    invariants: [4],
    file: 'apps/fetcher/src/record-look.ts',
    text: 'if (isChanged(links)) this.own.overwritten.explain(tx, look);',
    instead: '',
    red: { file: OVERWRITTEN_SPEC, test: 'an edit of the very field that is written, between our read and our write is told of once' },
  },
  {
    name: 'a change that is read back explains its entry',
    invariants: [4],
    everyRun: true,
    file: WINDOW,
    text: 'if (othersChanged({ before, after, sent })) return undefined;',
    instead: '',
    red: { file: WINDOW_SPEC, test: 'the time in which an edit beside ours is seen only by its entry is none where what else was changed is seen' },
  },
  {
    name: 'a change of the second of the reading may have been read',
    invariants: [4],
    file: WINDOW,
    text: 'writes.length + (isOfSecond(before, readAt) ? 1 : 0)',
    instead: 'writes.length',
    red: { file: WINDOW_SPEC, test: 'the time in which an edit beside ours is seen only by its entry allows for the change that was read' },
  },
  {
    name: 'a write goes before the reads that wait for their turn',
    invariants: [4],
    file: 'libs/openmrs/src/in-flight.ts',
    text: 'write: 1',
    instead: 'write: 0',
    red: { file: 'libs/openmrs/src/site-http.client.spec.ts', test: 'a request goes before all reads that wait, where it is a write' },
  },
  {
    name: 'what a site tells of a name beside our write is counted, too',
    invariants: [4],
    file: 'libs/openmrs/src/events/read-atomfeed.ts',
    text: 'return part === null ? {} : { changedAt: at, part };',
    instead: 'return {};',
    red: { file: OVERWRITTEN_SPEC, test: 'an edit of the very field that is written, between our read and our write is told of where it is of a name' },
  },
  {
    name: 'what somebody types after our void is no copy of what we voided',
    invariants: [4],
    file: 'libs/openmrs/src/rest/settle-obs.ts',
    text: "return body?.['voided'] === true && typeof reason === 'string' && reason !== OBS_VOID_REASON;",
    instead: "return body?.['voided'] === true;",
    red: { file: 'test/contract/rest-client-beside.spec.ts', test: 'beside a write to a site of platform 2.8' },
  },
  {
    name: 'what a server wrote anew of an obs that goes goes too',
    invariants: [4, 5],
    file: 'libs/openmrs/src/rest/settle-obs.ts',
    text: 'for (const [local, old] of likeGone) {',
    instead: 'for (const [local, old] of new Map<string, string>()) {',
    red: { file: 'test/contract/rest-client-beside.spec.ts', test: 'beside a write to a site of platform 2.8 what a server wrote anew' },
  },
];

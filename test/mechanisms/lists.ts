import type { Mutation } from './mutation.js';

const LISTS = 'test/pipeline/lists.int.spec.ts';

/** Lists of patients, of whom a link sees those that its child holds; accounts, which are only changed. */
export const LIST_MUTATIONS: readonly Mutation[] = [
  {
    name: 'of a list of patients a link sees those alone whom its child holds',
    invariants: [7],
    file: 'libs/runtime/src/knowledge.ts',
    text: 'held.get(link)?.has(patient) === true',
    instead: "patient !== ''",
    red: { file: LISTS, test: 'a list of patients waits for nobody whom a clinic does not hold' },
  },
  {
    name: 'lists are looked at again when others are held',
    invariants: [6],
    file: 'apps/fetcher/src/look-at-lists.service.ts',
    text: 'if (this.looked.get(link.id) === held) continue;',
    instead: 'if (this.looked.has(link.id)) continue;',
    red: { file: LISTS, test: 'a list of patients waits for nobody whom a clinic does not hold' },
  },
  {
    name: 'a list is as agreed where it is so of those whom the link sees',
    invariants: [8],
    file: 'apps/fetcher/src/settle-look.ts',
    text: 'asSeen(link.seen ?? read, deletedEntry)',
    instead: 'asSeen(read, deletedEntry)',
    red: { file: LISTS, test: 'a list of patients is in step, and not read into jobs for ever' },
  },
  {
    name: 'a list that holds others is not voided by who has not seen them',
    invariants: [4],
    file: 'apps/pusher/src/target-writer.ts',
    text: '!(isVoid && round.hidesSome)',
    instead: '!(isVoid && round.known.isStale)',
    red: { file: LISTS, test: 'a list of patients is not voided by a clinic that has not seen all whom it holds' },
  },
  {
    name: 'what no create takes is written once the record is there',
    invariants: [5],
    file: 'libs/openmrs/src/rest/write-record.ts',
    text: "held.presence === 'absent' ? writtenAfterCreate(after.category) : new Set()",
    instead: "held.presence === 'gone' ? writtenAfterCreate(after.category) : new Set()",
    red: { file: 'test/contract/rest-client-cohort-records.spec.ts', test: 'a cohort at a site of platform 1.9 is made without anybody' },
  },
  {
    name: 'of an account that is not there nothing travels',
    invariants: [1],
    file: 'apps/pusher/src/round-decider.ts',
    text: "updatesOnly === true && held.presence === 'absent'",
    instead: "updatesOnly === true && held.presence === 'gone'",
    red: { file: 'test/pipeline/users.int.spec.ts', test: 'an account is changed where it is, made nowhere' },
  },
  {
    name: 'the accounts of a server, and ours, are told to nobody',
    invariants: [7],
    file: 'libs/openmrs/src/rest/read-record.ts',
    text: 'category.keptToItself?.is(body, site.login) === true',
    instead: "category.keptToItself?.is(body, site.login) === (site.login === '')",
    red: {
      file: 'test/contract/rest-client-users.spec.ts',
      test: 'an account at a site of platform 2.8 is not there, for us, if it is one by which we log in',
    },
  },
];

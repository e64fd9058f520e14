import type { Mutation } from './mutation.js';

const PIPELINE_SPEC = 'test/pipeline/far-health.int.spec.ts';
const FRONT = 'apps/console/front/board/instance-told.ts';
const FRONT_SPEC = 'apps/console/front/board/instance-told.spec.ts';
const BOARD_SPEC = 'libs/runtime/src/far-health/instances-on-board.spec.ts';
const RECEIVED = 'libs/persistence/src/repositories/received-work.repository.ts';
const RECEIVED_TEST = { file: 'libs/persistence/src/repositories/received-work.int.spec.ts', test: 'the work of other instances has how an instance does' };

/** How other instances do, as it is told and shown here. */
export const FAR_HEALTH: readonly Mutation[] = [
  {
    name: 'nothing of an instance that is not heard of is shown as fresh',
    invariants: [10],
    file: FRONT,
    text: 'if (isMissed(instance) || healthHeardAt === null) return true;',
    instead: 'if (healthHeardAt === null) return false;',
    red: { file: FRONT_SPEC, test: 'another instance on the board is never green where it is not heard of' },
  },
  {
    name: 'what an instance said longer ago than a route may be old is not shown as fresh, though it may be silent',
    invariants: [10],
    file: FRONT,
    text: 'return now.getTime() - Date.parse(healthHeardAt) > Math.max(withinSeconds, TOLD_AGAIN_SECONDS) * 1000;',
    instead: 'return false;',
    red: { file: FRONT_SPEC, test: 'another instance on the board is shown as it was once what it said is older' },
  },
  {
    name: 'an instance that is heard of and tells of its links no more is not taken for well',
    invariants: [10],
    file: 'libs/runtime/src/far-health/instances-on-board.ts',
    text: 'isOutdated: isOld(found?.heardAt) || isOld(found?.healthHeardAt),',
    instead: 'isOutdated: isOld(found?.heardAt),',
    red: { file: BOARD_SPEC, test: 'the instances on the board are heard of, and what one told is past' },
  },
  {
    name: 'how an instance does is not taken from a report that was late on its way',
    invariants: [10],
    file: RECEIVED,
    text: 'where origin = $1 and run = $2 and number = $3 returning held_digest',
    instead: 'where origin = $1 and run = $2 and number >= $3 returning held_digest',
    red: RECEIVED_TEST,
  },
  {
    name: 'a report that comes a second time makes nothing newer that it said',
    invariants: [10],
    file: RECEIVED,
    text: 'health_heard_at = case when $7::jsonb is null then health_heard_at else heard_at end',
    instead: 'health_heard_at = now()',
    red: RECEIVED_TEST,
  },
  {
    name: 'an instance that cannot read how it does tells all else',
    invariants: [10],
    file: 'libs/runtime/src/far-health/health-telling.ts',
    text: 'if (!this.isFailing) this.parts.unreadable(error);',
    instead: 'throw error;',
    red: { file: PIPELINE_SPEC, test: 'how a clinic that reports to a hub does is past where it cannot be read' },
  },
  {
    name: 'what another version tells otherwise than it can be read here spoils no report',
    invariants: [10],
    file: 'libs/contracts/src/work-report.ts',
    text: 'health: ToldHealth.nullish().catch(null),',
    instead: 'health: ToldHealth.nullish(),',
    red: { file: PIPELINE_SPEC, test: 'how a clinic that reports to a hub does is not known of a clinic of before' },
  },
];

import type { BoardInstance } from '@sync-hub/contracts';

type Told = Pick<BoardInstance, 'health' | 'isUnheard' | 'isOutdated' | 'healthAsOf' | 'healthHeardAt'>;

/** What was said longer ago is news no more, though an instance may be silent for longer. */
const NEWS_SECONDS = 15 * 60;
/** An instance that is well tells how it does each minute. */
const TOLD_AGAIN_SECONDS = 120;

/** Nobody knows how it does now, and it should have been said. */
export const isMissed = ({ isUnheard, isOutdated }: Pick<BoardInstance, 'isUnheard' | 'isOutdated'>): boolean => isUnheard || isOutdated;

/** What is told is shown as it was when it was heard, and never as if it were so now: nothing was heard since, or not within so many seconds. */
export function isPast(instance: Pick<BoardInstance, 'isUnheard' | 'isOutdated' | 'healthHeardAt'>, now: Date, withinSeconds = NEWS_SECONDS): boolean {
  const { healthHeardAt } = instance;
  if (isMissed(instance) || healthHeardAt === null) return true;
  return now.getTime() - Date.parse(healthHeardAt) > Math.max(withinSeconds, TOLD_AGAIN_SECONDS) * 1000;
}

/** By how much the clock of an instance was ahead of the one here, when it told. */
export const clockAheadMs = ({ healthAsOf, healthHeardAt }: Pick<Told, 'healthAsOf' | 'healthHeardAt'>): number =>
  healthAsOf === null || healthHeardAt === null ? 0 : Date.parse(healthAsOf) - Date.parse(healthHeardAt);

/** What time it is there, while it is that here: what it told of is so long ago by its own clock. */
export const timeThere = (instance: Pick<Told, 'healthAsOf' | 'healthHeardAt'>, now: Date): Date => new Date(now.getTime() + clockAheadMs(instance));

/** Is somebody to look at it? Not where all is well, or goes on by itself as it is meant to. */
export function needsLook(instance: Told): boolean {
  const { health } = instance;
  if (health === null || isMissed(instance)) return true;
  const isAway = health.sites.some(({ state, rests }) => state !== 'up' && rests === null);
  const isStopped = health.links.some(({ braked, routes }) => braked !== null || routes.some(({ pause }) => pause !== null));
  const isLate = health.links.some(({ routes }) => routes.some(({ freshness, standing }) => freshness.state !== 'fresh' && !isQuiet(standing)));
  return isAway || isStopped || isLate || health.heldTotal > 0;
}

const isQuiet = (standing: string): boolean => standing === 'rests' || standing === 'observe';

/** Those that somebody is to look at first, each kind as the configuration has them. */
export const inOrder = <Each extends Told>(instances: readonly Each[]): readonly Each[] => [
  ...instances.filter(needsLook),
  ...instances.filter((one) => !needsLook(one)),
];

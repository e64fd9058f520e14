import type { BoardInstance } from '@sync-hub/contracts';

type Told = Pick<BoardInstance, 'health' | 'isUnheard' | 'isOutdated' | 'healthAsOf' | 'healthHeardAt'>;

/** Nobody knows how it does now: it is shown as it was when it was heard. */
export const isPast = ({ isUnheard, isOutdated }: Pick<BoardInstance, 'isUnheard' | 'isOutdated'>): boolean => isUnheard || isOutdated;

/** By how much the clock of an instance was ahead of the one here, when it told. */
export const clockAheadMs = ({ healthAsOf, healthHeardAt }: Pick<Told, 'healthAsOf' | 'healthHeardAt'>): number =>
  healthAsOf === null || healthHeardAt === null ? 0 : Date.parse(healthAsOf) - Date.parse(healthHeardAt);

/** What time it is there, while it is that here: what it told of is so long ago by its own clock. */
export const timeThere = (instance: Pick<Told, 'healthAsOf' | 'healthHeardAt'>, now: Date): Date => new Date(now.getTime() + clockAheadMs(instance));

/** Is somebody to look at it? Not where all is well, or goes on by itself as it is meant to. */
export function needsLook(instance: Told): boolean {
  const { health } = instance;
  if (health === null || isPast(instance)) return true;
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

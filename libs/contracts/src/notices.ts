import type { Direction, LinkId, SiteId } from './ids.js';

/**
 * What people are told of. `late`: a route is past its freshness target; `down`: a site cannot be reached for long; `locked-out`, `quarantined`: of a site; `braked`: a link is paused by its brake; `held`, `conflict`:
 * something has waited for people for long; `unheard`: an instance that reports here was not heard of, and `site` is its id.
 */
export const SITUATION_KINDS = ['late', 'down', 'locked-out', 'quarantined', 'braked', 'held', 'conflict', 'unheard'] as const;
export type SituationKind = (typeof SITUATION_KINDS)[number];

/** Something that needs people, however many records it is about. Ids, counts and times. */
export interface Situation {
  /** The same as long as it is the same: `down/kisumu`. */
  readonly key: string;
  readonly kind: SituationKind;
  readonly site: SiteId | null;
  readonly link: LinkId | null;
  readonly direction: Direction | null;
  readonly since: Date;
  /** Of what is held or in conflict; 0 where nothing is counted. */
  readonly count: number;
}

/** What a message to people says: that something began, that it is over, or that messages arrive. */
export type NoticeWhat = 'began' | 'cleared' | 'test';

/** A message to people on its way by one channel. */
export interface Notice {
  readonly id: string;
  readonly channel: string;
  readonly what: NoticeWhat;
  /** Of one occurrence all messages have the same. */
  readonly occurrence: string;
  readonly situation: Situation | null;
  readonly attempts: number;
  readonly madeAt: Date;
  /** When it was over, of `cleared`. */
  readonly clearedAt: Date | null;
}

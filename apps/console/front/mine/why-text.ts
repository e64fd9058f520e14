import type { HeldWhy, OwnGroup } from '@sync-hub/contracts';
import { causeText, type Names } from '../parked/sentences.js';
import type { ParkedWords } from '../parked/words/index.js';
import type { OwnWords } from './words/index.js';

interface InWords {
  readonly words: OwnWords;
  readonly parked: ParkedWords;
  readonly names: Names;
  readonly moment: (at: string) => string;
}

type Told = Pick<OwnGroup, 'because' | 'why' | 'names' | 'site' | 'code' | 'count' | 'pause' | 'away'>;

/** A sentence that says how many have not arrived, and why. */
export function whyText(group: Told, { words, parked, names, moment }: InWords): string {
  const { because, count, site, pause, away } = group;
  switch (because) {
    case 'held':
    case 'waiting':
      return causeText(parked, { ...group, why: group.why as HeldWhy }, names);
    case 'conflict':
      return words.inConflict(count, site);
    case 'paused':
      return words.paused(count, words.pauses[pause?.why ?? 'observe'], pause?.until == null ? null : moment(pause.until));
    case 'away':
      return away === null ? words.moving(count, site) : words.away[away.state](count, away.site, moment(away.since));
    case 'moving':
      return words.moving(count, site);
    case 'unread':
      return words.unread(count, site);
  }
}

/** What a person does about it; of what goes on by itself, that it does. */
export function helpText({ because, helps, pause, away }: Pick<OwnGroup, 'because' | 'helps' | 'pause' | 'away'>, { words, parked }: InWords): string {
  if (helps === 'answer') return words.answerIt;
  if (because === 'paused' && pause !== null && pause.until === null) return words.pauseHelps;
  if (because === 'away' && away !== null && away.state !== 'down') return words.awayHelps;
  return helps === null ? words.byItself : parked.helpsWith[helps];
}

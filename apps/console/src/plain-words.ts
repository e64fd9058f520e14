import type { SiteId } from '@sync-hub/contracts';

/** Keeps a number and its unit on one line. */
const NBSP = '\u00a0';

/** `40 s`, `3 min`, `2 h 5 min`, `4 days`: as exact as somebody needs who decides whether to worry. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole}${NBSP}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}${NBSP}min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours}${NBSP}h` : `${hours}${NBSP}h${NBSP}${minutes % 60}${NBSP}min`;
  return `${Math.floor(hours / 24)}${NBSP}days`;
}

/** Below ten seconds with a tenth, because a job takes less than one. */
export const tookText = (seconds: number): string => (seconds < 10 ? `${Math.max(0, seconds).toFixed(1)}${NBSP}s` : durationText(seconds));

/** `1 job`, `12 jobs`, `1,318 jobs`. */
export const countText = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en-GB')}${NBSP}${count === 1 ? one : many}`;

/** `a, b and c`. */
export const listText = (items: readonly string[]): string => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`);

/** How the page tells times and sites: against one moment, in one zone, by the names the configuration gives. */
export class Words {
  constructor(
    readonly now: Date,
    private readonly timeZone: string,
    private readonly titles: ReadonlyMap<SiteId, string>,
  ) {}

  siteName(site: SiteId): string {
    return this.titles.get(site) ?? site;
  }

  /** `10:42`, or `22 Nov 10:42` on another day. */
  clock(at: Date): string {
    const time = this.format(at, { hour: '2-digit', minute: '2-digit' });
    const day = (date: Date): string => this.format(date, { year: 'numeric', month: '2-digit', day: '2-digit' });
    return day(at) === day(this.now) ? time : `${this.format(at, { day: 'numeric', month: 'short' })} ${time}`;
  }

  /** `10:42:07 (Africa/Nairobi)`. */
  moment(at: Date): string {
    return `${this.format(at, { hour: '2-digit', minute: '2-digit', second: '2-digit' })} (${this.timeZone})`;
  }

  secondsSince(at: Date): number {
    return (this.now.getTime() - at.getTime()) / 1000;
  }

  /** `3 min ago`. */
  ago(at: Date): string {
    return `${durationText(this.secondsSince(at))}${NBSP}ago`;
  }

  /** `since 10:42 (3 min)`. */
  since(at: Date): string {
    return `since ${this.clock(at)} (${durationText(this.secondsSince(at))})`;
  }

  private format(at: Date, parts: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: this.timeZone, hourCycle: 'h23' }).format(at);
  }
}

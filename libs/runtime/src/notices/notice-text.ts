import { type Configuration, type MessagesConfiguration, routeOf } from '@sync-hub/configuration';
import type { Notice, Situation, SituationKind } from '@sync-hub/contracts';
import { NOTICE_WORDS, type NoticeWords } from './words/index.js';

/** A message to people in words. It names sites, links, counts and times, and nothing of any record. */
export interface NoticeText {
  readonly subject: string;
  readonly lines: readonly string[];
}

/** The day before the month, and hours up to 24, in each. */
const LOCALES = { en: 'en-GB', fr: 'fr', es: 'es' } as const;

type Told = Pick<Notice, 'what' | 'situation' | 'clearedAt'>;

export function noticeText(
  notice: Told,
  configuration: Pick<Configuration, 'instance' | 'sites' | 'links'>,
  language: MessagesConfiguration['language'],
): NoticeText {
  const words = NOTICE_WORDS[language];
  const moment = (at: Date): string =>
    `${new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`;
  const { what, situation, clearedAt } = notice;
  const from = words.instance(configuration.instance.id);
  const headed = (text: string): string => `[Sync Hub ${configuration.instance.id}] ${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  if (what === 'test' || situation === null) return { subject: headed(words.test), lines: [from] };
  const where = whereOf(situation, configuration, words);
  const page = configuration.instance.console?.url;
  const pages = page === undefined ? [] : [`${page}${PAGES[situation.kind]}`];
  if (what === 'cleared')
    return {
      subject: headed(words.cleared[situation.kind](where)),
      lines: [words.over(moment(situation.since), moment(clearedAt ?? situation.since)), ...pages, from],
    };
  return {
    subject: headed(words.began[situation.kind](where, situation.count)),
    lines: [words.since(moment(situation.since)), words.helps[situation.kind], words.once, ...pages, from],
  };
}

/** Where it is seen to in the console. */
const PAGES: Readonly<Record<SituationKind, string>> = {
  late: '/board',
  down: '/board',
  'locked-out': '/board',
  quarantined: '/board',
  braked: '/board',
  held: '/parked',
  unheard: '/parked',
  conflict: '/conflicts',
};

function whereOf({ site, link, direction }: Situation, { sites, links }: Pick<Configuration, 'sites' | 'links'>, words: NoticeWords): string {
  const titleOf = (id: string): string => sites.find((one) => one.id === id)?.title ?? id;
  if (site !== null) return titleOf(site);
  const found = links.find(({ id }) => id === link);
  if (found === undefined) return words.link(link ?? '');
  if (direction === null) return words.link(found.id);
  const { source, target } = routeOf(found, direction);
  return `${words.link(found.id)} (${words.route(titleOf(source), titleOf(target))})`;
}

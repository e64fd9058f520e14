import type { Simulator } from '@sync-hub/openmrs-simulator';
import type { Fault } from './account.js';
import { answerAll, type Shown } from './answering.js';
import { asKnown } from './as-known.js';
import { contentsOf } from './content.js';
import type { HubDatabase, KeptAnswer } from './hub-database.js';
import type { Edit } from './ledger.js';
import { lostAnswers } from './lost-answers.js';
import { Random } from './random.js';

/** What is asked of the hub's books. */
type Books = Pick<HubDatabase, 'desk' | 'conflicts' | 'answers' | 'aliases' | 'standingDecisions' | 'written' | 'now'>;

/** Those who answer what is asked, at the desk of the command line, and what they were shown. */
export class Answers {
  readonly shown: Shown[] = [];
  readonly #random: Random;
  /** When each round began since nobody does anything but answer. */
  #quiet: readonly Date[] = [];

  constructor(
    private readonly hub: Books,
    seed: string,
    /** One in so many is left as it is: in long runs alone. */
    private readonly leaves = process.env['SYNC_HUB_CHAOS'] === undefined ? 0 : 6,
  ) {
    this.#random = new Random(`${seed}/answers`);
  }

  /** All that is asked now is answered; `meanwhile`, people go on working. */
  async round(meanwhile?: () => void): Promise<void> {
    const since = await this.hub.now();
    this.shown.push(...(await answerAll(this.hub.desk, { random: this.#random, leaves: this.leaves, ...(meanwhile === undefined ? {} : { meanwhile }) })));
    this.#quiet = meanwhile === undefined ? [...this.#quiet, since] : [];
  }

  /** What is not as it must be once all has been answered and nothing moves: what is still asked, and answers that were not carried out, were lost, or came twice. */
  async faults(world: { readonly sites: readonly Simulator[]; readonly edits: readonly Edit[] }): Promise<readonly Fault[]> {
    const [open, answers] = [await this.hub.conflicts(), await this.hub.answers()];
    const asked = open.map(({ record, link, reason, fields }) => {
      const tried = this.shown.filter((one) => one.record === record && one.link === link).map(({ how }) => how);
      return `${record}: somebody is still asked about it on ${link} (${reason}, ${fields.join(', ')}; ${tried.join(', ')})`;
    });
    const given = new Set(this.shown.flatMap(({ answerId }) => (answerId === null ? [] : [answerId])));
    const lost = [...given].filter((id) => !answers.some((answer) => answer.id === id)).map((id) => `answer ${id} is not kept`);
    const pending = answers.filter(({ endedAs }) => endedAs === null).map(({ record, link }) => `${record}: an answer on ${link} was never carried out`);
    const invalid = this.shown.filter(({ how }) => how === 'invalid').map(({ record, link }) => `${record}: what can be answered on ${link} is refused`);
    const standing = (await this.hub.standingDecisions()).map(({ record, link }) => `${record}: what was decided on ${link} stands, and nothing is asked`);
    return [...asked, ...lost, ...pending, ...invalid, ...standing, ...(await this.#lost(answers, world)), ...(await this.#writtenTwice())];
  }

  async #lost(answers: readonly KeptAnswer[], { sites, edits }: Parameters<Answers['faults']>[0]): Promise<readonly Fault[]> {
    const knownAt = await this.hub.aliases();
    const contents = sites.map((site) => contentsOf(site.state(), knownAt(site.id)));
    return lostAnswers({ shown: this.shown, answers, edits: edits.map((edit) => asKnown(edit, knownAt(edit.site))), contents });
  }

  /** Where nobody worked, the same is never written twice to a site. */
  async #writtenTwice(): Promise<readonly Fault[]> {
    const [first] = this.#quiet;
    if (first === undefined) return [];
    const roundOf = (at: Date): number => this.#quiet.findLastIndex((since) => since <= at);
    const written = (await this.hub.written(first)).map(({ at, site, record, line }) => ({
      record,
      word: `${roundOf(at)} ${site} ${record} ${line}`,
      site,
      line,
    }));
    const twice = written.filter(({ word }, index) => written.findIndex((one) => one.word === word) !== index);
    return twice.map(({ record, site, line }) => `${record}: an answer was written to ${site} more than once (${line})`);
  }

  /** In a few words. */
  summary(): string {
    const counts = new Map<string, number>();
    for (const { how } of this.shown) counts.set(how, (counts.get(how) ?? 0) + 1);
    return [...counts].map(([how, times]) => `${times} ${how}`).join(', ');
  }
}

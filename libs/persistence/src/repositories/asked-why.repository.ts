import type { HeldWhyNow } from '@sync-hub/contracts';
import { type Database, newId } from '../database.js';

/** A question that a process has taken. */
export interface AskedWhy {
  readonly id: string;
  readonly heldId: string;
}

/** What became of a question: nobody has taken it yet, somebody is at it, or this is the answer. */
export type WhyAnswered = { readonly state: 'untaken' | 'taken' } | { readonly state: 'answered'; readonly answer: HeldWhyNow };

/** Longer than a dry run of one may take; another process takes it after that. */
const TAKEN_SECONDS = 75;
/** A question that a process died over so often is not taken again. */
const MOST_TIMES = 2;
/** Nobody waits for it any more. */
const ASKED_WITHIN_SECONDS = 150;

/** Questions of consoles that have no logins, answered by who has them. Asked and withdrawn by the console, taken and answered by the pusher. */
export class AskedWhyRepository {
  constructor(private readonly database: Database) {}

  async ask(heldId: string): Promise<string> {
    const id = newId();
    await this.database.write(`insert into asked_why (id, held_id) values ($1, $2)`, [id, heldId]);
    return id;
  }

  /** Of one that was withdrawn, or is forgotten: nobody has taken it. */
  async answerTo(id: string): Promise<WhyAnswered> {
    const [row] = await this.database.query<{ answer: HeldWhyNow | null; times: number }>(`select answer, times from asked_why where id = $1`, [id]);
    if (row === undefined || (row.answer === null && row.times === 0)) return { state: 'untaken' };
    return row.answer === null ? { state: 'taken' } : { state: 'answered', answer: row.answer };
  }

  /** Nobody waits for it any more. */
  async withdraw(id: string): Promise<void> {
    await this.database.write(`delete from asked_why where id = $1`, [id]);
  }

  /** The next ones, the oldest first, each to one process at a time; what nobody waits for any more is forgotten. */
  async take(limit: number): Promise<readonly AskedWhy[]> {
    // It is looked often, and seldom is there one.
    if ((await this.database.query(`select 1 from asked_why limit 1`)).length === 0) return [];
    const { result } = await this.database.transaction(async (tx) => {
      await tx.query(`delete from asked_why where asked_at < now() - make_interval(secs => $1)`, [ASKED_WITHIN_SECONDS]);
      return tx.query<{ id: string; held_id: string }>(
        `update asked_why set taken_until = now() + make_interval(secs => $2), times = times + 1 where id in (
           select id from asked_why where answer is null and times < $3 and (taken_until is null or taken_until < now()) order by asked_at limit $1 for update skip locked)
         returning id, held_id`,
        [limit, TAKEN_SECONDS, MOST_TIMES],
      );
    });
    return result.map(({ id, held_id }) => ({ id, heldId: held_id }));
  }

  /** The first answer stays. */
  async answer(id: string, answer: HeldWhyNow): Promise<void> {
    await this.database.write(`update asked_why set answer = $2 where id = $1 and answer is null`, [id, JSON.stringify(answer)]);
  }
}

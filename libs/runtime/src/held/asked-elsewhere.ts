import { setTimeout as after } from 'node:timers/promises';
import type { HeldWhyNow } from '@sync-hub/contracts';
import type { AskedWhyRepository } from '@sync-hub/persistence';
import type { HeldDryRun } from './hub-held-desk.js';

/** How long somebody is waited for who takes the question, and then for the answer; and how often it is looked whether there is one. */
export interface WaitingForAnswer {
  readonly takenMs: number;
  readonly answeredMs: number;
  readonly lookMs: number;
}

const WAITING: WaitingForAnswer = { takenMs: 8000, answeredMs: 75_000, lookMs: 150 };

const NOTHING = { site: null, why: null, names: [], hasChanged: null } as const;

/** Who has no logins asks who has them: the pushers on the same database, one of which looks, and writes nothing. */
export function askedElsewhere(questions: AskedWhyRepository, waiting: WaitingForAnswer = WAITING): HeldDryRun {
  return async ({ id: held }) => {
    const id = await questions.ask(held);
    try {
      return await answerTo(questions, id, waiting);
    } finally {
      await questions.withdraw(id);
    }
  };
}

async function answerTo(questions: AskedWhyRepository, id: string, { takenMs, answeredMs, lookMs }: WaitingForAnswer): Promise<HeldWhyNow> {
  const began = performance.now();
  for (;;) {
    const became = await questions.answerTo(id);
    if (became.state === 'answered') return became.answer;
    const isTaken = became.state === 'taken';
    if (performance.now() - began > (isTaken ? answeredMs : takenMs))
      return { ...NOTHING, works: 'unknown', prospect: 'not-asked', code: isTaken ? 'no-answer-in-time' : 'nobody-answers' };
    await after(lookMs);
  }
}

import { setTimeout as pause } from 'node:timers/promises';

/** Waits until the condition holds (its answer is neither false, null nor undefined), and fails with its name where the deadline passes first. */
export async function until<Answer>(what: string, condition: () => Answer | Promise<Answer>, withinMs = 10_000, everyMs = 5): Promise<NonNullable<Answer>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await condition();
    if (answer !== false && answer !== null && answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain: ${what}`);
    await pause(everyMs);
  }
}

import { setTimeout as pause } from 'node:timers/promises';

const SLOWEST_MS = 40;

/**
 * Waits until the condition holds (its answer is neither false, null nor undefined), and fails with its name where the deadline passes first.
 * It asks at once and then ever less often: what is waited for long needs the processor that asking takes.
 */
export async function until<Answer>(what: string, condition: () => Answer | Promise<Answer>, withinMs = 10_000, everyMs = 3): Promise<NonNullable<Answer>> {
  const deadline = performance.now() + withinMs;
  for (let pauseMs = everyMs; ; pauseMs = Math.min(pauseMs * 1.3, Math.max(SLOWEST_MS, everyMs))) {
    const answer = await condition();
    if (answer !== false && answer !== null && answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain: ${what}`);
    await pause(pauseMs);
  }
}

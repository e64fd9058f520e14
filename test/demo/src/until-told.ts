/** One Ctrl-C can reach us several times: from the terminal, and from each program above us that passes it on. */
const SAME_WORD_MS = 1_000;

/** Resolves when the process is told to end. Who says it again later ends it at once. */
export function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    let toldAt = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (toldAt !== 0 && Date.now() - toldAt > SAME_WORD_MS) process.exit(1);
        if (toldAt === 0) toldAt = Date.now();
        resolve();
      });
    }
  });
}

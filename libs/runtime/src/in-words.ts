import { safeError } from '@sync-hub/contracts';
import { codePlaces } from '@sync-hub/observability';

/** How a process says its last words, and ends. */
export interface LastWords {
  readonly say: (text: string) => void;
  readonly end: (code: number) => void;
}

const OF_THIS_PROCESS: LastWords = { say: (text) => void process.stderr.write(`${text}\n`), end: (code) => process.exit(code) };

/** Does a process's work. What stops it is said on stderr in words of our own, never in another library's, and ends the process with 1. */
export async function inWords(work: () => Promise<void>, { say, end }: LastWords = OF_THIS_PROCESS): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { code, message } = safeError(error);
    const places = code === 'unexpected' ? codePlaces(error) : [];
    say(places.length === 0 ? message : `${message} (at ${places.join(' < ')})`);
    end(1);
  }
}

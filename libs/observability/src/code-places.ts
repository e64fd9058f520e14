/**
 * Where an error came from, as names of files and lines: `push.stage.js:41`. The error's own text, which V8 puts in front
 * of its stack and which can hold a record, is cut off first; a stack that does not begin with it gives nothing.
 */
export function codePlaces(error: unknown, most = 5): string[] {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return [];
  const header = [': ', '']
    .map((colon) => `${/^[\w$]*/.exec(error.stack ?? '')?.[0] ?? ''}${colon}${error.message}`)
    .find((text) => error.stack?.startsWith(`${text}\n`));
  if (header === undefined) return [];
  return error.stack
    .slice(header.length)
    .split('\n')
    .flatMap((line) => /^\s+at .*?([\w.-]+\.[jt]s):(\d+):\d+\)?$/.exec(line)?.slice(1, 3).join(':') ?? [])
    .slice(0, most);
}

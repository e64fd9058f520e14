/** The candidate that `word` was probably meant to be, `null` where none is near: at most two slips, or a third of the word. */
export function didYouMean(word: string, candidates: readonly string[]): string | null {
  const limit = Math.max(1, Math.min(2, Math.floor(word.length / 3)));
  const near = candidates
    .map((candidate) => ({ candidate, slips: slipsBetween(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ slips }) => slips <= limit)
    .sort((a, b) => a.slips - b.slips);
  return near[0]?.candidate ?? null;
}

/** Letters to add, drop, replace or swap with their neighbour to get from one word to the other (optimal string alignment). */
export function slipsBetween(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swap = swapped ? (beforeLast[column - 2] ?? Infinity) + 1 : Infinity;
      current.push(Math.min((last[column] ?? Infinity) + 1, (current[column - 1] ?? Infinity) + 1, (last[column - 1] ?? Infinity) + same, swap));
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}

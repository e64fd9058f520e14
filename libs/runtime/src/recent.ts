/** One reading for everybody who asks within a while: however many ask, the database is asked once. */
export class Recent<Answer> {
  private recent: { readonly answer: Promise<Answer>; readonly until: number } | null = null;

  constructor(
    private readonly reading: () => Promise<Answer>,
    private readonly keepMs: number,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Rejects as the reading does; what failed is not kept. */
  read(): Promise<Answer> {
    if (this.recent !== null && this.clock() < this.recent.until) return this.recent.answer;
    const answer = this.reading();
    const kept = { answer, until: this.clock() + this.keepMs };
    this.recent = kept;
    answer.catch(() => {
      if (this.recent === kept) this.recent = null;
    });
    return answer;
  }
}

/** Questions that wait to be asked under one key, for everybody who asked the same. */
interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly askers: { readonly resolve: (answer: Answer | undefined) => void; readonly reject: (error: unknown) => void }[];
}

/** Answers many questions of one kind at once, by their keys; one that has no answer is left out. */
export type AnswerAll<Question, Answer> = (questions: readonly Question[]) => Promise<ReadonlyMap<string, Answer>>;

const MOST_AT_ONCE = 200;
const UNDER_WAY = 2;

/**
 * One statement for many who ask the same kind of question at about the same time: those of one turn of the event loop, and
 * those that came while two statements were under way. Nobody waits for others to come. Each answer is as new as one asked for
 * alone, for its statement begins after the question. Where a statement fails each question is asked by itself, so that one
 * that cannot be asked harms no other.
 */
export class Gathering<Question, Answer> {
  #waiting = new Map<string, Waiting<Question, Answer>>();
  #underWay = 0;
  #begins = false;

  constructor(
    private readonly keyOf: (question: Question) => string,
    private readonly answerAll: AnswerAll<Question, Answer>,
  ) {}

  ask(question: Question): Promise<Answer | undefined> {
    return new Promise((resolve, reject) => {
      const key = this.keyOf(question);
      const waiting = this.#waiting.get(key) ?? { question, askers: [] };
      waiting.askers.push({ resolve, reject });
      this.#waiting.set(key, waiting);
      if (this.#begins) return;
      this.#begins = true;
      setImmediate(() => {
        this.#begins = false;
        this.#next();
      });
    });
  }

  #next(): void {
    if (this.#underWay >= UNDER_WAY || this.#waiting.size === 0) return;
    const group = [...this.#waiting].slice(0, MOST_AT_ONCE);
    for (const [key] of group) this.#waiting.delete(key);
    this.#underWay += 1;
    void this.#answer(group).finally(() => {
      this.#underWay -= 1;
      this.#next();
    });
    this.#next();
  }

  async #answer(group: readonly (readonly [string, Waiting<Question, Answer>])[]): Promise<void> {
    try {
      const answers = await this.answerAll(group.map(([, { question }]) => question));
      for (const [key, { askers }] of group) for (const { resolve } of askers) resolve(answers.get(key));
    } catch (error) {
      if (group.length > 1) for (const one of group) await this.#answer([one]);
      else for (const [, { askers }] of group) for (const { reject } of askers) reject(error);
    }
  }
}

/** Rows by a key of theirs, in their order. */
export function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

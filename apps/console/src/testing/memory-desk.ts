import { countsOf, isAskedFor, previewOfDetail } from '@sync-hub/conflicts';
import {
  type ConflictAnswer,
  type ConflictAnswered,
  type ConflictDesk,
  type ConflictDetail,
  type ConflictDismissal,
  type ConflictFilter,
  type ConflictList,
  type ConflictNote,
  type ConflictPreview,
  type ConflictSide,
  type ConflictSummary,
} from '@sync-hub/contracts';

const CLOSED: ReadonlySet<string> = new Set(['resolved', 'dismissed']);

/** A desk without a hub behind it: what is answered stays `answered` until a test says that both ends hold it. */
export class MemoryDesk implements ConflictDesk {
  readonly answers: { readonly id: string; readonly answer: ConflictAnswer; readonly by: string }[] = [];
  private readonly details = new Map<string, ConflictDetail>();

  constructor(details: readonly ConflictDetail[]) {
    for (const detail of details) this.details.set(detail.conflict.id, detail);
  }

  async list(filter: ConflictFilter): Promise<ConflictList> {
    const found = [...this.details.values()].map(({ conflict }) => conflict).filter((one) => isAskedFor(filter, one));
    const oldestFirst = found.sort((a, b) => (a.openedAt < b.openedAt ? -1 : 1));
    return { conflicts: oldestFirst.slice(filter.offset, filter.offset + filter.limit), counts: countsOf(found) };
  }

  async find(id: string): Promise<ConflictDetail | null> {
    const found = this.details.get(id);
    return found === undefined ? null : { takesAnother: true, ...found };
  }

  async preview(id: string, answer: ConflictAnswer): Promise<ConflictPreview | Exclude<ConflictAnswered, { kind: 'taken' }>> {
    const detail = this.details.get(id);
    if (detail === undefined) return { kind: 'closed', as: 'not-there' };
    const { conflict, fields } = detail;
    if (CLOSED.has(conflict.state)) return { kind: 'closed', as: conflict.state };
    if (answer.version !== conflict.version || (answer.unlessAnswered === true && conflict.state === 'answered'))
      return { kind: 'stale', version: conflict.version };
    const unknown = answer.choices.filter(({ path }) => !fields.some((field) => field.path === path));
    if (unknown.length > 0) return { kind: 'invalid', problems: unknown.map(({ path }) => ({ path, problem: 'is no field of a patient' })) };
    return previewOfDetail(detail, answer);
  }

  async answer(id: string, answer: ConflictAnswer, by: string): Promise<ConflictAnswered> {
    const preview = await this.preview(id, answer);
    if ('kind' in preview) return preview;
    this.answers.push({ id, answer, by });
    this.change(id, { state: 'answered' }, { what: 'answered', by, text: answer.note ?? null });
    return { kind: 'taken', answerId: `answer-${this.answers.length}` };
  }

  async assign(id: string, owner: string, by: string): Promise<boolean> {
    return this.act(id, { owner: owner === '' ? null : owner, state: owner === '' ? 'open' : 'assigned' }, { what: 'assigned', by, text: owner });
  }

  async note(id: string, text: string, by: string): Promise<boolean> {
    return this.act(id, {}, { what: 'noted', by, text });
  }

  async dismiss(id: string, { reason, version }: ConflictDismissal, by: string): Promise<boolean> {
    if (this.details.get(id)?.conflict.version !== version) return false;
    return this.act(id, { state: 'dismissed' }, { what: 'dismissed', by, text: reason });
  }

  /** Another one is found. */
  opens(detail: ConflictDetail): void {
    this.details.set(detail.conflict.id, detail);
  }

  /** Both ends hold the answer. */
  arrives(id: string): void {
    this.change(id, { state: 'resolved' }, { what: 'resolved', by: 'sync-hub', text: null });
  }

  /** An end has changed a field since: shown again. */
  shownAgain(id: string, path: string, end: 'parent' | 'child', value: ConflictSide): void {
    const { conflict, fields } = this.demand(id);
    this.change(id, { state: 'open', version: conflict.version + 1 }, { what: 'shown-again', by: 'sync-hub', text: null });
    const changed = { ...this.demand(id), fields: fields.map((field) => (field.path === path ? { ...field, [end]: value } : field)) };
    this.details.set(id, changed);
  }

  private act(id: string, changes: Partial<ConflictSummary>, said: Omit<ConflictNote, 'at'>): boolean {
    const detail = this.details.get(id);
    if (detail === undefined || CLOSED.has(detail.conflict.state)) return false;
    this.change(id, changes, said);
    return true;
  }

  private change(id: string, changes: Partial<ConflictSummary>, said: Omit<ConflictNote, 'at'>): void {
    const detail = this.demand(id);
    const at = new Date().toISOString();
    this.details.set(id, { ...detail, conflict: { ...detail.conflict, ...changes, updatedAt: at }, notes: [...detail.notes, { at, ...said }] });
  }

  private demand(id: string): ConflictDetail {
    const detail = this.details.get(id);
    if (detail === undefined) throw new Error(`no conflict ${id} at this desk`);
    return detail;
  }
}

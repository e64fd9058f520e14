import { type Deed } from './clinics.js';
import { frameOf, type Places, rowLine, type ScreenModel, TITLE_ROW } from './frame.js';
import { recordText, type ShownRow } from './shown-row.js';

/** Where the demo shows itself. */
export interface Screen {
  /** What is being done now, in a sentence. */
  say(text: string): void;
  /** Where to look further; told as soon as it is known. */
  look(places: Places): void;
  did(deed: Deed, site: string): void;
  arrived(row: ShownRow): void;
  count(counts: NonNullable<ScreenModel['counts']>): void;
  /** Lines that stay when the rest is over. */
  close(lines: readonly string[]): void;
}

/** What of a terminal or a file we need. */
export interface Out {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

export const deedText = ({ does, kind, uuid }: Deed, site: string): string => `${site} ${does} ${recordText(kind, uuid)}`;

/** Redrawn in place where somebody sits at a terminal, a line after the other elsewhere. */
export const screenOn = (out: Out, { colours }: { readonly colours: boolean }): Screen =>
  out.isTTY === true ? new TerminalScreen(out, colours) : new PlainScreen(out);

/** Lines that stay, for files and pipes. */
class PlainScreen implements Screen {
  private hasTitle = false;

  constructor(private readonly out: Out) {}

  say(text: string): void {
    this.out.write(`${text}\n`);
  }

  look({ console, conflicts, logs }: Places): void {
    this.out.write(`Console: ${console}\nConflicts: ${conflicts}\nLogs:    ${logs}\n`);
  }

  did(deed: Deed, site: string): void {
    this.out.write(`  ${deedText(deed, site)}\n`);
  }

  arrived(row: ShownRow): void {
    if (!this.hasTitle) this.out.write(`${rowLine(TITLE_ROW)}\n`);
    this.hasTitle = true;
    this.out.write(`${rowLine({ ...row, seconds: row.seconds.toFixed(1) })}\n`);
  }

  count(): void {
    // Told by the summary.
  }

  close(lines: readonly string[]): void {
    for (const line of lines) this.out.write(`${line}\n`);
  }
}

const REDRAW_MS = 120;
const KEPT_ROWS = 100;
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

class TerminalScreen implements Screen {
  private model: ScreenModel = { progress: '', places: null, counts: null, rows: [], deeds: [] };
  private drawn = 0;
  private isStale = false;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly out: Out,
    private readonly colours: boolean,
  ) {
    out.write(HIDE_CURSOR);
    this.timer = setInterval(() => this.draw(), REDRAW_MS);
  }

  say(progress: string): void {
    this.show({ progress });
    this.draw();
  }

  look(places: Places): void {
    this.show({ places });
  }

  did(deed: Deed, site: string): void {
    this.show({ deeds: [...this.model.deeds, deedText(deed, site)].slice(-4) });
  }

  arrived(row: ShownRow): void {
    this.show({ rows: [...this.model.rows, row].slice(-KEPT_ROWS) });
  }

  count(counts: NonNullable<ScreenModel['counts']>): void {
    this.show({ counts });
  }

  close(lines: readonly string[]): void {
    clearInterval(this.timer);
    this.draw();
    this.out.write(`${SHOW_CURSOR}${lines.map((line) => `${line}\n`).join('')}`);
  }

  private show(changes: Partial<ScreenModel>): void {
    this.model = { ...this.model, ...changes };
    this.isStale = true;
  }

  private draw(): void {
    if (!this.isStale) return;
    this.isStale = false;
    const lines = frameOf(this.model, { columns: this.out.columns ?? 80, rows: this.out.rows ?? 24, colours: this.colours });
    const back = this.drawn === 0 ? '' : `\u001b[${this.drawn}A`;
    this.out.write(`${back}\r${lines.map((line) => `\u001b[2K${line}\n`).join('')}\u001b[0J`);
    this.drawn = lines.length;
  }
}

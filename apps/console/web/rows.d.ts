import type { News, Table } from '../src/page.js';

export function escaped(text: string): string;
export function rowsHtml(table: Table): string;
export function newsHtml(news: readonly News[]): string;

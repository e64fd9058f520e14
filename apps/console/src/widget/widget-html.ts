import type { WidgetState } from '@sync-hub/contracts';
import { escaped } from '../../web/rows.js';
import { WIDGET_WORDS, type WidgetLanguage } from './widget-words.js';

/** A small page for a frame in another one: it holds no script, and is as it was when it was loaded: whoever frames it loads it again. */
export function widgetHtml(told: WidgetState, language: WidgetLanguage, timeZone: string): string {
  const words = WIDGET_WORDS[language];
  const moment = (at: string): string =>
    `<time datetime="${escaped(at)}">${escaped(new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(at)))}</time>`;
  const line = (name: string, value: string): string => `<div><dt>${escaped(name)}</dt><dd>${value}</dd></div>`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(told.title)}</title>
<link rel="stylesheet" href="/widget.css">
</head>
<body>
<h1>${escaped(told.title)}</h1>
<p class="${told.state}">${escaped(words.states[told.state])}</p>
<dl>
${line(words.lastGood, told.lastGoodAt === null ? escaped(words.never) : moment(told.lastGoodAt))}
${line(words.lastAsked, told.lastAskedAt === null ? escaped(words.never) : moment(told.lastAskedAt))}
${line(words.waiting, String(told.waiting))}
${told.held === 0 ? '' : line(words.held, String(told.held))}
${told.waiting === 0 ? '' : line(words.done, told.expectedDoneAt === null ? escaped(words.unknown) : moment(told.expectedDoneAt))}
</dl>
<p class="as-of">${words.asOf(moment(told.takenAt))} (${escaped(timeZone)})</p>
</body>
</html>
`;
}

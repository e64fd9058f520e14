import { afterEach, describe, expect, it } from '@jest/globals';
import { keptLog } from '@sync-hub/observability/testing';
import { type RunningConsole, startConsole } from '../start-console.js';
import { MemoryDesk } from '../testing/memory-desk.js';
import { memoryDesks } from '../testing/memory-rules.js';
import { aWidgetState } from '../testing/memory-widgets.js';
import { anOverview } from '../testing/overview.builder.js';
import { languageFor, WIDGET_WORDS } from './widget-words.js';

const running: RunningConsole[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function serve(states = [aWidgetState()], framing: readonly string[] = []) {
  const desks = memoryDesks(new MemoryDesk([]));
  desks.widgets.states = states;
  desks.widgets.framing = framing;
  const overview = { read: async () => anOverview() };
  const console = await startConsole({ port: 0, log: keptLog().log, overview, ...desks, report: { read: async () => [] }, token: 'x'.repeat(43) });
  running.push(console);
  return (path: string, headers: Record<string, string> = {}) => fetch(`${console.url}${path}`, { headers });
}

const frames = (answer: Response): string => /frame-ancestors ([^;]*)/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? '';

describe('what anybody may see of a site', () => {
  it('is nothing where the configuration does not name it', async () => {
    const get = await serve([]);
    expect([(await get('/widget/kisumu')).status, (await get('/widget/kisumu/state')).status, (await get('/widget.css')).status]).toEqual([404, 404, 200]);
  });

  it('is told without a name, kept by whoever stands between, and may be shown in the frames that are named and in no other', async () => {
    const get = await serve(undefined, ['https://www.health.example', 'https://dashboards.example']);
    const page = await get('/widget/kisumu', { 'accept-language': 'en' });
    expect([page.status, frames(page), page.headers.get('cache-control')]).toEqual([
      200,
      'https://www.health.example https://dashboards.example',
      'public, max-age=60',
    ]);
    const text = await page.text();
    for (const said of ['Kisumu clinic', 'Catching up', '318', 'Wait for somebody', 'Expected to be done']) expect(text).toContain(said);
    expect([text.includes('<script'), frames(await get('/conflicts')), frames(await get('/'))]).toEqual([false, "'none'", "'none'"]);
  });

  it('is shown in no frame where none is named', async () => {
    const get = await serve();
    expect(frames(await get('/widget/kisumu'))).toBe("'none'");
  });

  it('is the same as JSON, for pages of other servers', async () => {
    const get = await serve();
    const answer = await get('/widget/kisumu/state');
    expect([await answer.json(), answer.headers.get('access-control-allow-origin'), answer.headers.get('cache-control')]).toEqual([
      aWidgetState(),
      '*',
      'public, max-age=60',
    ]);
  });

  it('says that nothing is known where nothing is, and escapes what a site is called', async () => {
    const get = await serve([aWidgetState({ title: '<b>Kisumu</b>', lastGoodAt: null, expectedDoneAt: null, held: 0 })]);
    const text = await (await get('/widget/kisumu?lang=en')).text();
    expect([text.includes('<b>'), text.includes('never'), text.includes('not known'), text.includes('Wait for somebody')]).toEqual([false, true, true, false]);
  });

  it.each(['fr', 'es'] as const)('is there in %s', async (language) => {
    const get = await serve();
    const text = await (await get('/widget/kisumu', { 'accept-language': `sw, ${language}-XX;q=0.8, en` })).text();
    for (const said of [WIDGET_WORDS[language].states['catching-up'], WIDGET_WORDS[language].held, `lang="${language}"`]) expect(text).toContain(said);
    expect([languageFor(language, 'en'), languageFor('constructor', ''), languageFor(undefined, 'sw')]).toEqual([language, 'en', 'en']);
  });
});

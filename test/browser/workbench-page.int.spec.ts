import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import type { Page } from 'playwright-core';
import { aConflict, aField, aPatientConflict, idOf, side } from '../../apps/console/src/testing/conflict.builder.js';
import { TOKEN } from '../../apps/console/src/testing/memory-console.js';
import { browserFor, chromiumOfRun, seriousIn, workbenchOfRun } from './browser.js';
import { deskWith } from './desk-bench.js';

jest.setTimeout(120_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;

const SCRIPT = `<img src=x onerror="document.title='ran'"><script>document.title='ran'</script>`;
const ORDER = aConflict(80, [aField('dose', 1, 2, 2.5, { kind: 'number' })], {
  category: 'order',
  link: 'siaya',
  child: 'siaya',
  owner: 'Otieno',
  state: 'assigned',
  waitingBehind: 3,
});

const REPORT = [
  {
    from: new Date().toISOString().slice(0, 8).concat('01'),
    link: 'kisumu',
    category: 'patient',
    aggregate: 'person',
    field: 'gender',
    by: 'Amina',
    opened: 3,
    closed: 1,
  },
] as const;

const rowsOf = (page: Page) => page.locator('[data-row]').allTextContents();

inBrowser('the workbench in a browser', () => {
  const browser = browserFor(found);
  beforeAll(() => workbenchOfRun());

  it('lists what waits, the oldest first, and only what fits a filter, which its address says', async () => {
    const { list } = await deskWith([aPatientConflict(1), aPatientConflict(30, { owner: 'Amina', state: 'assigned' }), ORDER]);
    const { page, complaints } = await browser.open(list);
    await page.getByRole('heading', { name: 'Conflicts 3 conflicts' }).waitFor();
    expect(await rowsOf(page)).toEqual(['Order 8d6c993e', 'Patient 8d6c993e', 'Patient 8d6c993e']);
    for (const [label, choice, left] of [
      ['Link', 'siaya (1)', ['Order 8d6c993e']],
      ['Kind of record', 'Patient (2)', ['Patient 8d6c993e', 'Patient 8d6c993e']],
      ['Field', 'Dose (1)', ['Order 8d6c993e']],
      ['Who has it', 'Nobody (1)', ['Patient 8d6c993e']],
      ['State', 'taken', ['Order 8d6c993e', 'Patient 8d6c993e']],
      ['Open for longer than', 'a day', ['Order 8d6c993e', 'Patient 8d6c993e']],
    ] as const) {
      await page.getByLabel(label).selectOption({ label: choice });
      await until(`only what fits ${choice} is listed`, async () => JSON.stringify(await rowsOf(page)) === JSON.stringify(left), 10_000);
      await page.reload();
      await page.locator('[data-row]').first().waitFor();
      expect(await rowsOf(page)).toEqual(left);
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await until('all are listed', async () => (await rowsOf(page)).length === 3, 10_000);
    }
    expect(complaints).toEqual([]);
  });

  it('says in words that nothing waits, and that nothing fits', async () => {
    const { list } = await deskWith([]);
    const { page } = await browser.open(list);
    await page.getByText('Nothing waits for an answer.').waitFor();
    await page.getByLabel('State').selectOption('dismissed');
    await page.getByText('No conflict fits these filters.').waitFor();
  });

  it('shows nothing without the token, nor with another, and keeps it out of the address', async () => {
    const { url, desk } = await deskWith([aPatientConflict(1)]);
    for (const end of ['', `#token=${'x'.repeat(40)}`]) {
      const { page } = await browser.open(`${url}/conflicts/${idOf(1)}${end}`);
      await page.getByText('This page needs its key').waitFor();
      expect(await page.content()).not.toContain('March');
    }
    const { page } = await browser.open(`${url}/conflicts#token=${TOKEN}`);
    await page.locator('[data-row]').waitFor();
    expect(page.url()).toBe(`${url}/conflicts`);
    expect(desk.answers).toEqual([]);
  });

  it('is worked by keys alone, from the list to what became of it', async () => {
    const { list, desk } = await deskWith([aPatientConflict(1)]);
    const { page, complaints } = await browser.open(list);
    await page.locator('[data-row]').waitFor();
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('j', 'Enter');
    await page.locator('[data-field]').first().waitFor();
    await press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await press('Escape', 'j', 'p', 'j', 'e');
    await page.keyboard.type('U, said herself');
    await until('it is previewed', async () => (await page.locator('.preview ins').allTextContents()).includes('U, said herself'), 10_000);
    await press('Control+Enter');
    await page.getByText('Say who you are first').first().waitFor();
    await page.keyboard.type('Amina');
    await press('Control+Enter');
    await page.getByText('Answered, and on its way to both ends.').waitFor();
    expect(desk.answers).toEqual([
      {
        id: idOf(1),
        answer: {
          version: 1,
          unlessAnswered: true,
          choices: [
            { path: 'birthdate', take: 'parent' },
            { path: 'gender', value: 'U, said herself' },
          ],
        },
        by: 'Amina',
      },
    ]);
    desk.arrives(idOf(1));
    await page.getByText(/^Both ends hold it, [\d.]+ s after your answer\.$/).waitFor();
    await press('Escape', 'u');
    await page.getByText('Nothing waits for an answer.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('takes all of one end, lets another value be typed for what goes by itself, and has a note kept', async () => {
    const { at, desk } = await deskWith([aPatientConflict(1)]);
    const { page } = await browser.open(at(idOf(1)));
    await page.getByLabel('Your name').fill('Amina');
    await page.getByRole('button', { name: 'Take everything from Kisumu clinic' }).click();
    await page.getByRole('button', { name: 'Decide otherwise' }).first().click();
    await page.locator('[data-field="dead"] [data-option="child"] label').click();
    await page.getByLabel('Note').fill('asked her');
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByText('Answered, and on its way').waitFor();
    expect(desk.answers[0]?.answer).toEqual({
      version: 1,
      choices: ['birthdate', 'gender', 'dead'].map((path) => ({ path, take: 'child' })),
      note: 'asked her',
      unlessAnswered: true,
    });
  });

  it('shows a conflict again that has changed meanwhile: what is new is marked, other choices are kept', async () => {
    const { at, desk } = await deskWith([aPatientConflict(1)]);
    const { page } = await browser.open(at(idOf(1)));
    await page.getByLabel('Your name').fill('Amina');
    await page.getByRole('button', { name: 'Take everything from Central' }).click();
    await until('it can be answered', () => page.getByRole('button', { name: 'Answer' }).isEnabled(), 10_000);
    desk.shownAgain(idOf(1), 'birthdate', 'child', side('1990-12-24'));
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByText('One end has changed since you looked.').waitFor();
    expect(await page.locator('[data-field="birthdate"] legend').textContent()).toContain('new');
    expect(await page.locator('[data-field="birthdate"] .chosen').count()).toBe(0);
    expect(await page.locator('[data-field="gender"] .chosen').getAttribute('data-option')).toBe('parent');
    await page.getByText('1 field is still to be answered').waitFor();
    expect(desk.answers).toEqual([]);
  });

  it('has a conflict taken, and left as it is with a reason', async () => {
    const { at, desk } = await deskWith([aPatientConflict(1)]);
    const { page } = await browser.open(at(idOf(1)));
    await page.getByLabel('Your name').fill('Amina');
    await page.getByRole('button', { name: 'Take it', exact: true }).click();
    await page.getByRole('button', { name: 'Give it back' }).waitFor();
    await page.getByLabel('Note').fill('asked the clinic');
    await page.getByRole('button', { name: 'Keep the note' }).click();
    await page.getByText('noted asked the clinic').waitFor();
    await page.getByRole('button', { name: 'Leave as it is …' }).click();
    await page.getByLabel('Why').fill('a test record');
    await page.getByRole('button', { name: 'Leave as it is', exact: true }).click();
    await page.getByText('Both ends stay as they are').waitFor();
    expect(await desk.find(idOf(1))).toMatchObject({
      conflict: { owner: 'Amina', state: 'dismissed' },
      notes: [{}, { text: 'asked the clinic', by: 'Amina' }, { text: 'a test record', by: 'Amina' }],
    });
  });

  it('runs no script that stands in a record, a name or a note', async () => {
    const named = aConflict(1, [
      aField(`names[${SCRIPT}]`, undefined, SCRIPT, undefined, { item: SCRIPT, parent: side(SCRIPT, SCRIPT) }),
      aField('status', SCRIPT, SCRIPT, SCRIPT, { does: 'nothing' }),
    ]);
    const authors = { parent: { who: 'u', label: SCRIPT, at: null }, child: { who: null, label: null, at: null } };
    const notes = [{ at: '2026-11-01T10:00:00Z', by: SCRIPT, what: 'noted', text: SCRIPT }];
    const { at } = await deskWith([
      { ...named, authors, notes, titles: { parent: SCRIPT, child: 'Kisumu' }, dashboards: { parent: "javascript:document.title='ran'", child: null } },
    ]);
    const { page, complaints } = await browser.open(at(idOf(1)));
    await page.locator('[data-option="parent"] label').click();
    await until('it is previewed', async () => (await page.locator('.preview ins').count()) > 0, 10_000);
    await page.locator('summary').click();
    expect(await page.locator('img, main script, a[href^="javascript"]').count()).toBe(0);
    expect(await page.locator('[data-field] .item').textContent()).toBe(SCRIPT);
    expect([await page.title(), complaints]).toEqual(['Conflicts · Sync Hub', []]);
  });

  it('takes a moment, a number, a yes and a day as they are typed, and says what would be right', async () => {
    const { at, desk } = await deskWith([
      aConflict(1, [
        aField('encounterDatetime', null, '2026-11-01T10:15:00Z', '2026-11-01T11:15:00Z', { kind: 'instant' }),
        aField('dose', 1, 2, 2.5, { kind: 'number' }),
        aField('dead', null, true, null, { kind: 'boolean' }),
        aField('birthdate', null, '1980-01-01', '1981-01-01', { kind: 'date' }),
      ]),
    ]);
    const { page } = await browser.open(at(idOf(1)), { timezoneId: 'Africa/Nairobi' });
    await page.getByLabel('Your name').fill('Amina');
    const type = async (path: string, text: string): Promise<void> => {
      const field = page.locator(`[data-field="${path}"]`);
      await field.locator('[data-option="typed"] > input').check();
      await field.locator('.typed input').fill(text);
    };
    await type('encounterDatetime', '2026-11-01T13:20:30');
    await type('dose', 'two');
    await page.getByText('A number, such as 36.6.').waitFor();
    await type('dose', '-36.65');
    await type('birthdate', '1980-02-29');
    await page.locator('[data-field="dead"] [data-option="typed"] > input').check();
    await page.locator('[data-field="dead"] .typed select').selectOption('false');
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByText('Answered, and on its way').waitFor();
    expect(desk.answers[0]?.answer.choices).toEqual([
      { path: 'encounterDatetime', value: '2026-11-01T10:20:30Z' },
      { path: 'dose', value: -36.65 },
      { path: 'dead', value: false },
      { path: 'birthdate', value: '1980-02-29' },
    ]);
  });

  it.each([
    ['fr-FR', 'Conflits', 'À trancher', 'Date de naissance', '11 mars 1980'],
    ['es-KE', 'Conflictos', 'Por decidir', 'Fecha de nacimiento', '11 de marzo de 1980'],
  ])('speaks %s, and remembers another choice', async (locale, title, asked, field, day) => {
    const { at } = await deskWith([aPatientConflict(1)]);
    const { page } = await browser.open(at(idOf(1)), { locale });
    await page.getByText(asked).waitFor();
    expect(await page.title()).toBe(`${title} · Sync Hub`);
    expect(await page.locator('html').getAttribute('lang')).toBe(locale.slice(0, 2));
    expect(await page.locator('[data-field="birthdate"]').textContent()).toContain(field);
    expect(await page.locator('[data-field="birthdate"] [data-option="parent"]').textContent()).toContain(day);
    await page.locator('#language').selectOption('en');
    await page.reload();
    await page.getByText('To be answered').waitFor();
  });

  it('fits a phone, and is usable there by touch', async () => {
    const { at, list, desk } = await deskWith([aPatientConflict(1), ORDER]);
    const { page } = await browser.open(list, { phone: true });
    await page.locator('[data-row]').first().waitFor();
    const width = () => page.evaluate('document.documentElement.scrollWidth');
    expect(await width()).toBeLessThanOrEqual(390);
    await page.goto(at(idOf(1)));
    await page.getByLabel('Your name').fill('Amina');
    expect(await width()).toBeLessThanOrEqual(390);
    for (const path of ['birthdate', 'gender']) await page.locator(`[data-field="${path}"] [data-option="child"] label`).tap();
    await page.getByRole('button', { name: 'Answer' }).tap();
    await page.getByText('Answered, and on its way').waitFor();
    expect(desk.answers).toHaveLength(1);
  });

  it.each([
    ['the list', 'light', '', '[data-row]'],
    ['a conflict', 'light', idOf(1), '[data-field]'],
    ['a conflict', 'dark', idOf(1), '[data-field]'],
    ['rules', 'dark', 'rules', '[data-row]'],
    ['answering many at once', 'light', 'bulk', '.told'],
    ['a report', 'dark', 'report', '.bar'],
  ] as const)('is found without serious fault by axe, and fits a phone: %s, %s', async (_, colorScheme, place, there) => {
    const { at, rules } = await deskWith([aPatientConflict(1), ORDER], REPORT);
    await rules.add({ link: 'kisumu', category: 'patient', field: 'gender', policy: 'newest' }, 'Amina');
    const { page } = await browser.open(at(place), { colorScheme, bypassCSP: true });
    await page.locator(there).first().waitFor();
    if (place === idOf(1)) {
      for (const key of ['j', 'p', 'j', 'p']) await page.keyboard.press(key);
      await page.locator('.preview ins').first().waitFor();
      await page.keyboard.press('r');
    }
    if (place === 'bulk') await page.getByRole('button', { name: 'See what it would do' }).click();
    if (place === 'bulk' || place === idOf(1)) await page.locator('.counts').waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });
});

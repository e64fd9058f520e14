import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { aPatientConflict, idOf, side } from '../../apps/console/src/testing/conflict.builder.js';
import { browserFor, chromiumOfRun, workbenchOfRun } from './browser.js';
import { deskWith } from './desk-bench.js';

jest.setTimeout(120_000);

const found = await chromiumOfRun();
const inBrowser = 'reason' in found ? describe.skip : describe;

inBrowser('the workbench, of many conflicts,', () => {
  const browser = browserFor(found);
  beforeAll(() => workbenchOfRun());

  it('makes a rule of a choice by keys, once it has said what that decides, and revokes it after asking', async () => {
    const { at, rules } = await deskWith([aPatientConflict(1), aPatientConflict(2), aPatientConflict(3, { link: 'siaya' })]);
    const { page, complaints } = await browser.open(at(idOf(1)));
    await page.locator('[data-field]').first().waitFor();
    for (const key of ['j', 'j', 'c', 'r']) await page.keyboard.press(key);
    const dialog = page.getByRole('dialog', { name: 'Make a rule of it?' });
    await dialog.getByText('Gender, Patient, kisumu').waitFor();
    await dialog.locator('.counts').waitFor();
    expect(await dialog.locator('.counts dd').allTextContents()).toEqual(['2', '0', '2']);
    await dialog.getByLabel('What decides').selectOption('newest');
    await dialog.getByText('both were seen at once').waitFor();
    await dialog.getByLabel('What decides').selectOption('child-wins');
    await dialog.getByRole('button', { name: 'Make the rule' }).click();
    await page.getByText('Say who you are first').first().waitFor();
    expect(rules.rules).toEqual([]);
    await page.keyboard.type('Amina');
    await page.locator('h1').click();
    for (const key of ['j', 'j', 'r']) await page.keyboard.press(key);
    await dialog.getByRole('button', { name: 'Make the rule' }).click();
    await dialog.getByText('The rule is in force.').waitFor();
    expect(rules.rules).toMatchObject([{ link: 'kisumu', category: 'patient', field: 'gender', policy: 'child-wins', conflict: idOf(1), madeBy: 'Amina' }]);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('r');
    await dialog.getByRole('button', { name: 'Make the rule' }).click();
    await dialog.getByText('A rule says of it already: the child’s value.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Rules' }).click();
    await page.getByRole('cell', { name: 'the child’s value' }).waitFor();
    for (const key of ['j', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('dialog', { name: 'Revoke this rule?' }).getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('There are no rules.').waitFor();
    await page.getByLabel('Show those that were revoked').check();
    await page.getByText('revoked by Amina').waitFor();
    expect([complaints.filter((one) => !one.includes('409')), rules.rules.map(({ revoked }) => revoked?.by)]).toEqual([[], ['Amina']]);
  });

  it('answers those that fit the filters by one policy, after a look; is there again when loaded anew, and can be stopped', async () => {
    const { list, desk, bulk } = await deskWith([
      ...Array.from({ length: 4 }, (_, index) => aPatientConflict(index + 1)),
      aPatientConflict(9, { link: 'siaya' }),
    ]);
    const { page, complaints } = await browser.open(list);
    await page.getByLabel('Your name').fill('Amina');
    await page.getByLabel('Link').selectOption('kisumu');
    await page.getByRole('link', { name: 'Answer many at once …' }).click();
    await page.getByLabel('What decides').selectOption('child-wins');
    await page.getByRole('button', { name: 'See what it would do' }).click();
    await page.getByRole('button', { name: 'Answer 4 so' }).waitFor();
    expect([await page.locator('.counts dd').allTextContents(), await page.locator('.numbers td').allTextContents()]).toEqual([
      ['4', '4'],
      ['0', '4', '0', '4'],
    ]);
    expect(desk.answers).toEqual([]);
    await desk.answer(idOf(2), { version: 1, choices: [{ path: 'gender', take: 'parent' }] }, 'Otieno');
    const gate: (() => void)[] = [];
    bulk.next = () => new Promise((resolve) => void gate.push(resolve));
    await page.reload();
    await page.getByRole('button', { name: 'Answer 4 so' }).click();
    await page.getByText('0 of 4').waitFor();
    for (const done of [1, 2, 3]) {
      await until('it is at the next one', async () => gate.length >= done, 10_000);
      gate[done - 1]?.();
    }
    await page.getByText('3 of 4').waitFor();
    await page.goto(list.replace('/conflicts', '/conflicts/bulk'));
    await page.getByText('Amina is answering many (the child’s value):').waitFor();
    await page.getByRole('link', { name: '3 of 4' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await until('it is at the last one', async () => gate.length === 4, 10_000);
    gate[3]?.();
    await page.getByText('Done: what was answered is on its way').waitFor();
    expect(await page.locator('.counts dd').allTextContents()).toEqual(['4', '3', '1']);
    expect(desk.answers.map(({ id, by }) => `${by} ${id.slice(-1)}`).sort()).toEqual(['Amina 1', 'Amina 3', 'Amina 4', 'Otieno 2']);
    expect(complaints).toEqual([]);
  });

  it('says of what belongs to another instance that it is answered one by one, and that its rules are made there', async () => {
    const far = aPatientConflict(1, { origin: 'siaya-clinic' });
    const { at, desk } = await deskWith([far]);
    const list = desk.list.bind(desk);
    desk.list = async (filter) => {
      const listed = await list(filter);
      return { ...listed, counts: { ...listed.counts, elsewhere: listed.counts.all } };
    };
    const { page } = await browser.open(at(idOf(1)));
    await page.getByText('Rules for it are made at siaya-clinic').waitFor();
    expect(await page.getByRole('button', { name: 'Always so on this link …' }).count()).toBe(0);
    await page.getByRole('link', { name: '← Conflicts' }).click();
    await page.getByRole('link', { name: 'Answer many at once …' }).click();
    await page.getByText('1 conflict belongs to another instance').waitFor();
  });

  it('tells whoever answers second so, and takes the answer of whoever knows that there is one', async () => {
    const { at, desk } = await deskWith([aPatientConflict(1)]);
    const { page } = await browser.open(at(idOf(1)));
    await page.getByLabel('Your name').fill('Amina');
    await page.getByRole('button', { name: 'Take everything from Central' }).click();
    const answer = page.getByRole('button', { name: 'Answer', exact: false }).last();
    await until('it can be answered', () => answer.isEnabled(), 10_000);
    const find = desk.find.bind(desk);
    const [before] = [await find(idOf(1))];
    desk.find = async () => before;
    await desk.answer(idOf(1), { version: 1, choices: [{ path: 'gender', take: 'child' }] }, 'Otieno');
    desk.find = find;
    await answer.click();
    await page.getByText('Somebody has answered it meanwhile.').waitFor();
    expect(desk.answers.map(({ by }) => by)).toEqual(['Otieno']);
    await page.getByRole('button', { name: 'Answer otherwise' }).click();
    expect(await page.locator('[data-field="gender"] .chosen').getAttribute('data-option')).toBe('parent');
    await until('it can be answered', () => answer.isEnabled(), 10_000);
    await answer.click();
    await until('it is answered', async () => desk.answers.length === 2, 10_000);
    expect(desk.answers[1]).toMatchObject({
      by: 'Amina',
      answer: {
        unlessAnswered: false,
        choices: [
          { path: 'birthdate', take: 'parent' },
          { path: 'gender', take: 'parent' },
        ],
      },
    });
    desk.shownAgain(idOf(1), 'gender', 'child', side('U'));
    await page.getByText('One end has changed since you looked.').waitFor();
  });

  it('goes through a long list by pages, which its address says', async () => {
    const { list, desk } = await deskWith(Array.from({ length: 101 }, (_, index) => aPatientConflict(index + 1)));
    const { page } = await browser.open(list);
    await page.getByText('1 to 50 of 101').waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('51 to 100 of 101').waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('101 to 101 of 101').waitFor();
    expect([page.url().endsWith('?page=3'), await page.locator('[data-row]').count(), await page.getByRole('button', { name: 'Next' }).isDisabled()]).toEqual([
      true,
      1,
      true,
    ]);
    await desk.dismiss(idOf(5), { reason: 'a test record', version: 1 }, 'Otieno');
    await page.getByText('51 to 100 of 100').waitFor();
  });

  it('counts conflicts by week or month, and by what', async () => {
    const week = new Date(Date.now() - ((new Date().getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10);
    const row = { from: week, link: 'kisumu', category: 'patient', aggregate: 'person', field: 'gender' } as const;
    const { at } = await deskWith(
      [],
      [
        { ...row, by: 'Amina', opened: 5, closed: 4 },
        { ...row, field: 'birthdate', by: null, opened: 2, closed: 0 },
      ],
    );
    const { page, complaints } = await browser.open(at('report'));
    const cells = (table: string) => page.getByRole('table', { name: table }).locator('tbody tr').allInnerTexts();
    await page.getByRole('table', { name: 'Field' }).waitFor();
    expect((await cells('Field')).map((text) => text.split(/\s*\n\s*|\t/).filter(Boolean))).toEqual([
      ['Gender', '5', '4'],
      ['Date of birth', '2', '0'],
    ]);
    expect((await cells('From')).at(-1)).toMatch(/7[\s\S]*4/);
    expect((await cells('Who answered')).join()).toMatch(/Amina[\s\S]*5[\s\S]*4[\s\S]*nobody[\s\S]*2[\s\S]*0/);
    await page.getByLabel('Counted by').selectOption('month');
    await until('the months are shown', async () => (await cells('From')).every((text) => /^1 /.test(text)), 10_000);
    expect([page.url().endsWith('?by=month'), complaints]).toEqual([true, []]);
  });
});

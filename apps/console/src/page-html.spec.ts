import { describe, expect, it } from '@jest/globals';
import { pageHtml, unreadableHtml } from './page-html.js';
import { pageOf } from './page-of.js';
import { Words } from './plain-words.js';
import { aBadMorning, aHeldJob, anEnd, anOverview, TAKEN_AT } from './testing/overview.builder.js';

const words = new Words(TAKEN_AT, 'Africa/Nairobi', new Map([['kisumu', `<img src=x onerror="alert('x')">&`]]));
const html = pageHtml(pageOf(aBadMorning(), words));

describe('the page', () => {
  it('escapes whatever it is given', () => {
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;x&#39;)&quot;&gt;&amp; is down since 07:37');
    const script = '<script>1</script>';
    const overview = anOverview({ held: [aHeldJob({ code: script, names: [script] })], heldTotal: 1, ends: [anEnd({ fields: [script], lost: [script] })] });
    expect(pageHtml(pageOf(overview, words))).not.toContain('<script>1');
  });

  it('needs nothing from elsewhere and holds no script or style of its own, so that its policy can be strict', () => {
    for (const page of [html, unreadableHtml()]) {
      expect(page).not.toMatch(/https?:|\bstyle=|<style|\bon[a-z]+="/);
      expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].every(([, url]) => /^\/[a-z.]+$/.test(url ?? ''))).toBe(true);
      expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
    }
  });

  it('says by text what its colours say, for those who cannot tell them apart', () => {
    expect([...html.matchAll(/class="tone (?:good|busy|bad|quiet)"[^>]*>([^<]*)</g)].filter(([, text]) => (text ?? '').trim() === '')).toEqual([]);
  });

  it('names each cell by its column, for phones', () => {
    expect(html).toContain('<td data-column="Freshness">');
  });
});

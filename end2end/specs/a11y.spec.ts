// axe finds nothing: every page once in light at a desk, and once in dark on a phone (`playwright.config.ts`).

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { encode, evidenceLink, evidenceTitle, itemPath, numbersOf, openReady, predictPath, title } from '../support/pages.ts';
import { nobody, people, stateOf } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('home and results', async ({ page, plant }) => {
  await openReady(page, '/');
  expect(await violations(page)).toEqual([]);
  await openReady(page, `/?q=${encode(plant.withRouting().code.slice(0, 3))}`);
  expect(await violations(page)).toEqual([]);
});

test('item', async ({ page, plant }) => {
  await openReady(page, itemPath(plant.withRouting().code));
  expect(await violations(page)).toEqual([]);
});

test('prediction with its evidence', async ({ page, words, plant }) => {
  const known = await plant.wellKnown();
  await openReady(page, predictPath(known.item));
  expect(await violations(page)).toEqual([]);
  await evidenceLink(page, words, 0).click();
  await expect(evidenceTitle(page, words)).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('prediction with its reasons', async ({ page, words, plant }) => {
  const known = await plant.wellKnown();
  await openReady(page, `${predictPath(known.item)}&own=ignore&why=1`);
  await expect(page.getByRole('heading', { name: words.text('explain-attributes') })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('model', async ({ page, words }) => {
  await openReady(page, '/model');
  await expect(page.getByRole('img', { name: words.text('model-reliability') })).toBeVisible();
  await expect(page.getByRole('img', { name: words.text('model-families') })).toBeVisible();
  for (const details of await page.locator('main details > summary').all()) await details.click();
  await expect(numbersOf(page, words, 'model-families')).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('prediction form', async ({ page }) => {
  await openReady(page, '/predict');
  expect(await violations(page)).toEqual([]);
});

test('an address that nothing has', async ({ page, watch }) => {
  watch.allow(/404/);
  await openReady(page, '/no-such-page');
  expect(await violations(page)).toEqual([]);
});

test('accounts and administration; nothing scrolls sideways', async ({ browser, language, colorScheme, isMobile, viewport }) => {
  // Some twenty pages.
  test.slow();
  const locale = language === 'ko' ? 'ko-KR' : 'en-GB';
  const look = async (storageState: string | typeof nobody, paths: string[]) => {
    const context = await browser.newContext({ storageState, locale, colorScheme, viewport, isMobile: isMobile ?? false });
    const page = await context.newPage();
    for (const path of paths) {
      await page.goto(path);
      for (const fold of await page.locator('main details > summary').all()) await fold.click();
      expect(await violations(page), path).toEqual([]);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(sideways, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
    }
    await context.close();
  };
  await look(nobody, ['/sign-in', '/sign-up', '/waiting', '/setup?key=x', '/link?key=x', '/signed-out']);
  await look(stateOf(people.admin), ['/password', '/profile', '/users', '/users/import', '/audit', '/settings', '/jobs']);
  await look(stateOf(people.viewer), ['/users', '/profile']);
});

/** What axe found: rule, what it says, and where. */
async function violations(page: Page): Promise<string[]> {
  await expect(title(page)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${rule.help} at ${node.target.join(' ')}`));
}

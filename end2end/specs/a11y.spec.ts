// axe finds nothing, in both languages, light and dark, at a desk and on a phone.

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { encode, evidenceLink, evidenceTitle, itemPath, numbersOf, openReady, predictPath, title } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

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
  });
}

/** What axe found: rule, what it says, and where. */
async function violations(page: Page): Promise<string[]> {
  await expect(title(page)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${rule.help} at ${node.target.join(' ')}`));
}

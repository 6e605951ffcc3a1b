// A phone: nothing to scroll sideways, targets that a thumb hits, the evidence as a sheet.

import type { Page } from '@playwright/test';
import { evidenceLink, evidenceTitle, itemPath, openReady, predictPath, title } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

const MIN_TARGET_PX = 44;

for (const width of [360, 390]) {
  test(`every page fits ${width} px`, async ({ page, plant }) => {
    await page.setViewportSize({ width, height: 844 });
    const known = plant.withRouting();
    const pages = ['/', '/?q=', itemPath(known.code), '/model', '/predict', predictPath(known.code)];
    for (const path of pages) {
      await openReady(page, path);
      await expect(title(page)).toBeVisible();
      expect(await sidewaysPx(page), `${path} scrolls sideways`).toBeLessThanOrEqual(0);
      expect(await smallTargets(page), `${path} has targets below ${MIN_TARGET_PX} px`).toEqual([]);
    }
  });
}

test('evidence is a sheet from below', async ({ page, words, plant }) => {
  const known = await plant.wellKnown();
  await openReady(page, predictPath(known.item));
  await evidenceLink(page, words, 0).tap();
  const sheet = page.getByRole('region', { name: words.pattern('evidence-title', 'seq', 'job') });
  await expect(evidenceTitle(page, words)).toBeInViewport();
  const [box, view] = [await sheet.boundingBox(), page.viewportSize()!];
  expect(box, 'the sheet has a place on the screen').not.toBeNull();
  expect(box!.width, 'the sheet is as wide as the phone').toBeGreaterThan(view.width - 32);
  expect(box!.y + box!.height, 'the sheet ends at the bottom').toBeCloseTo(view.height, -1);
  expect(await sidewaysPx(page)).toBeLessThanOrEqual(0);
  expect(await smallTargets(page)).toEqual([]);
  await page.getByRole('link', { name: words.text('evidence-close') }).tap();
  await expect(sheet).toBeHidden();
});

/** How far the page can be moved sideways, px. */
function sidewaysPx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Buttons, fields and links that look like buttons which are too small; links within a sentence may be. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((min) => {
    const controls = document.querySelectorAll<HTMLElement>('button, a.button, input, select, textarea, summary, nav a');
    return [...controls]
      .filter((control) => control.checkVisibility() && !control.matches('[type="hidden"], .visually-hidden'))
      .map((control) => {
        // A label around a radio button or a check box is its target.
        const target = control.matches('[type="radio"], [type="checkbox"]') ? (control.closest('label') ?? control) : control;
        return { control, box: target.getBoundingClientRect() };
      })
      .filter(({ box }) => box.height > 0 && (box.height < min - 0.5 || box.width < min - 0.5))
      .map(({ control, box }) => {
        const name = control.getAttribute('aria-label') ?? control.textContent?.trim() ?? '';
        return `${control.tagName.toLowerCase()} "${name}" ${Math.round(box.width)}×${Math.round(box.height)}`;
      });
  }, MIN_TARGET_PX);
}

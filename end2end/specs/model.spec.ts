// The page of the model: failures first, worst group first, and every figure in words as well as in pictures.

import type { Page } from '@playwright/test';
import { numbersOf, openReady, title } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';
import type { Words } from '../support/words.ts';

const rows = (page: Page, words: Words, caption: string) =>
  numbersOf(page, words, caption).locator('tbody').getByRole('row');

/** Shares of the first column of figures that end in a percent sign; "<1%" is read as 0.5. */
async function shares(page: Page, words: Words, caption: string): Promise<number[]> {
  const texts = await rows(page, words, caption).allInnerTexts();
  return texts.map((text) => {
    const found = /(<?)(\d+)%/.exec(text);
    if (!found) throw new Error(`${caption}: a row without a share: ${text}`);
    return found[1] ? 0.5 : Number(found[2]);
  });
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('the worst group leads, and a failure leads to its item', async ({ page, words, watch }) => {
      if (javaScriptEnabled) {
        await openReady(page, '/model');
      } else {
        // Chromium refuses to preload a script that it is told not to run.
        watch.allow(/^csp GET .*\/pkg\//);
        await page.goto('/model');
      }
      const worstFirst = await shares(page, words, 'model-groups');
      expect(worstFirst.length).toBeGreaterThan(1);
      expect(worstFirst).toEqual([...worstFirst].sort((a, b) => a - b));

      const failures = page.locator('.failures');
      await expect(failures.getByRole('heading', { level: 4 }).first()).toBeVisible();
      const item = failures.getByRole('link').first();
      const code = await item.innerText();
      await item.click();
      await expect(title(page)).toHaveText(code);
    });
  });
}

test('the model stands beside its parts and what needs no model', async ({ page, words }) => {
  await openReady(page, '/model');
  const methods = rows(page, words, 'model-methods');
  await expect(methods.first()).toContainText(words.text('model-method-whole'));
  await expect(methods.filter({ hasText: words.text('model-method-nearest') })).toHaveCount(1);
  const [whole, ...others] = await shares(page, words, 'model-methods');
  expect(others.length).toBeGreaterThan(2);
  expect(whole!).toBeGreaterThan(Math.min(...others));
});

test('each way of holding items out shows the model, baselines and the difference', async ({ page, words }) => {
  await openReady(page, '/model');
  for (const split of ['random', 'time', 'family']) {
    const part = page.locator('.measured__part').filter({ hasText: words.text(`model-measured-${split}`) });
    await expect(part).toHaveCount(1);
    const measured = rows(page, words, `model-measured-${split}`);
    await expect(measured.first()).toContainText(words.text('model-method-whole'));
    await expect(measured.filter({ hasText: words.text('model-method-logistic') })).toHaveCount(1);
    const [whole, ...baselines] = await shares(page, words, `model-measured-${split}`);
    expect(whole!).toBeGreaterThan(Math.min(...baselines));
    // Against the best baseline, against the best part, and how far confidence is off.
    await expect(part.getByRole('listitem')).toHaveCount(3);
  }
});

test('the order of the page: what it is, failures, comparison, confidence, families', async ({ page, words }) => {
  await openReady(page, '/model');
  const keys = ['facts', 'misses', 'groups', 'methods', 'measured', 'reliability', 'coverage', 'families'];
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(keys.map((key) => words.text(`model-${key}`)));
  const map = page.getByRole('img', { name: words.text('model-families') });
  expect(await map.locator('circle').count()).toBeGreaterThan(1);
});

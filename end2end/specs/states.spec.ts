// The other designed states: empty, unknown, abstained, wrong address, too much.

import { itemPath, openReady, search, title } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

const NOWHERE = 'NOWHERE-0000-XX';
/** Neither a code pattern nor a word of any plant. */
const NONSENSE = '@@@@';

test('a search without matches', async ({ page, words }) => {
  await openReady(page, '/');
  await search(page, words, NOWHERE);
  await expect(page.getByText(words.text('results-none'), { exact: true })).toBeVisible();
  await expect(page.getByText(words.text('results-none-hint'), { exact: true })).toBeVisible();
});

test('an unknown item is a 404 that says so', async ({ page, words, watch }) => {
  watch.allow(/404/);
  const response = await page.goto(itemPath(NOWHERE));
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: NOWHERE, exact: true })).toBeVisible();
  await expect(page.getByText(words.text('unknown-nothing-near'))).toBeVisible();
});

test('an unknown address is a 404 that leads home', async ({ page, words, watch }) => {
  watch.allow(/404/);
  const response = await page.goto('/no-such-page');
  expect(response?.status()).toBe(404);
  await expect(title(page)).toHaveText(words.text('not-found-page-title'));
  await page.getByRole('link', { name: words.text('not-found-page-home') }).click();
  await expect(title(page)).toHaveText(words.text('home-heading'));
});

test('a description of nothing is answered as a new item without a proposal', async ({ page, words, plant }) => {
  const [predicted] = await plant.predict({ items: [{ code: NONSENSE, attributes: {} }] });
  expect(predicted!.abstained).toBe(true);
  await openReady(page, `/predict?item_cd=${encodeURIComponent(NONSENSE)}`);
  await expect(title(page)).toHaveText(NONSENSE);
  await expect(page.getByText(words.text('predict-is-new'), { exact: true })).toBeVisible();
  const reason = predicted!.abstain_reason!.replaceAll('_', '-');
  await expect(page.getByText(words.text(`abstain-${reason}`))).toBeVisible();
});

test('codes that no item has are named before anything is predicted', async ({ page, words, watch }) => {
  watch.allow(/4\d\d/);
  const codes = Array.from({ length: 51 }, (_, at) => `C${at}`).join(',');
  await page.goto(`/predict?code=${codes}`);
  await expect(title(page)).toHaveText(words.text('unknown-title', { n: 50 }));
  await expect(page.getByRole('heading', { name: 'C49', exact: true })).toBeVisible();
});

test('keeping for offline waits for the client', async ({ browser, words, language }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: language });
  const page = await context.newPage();
  await page.goto('/');
  await expect(page.getByRole('button', { name: words.text('keep-action') })).toBeDisabled();
  await expect(page.getByText(words.text('keep-needs-script'))).toBeVisible();
  await context.close();
});

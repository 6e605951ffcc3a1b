// Without JavaScript: what the server sends is enough to search, read and predict.

import { candidates, evidenceLink, evidenceTitle, itemPath, operations, otherLanguage, predictPath, result, search, title } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';
import { Words } from '../support/words.ts';

test.use({ javaScriptEnabled: false });

// Chromium refuses to preload a script that it is told not to run.
test.beforeEach(({ watch }) => watch.allow(/^csp GET .*\/pkg\//));

test('search, read an item, predict its routing', async ({ page, words, plant }) => {
  const item = plant.withRouting();
  await page.goto('/');
  await expect(title(page)).toHaveText(words.text('home-heading'));
  await search(page, words, item.code);
  await result(page, item.code).click();
  await expect(title(page)).toHaveText(item.code);
  await expect(page.getByText(item.name, { exact: true }).first()).toBeVisible();

  await page.getByRole('link', { name: words.text('item-predict') }).click();
  await expect(title(page)).toHaveText(item.code);
  expect(await operations(page, words).count()).toBeGreaterThan(0);
});

test('candidates and evidence are links', async ({ page, words, plant }) => {
  const known = await plant.wellKnown();
  await page.goto(predictPath(known.item));
  await expect(candidates(page, words)).toHaveCount(known.candidates.length);
  await candidates(page, words).nth(1).click();
  await expect(candidates(page, words).nth(1)).toHaveAttribute('aria-current', 'true');
  await expect(operations(page, words)).toHaveCount(known.candidates[1]!.operations.length);
  await evidenceLink(page, words, 0).click();
  await expect(evidenceTitle(page, words)).toBeVisible();
});

test('several codes at once', async ({ page, words, plant }) => {
  const codes = plant.items.slice(0, 3).map((item) => item.code);
  await page.goto('/predict');
  await page.getByLabel(words.text('codes-label')).fill(codes.join('\n'));
  await page.getByRole('button', { name: words.text('codes-submit'), exact: true }).click();
  const tabs = page.getByRole('navigation', { name: words.text('predict-items-label') }).getByRole('link');
  await expect(tabs).toHaveCount(3);
  for (const [at, code] of codes.entries()) await expect(tabs.nth(at)).toContainText(code);
  await tabs.nth(2).click();
  await expect(title(page)).toHaveText(codes[2]!);
});

test('a described item', async ({ page, words, plant, request }) => {
  const known = await plant.wellKnown();
  const detail = await (await request.get(`/api/v1${itemPath(known.item)}`)).json();
  const wanted = new Map<string, string>(Object.entries(detail.item.attributes));
  await page.goto('/predict');
  await page.getByLabel(words.text('describe-code'), { exact: true }).fill('NEW-1');
  const attributes: Record<string, string> = {};
  for (const input of await page.locator('input[name^="a."]').all()) {
    const name = (await input.getAttribute('name'))!.slice(2);
    const value = wanted.get(name);
    if (value === undefined || !(await input.isVisible())) continue;
    await input.fill(value);
    attributes[name] = value;
  }
  expect(Object.keys(attributes).length, 'the form offers what the plant keeps').toBeGreaterThan(2);
  await page.getByRole('button', { name: words.text('describe-submit') }).click();
  await expect(title(page)).toHaveText('NEW-1');
  await expect(page.getByText(words.text('predict-is-new'), { exact: true }).first()).toBeVisible();
  const [predicted] = await plant.predict({ items: [{ code: 'NEW-1', name: null, attributes }] });
  expect(predicted!.abstained, 'the attributes of an item of the plant say something').toBe(false);
  await expect(operations(page, words)).toHaveCount(predicted!.candidates[0]!.operations.length);
});

test('the language switch keeps the page', async ({ page, words, plant }) => {
  const other = new Words(words.language === 'ko' ? 'en' : 'ko');
  await page.goto(predictPath(plant.withRouting().code));
  const address = page.url();
  await expect(page.locator('html')).toHaveAttribute('lang', words.language);
  await otherLanguage(page, words).click();
  await expect(page.locator('html')).toHaveAttribute('lang', other.language);
  expect(page.url()).toBe(address);
  await expect(page.getByText(other.text('lot-label'), { exact: true })).toBeVisible();
});

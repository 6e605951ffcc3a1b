// The one question, and why the first candidate and not the next: as links, with and without JavaScript, and offline.

import type { Page } from '@playwright/test';
import { candidates, openReady, operations, predictPath } from '../support/pages.ts';
import type { Plant, Prediction } from '../support/plant.ts';
import { expect, test } from '../support/test.ts';
import { CUT_NETWORK } from '../support/watch.ts';
import type { Words } from '../support/words.ts';

interface Asked {
  name: string;
  prediction: Prediction;
}

/** A name for which the model has something to ask. */
async function unsure(plant: Plant): Promise<Asked> {
  const names = [...new Set(plant.items.flatMap((item) => (item.n_routings > 0 && item.name ? [item.name] : [])))];
  const items = names.slice(0, 50).map((name) => ({ code: '', name, attributes: {} }));
  const predictions = await plant.predict({ items });
  const at = predictions.findIndex(({ question }) => question !== null && question.values.length > 1);
  expect(at, `one of ${items.length} names alone leaves something to ask`).toBeGreaterThanOrEqual(0);
  return { name: items[at]!.name, prediction: predictions[at]! };
}

const question = (page: Page, words: Words) =>
  page.getByRole('region', { name: words.pattern('question-title', 'attribute') });

const reasons = (page: Page, words: Words) =>
  page.getByRole('region', { name: words.text('explain-open'), exact: true });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });
    // Chromium refuses to preload a script that it is told not to run.
    test.beforeEach(({ watch }) => (javaScriptEnabled ? undefined : watch.allow(/^csp GET .*\/pkg\//)));

    const open = (page: Page, path: string) => (javaScriptEnabled ? openReady(page, path) : page.goto(path));

    test('an answer is a link that asks again', async ({ page, words, plant }) => {
      const { name, prediction } = await unsure(plant);
      const { attribute, values } = prediction.question!;
      await open(page, `/predict?item_nm=${encodeURIComponent(name)}`);
      const links = question(page, words).getByRole('link');
      await expect(links).toHaveCount(values.length);
      await links.first().click();
      await expect(page).toHaveURL(new RegExp(`a\\.${attribute}=`));
      const told = { code: '', name, attributes: { [attribute]: values[0]!.value } };
      const [after] = await plant.predict({ items: [told] });
      await expect(candidates(page, words)).toHaveCount(after!.candidates.length);
    });

    test('any other answer has a field', async ({ page, words, plant }) => {
      const { name, prediction } = await unsure(plant);
      await open(page, `/predict?item_nm=${encodeURIComponent(name)}`);
      await question(page, words).getByLabel(words.text('question-other')).fill('@@ 7');
      await question(page, words).getByRole('button', { name: words.text('codes-submit') }).click();
      await expect(page).toHaveURL(new RegExp(`a\\.${prediction.question!.attribute}=%40%40`));
    });

    test('the reasons open and close with the address', async ({ page, words, plant }) => {
      const known = await plant.wellKnown();
      await open(page, `${predictPath(known.item)}&own=ignore`);
      await page.getByRole('link', { name: words.text('explain-open') }).click();
      await expect(page).toHaveURL(/why=1/);
      await expect(reasons(page, words).getByRole('heading', { name: words.text('explain-attributes') })).toBeVisible();
      const first = await reasons(page, words).innerText();
      await candidates(page, words).last().click();
      if (known.candidates.length > 2) await expect.poll(() => reasons(page, words).innerText()).not.toEqual(first);
      await reasons(page, words).getByRole('link', { name: words.text('evidence-close') }).click();
      await expect(reasons(page, words)).toBeHidden();
    });
  });
}

test('question and reasons fit a phone', async ({ page, words, plant }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { name } = await unsure(plant);
  const known = await plant.wellKnown();
  for (const path of [`/predict?item_nm=${encodeURIComponent(name)}`, `${predictPath(known.item)}&own=ignore&why=1`]) {
    await openReady(page, path);
    await expect(question(page, words).or(reasons(page, words)).first()).toBeVisible();
    const sideways = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await page.evaluate(sideways), `${path} scrolls sideways`).toBeLessThanOrEqual(0);
  }
});

test('without a network the kept model gives its reasons', async ({ page, context, words, plant, watch }) => {
  const known = await plant.wellKnown();
  await openReady(page, '/');
  await page.getByRole('button', { name: words.text('keep-action'), exact: true }).click();
  await expect(page.getByRole('button', { name: words.text('keep-again') })).toBeEnabled();
  await openReady(page, `${predictPath(known.item)}&own=ignore`);
  watch.allow(CUT_NETWORK);
  await context.setOffline(true);
  await expect(page.getByText(words.text('connection-offline'), { exact: true })).toBeVisible();
  await expect(operations(page, words).first()).toBeVisible();
  await page.getByRole('link', { name: words.text('explain-open') }).click();
  await expect(reasons(page, words).getByRole('heading', { name: words.text('explain-attributes') })).toBeVisible();
});

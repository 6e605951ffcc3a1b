// With JavaScript: one page that never reloads, and what only the client can do.

import type { Page } from '@playwright/test';
import {
  candidates, encode, evidenceLink, evidenceTitle, itemPath, openReady, operations, otherLanguage, predictPath, result,
  search, title,
} from '../support/pages.ts';
import { expect, test } from '../support/test.ts';
import { Words } from '../support/words.ts';

test('search, item and prediction in one page, back and forward', async ({ page, words, plant }) => {
  const item = plant.withRouting();
  await openReady(page, '/');
  await markPage(page);
  await search(page, words, item.code);
  await result(page, item.code).click();
  await expect(title(page)).toHaveText(item.code);
  expect(new URL(page.url()).pathname).toBe(itemPath(item.code));
  await page.getByRole('link', { name: words.text('item-predict') }).click();
  await expect(operations(page, words).first()).toBeVisible();

  await page.goBack();
  await expect(page.getByRole('link', { name: words.text('item-predict') })).toBeVisible();
  await page.goBack();
  await expect(result(page, item.code)).toBeVisible();
  await page.goForward();
  await expect(title(page)).toHaveText(item.code);
  await expectSamePage(page);
});

test('candidates and evidence', async ({ page, words, plant }) => {
  const known = await plant.wellKnown();
  await openReady(page, predictPath(known.item));
  await markPage(page);
  await expect(candidates(page, words)).toHaveCount(known.candidates.length);
  for (const [at, candidate] of known.candidates.entries()) {
    await candidates(page, words).nth(at).click();
    await expect(candidates(page, words).nth(at)).toHaveAttribute('aria-current', 'true');
    await expect(operations(page, words)).toHaveCount(candidate.operations.length);
  }

  const voted = known.candidates.findIndex(({ operations }) => operations[0]!.evidence.length > 0);
  await candidates(page, words).nth(voted).click();
  await evidenceLink(page, words, 0).click();
  const job = known.candidates[voted]!.operations[0]!;
  await expect(evidenceTitle(page, words)).toHaveText(
    words.text('evidence-title', { seq: job.seq, job: job.job_name ?? job.job }),
  );
  const votes = page.getByRole('region', { name: words.pattern('evidence-title', 'seq', 'job') }).getByRole('listitem');
  await expect(votes).toHaveCount(job.evidence.length);
  await page.getByRole('link', { name: words.text('evidence-close') }).click();
  await expect(evidenceTitle(page, words)).toBeHidden();
  await expectSamePage(page);
});

test('a verdict is stored once', async ({ page, words, plant }) => {
  const known = await plant.wellKnown();
  await openReady(page, predictPath(known.item));
  const up = page.getByRole('button', { name: words.text('feedback-up'), exact: true });
  const receipts: { id: string; wasKnown: boolean }[] = [];
  for (const times of ['first', 'second']) {
    const [response] = await Promise.all([
      page.waitForResponse((response) => response.url().includes('/send_feedback')),
      up.click(),
    ]);
    expect(response.status(), `the ${times} click`).toBe(200);
    // Packed: the id as a text, then one byte for the flag.
    const body = await response.body();
    receipts.push({ id: body.subarray(0, -1).toString('latin1'), wasKnown: body.at(-1) === 1 });
    await expect(page.getByText(words.text('feedback-stored-up'))).toBeVisible();
    await expect(up).toHaveAttribute('aria-pressed', 'true');
  }
  expect(receipts.map((receipt) => receipt.wasKnown)).toEqual([false, true]);
  expect(receipts[1]!.id).toBe(receipts[0]!.id);
});

test('the lot size changes the total time', async ({ page, words, plant }) => {
  const known = await plant.wellKnown();
  await openReady(page, predictPath(known.item));
  await markPage(page);
  const lot = page.getByLabel(words.text('lot-label'), { exact: true });
  const total = page.getByRole('status').and(page.locator('output'));
  const before = await total.textContent();
  await lot.fill('1000');
  await lot.press('Tab');
  await expect(total).not.toHaveText(before ?? '');
  await expect(page).toHaveURL(/[?&]lot=1000/);
  await expectSamePage(page);
});

test('the language switch keeps the page', async ({ page, words, plant }) => {
  const other = new Words(words.language === 'ko' ? 'en' : 'ko');
  const code = plant.withRouting().code;
  await openReady(page, `/?q=${encode(code)}`);
  await result(page, code).click();
  await expect(title(page)).toHaveText(code);
  const address = page.url();
  await otherLanguage(page, words).click();
  await expect(page.locator(`html[lang="${other.language}"][data-ready]`)).toBeAttached();
  expect(page.url()).toBe(address);
  await expect(page.getByRole('link', { name: other.text('item-predict') })).toBeVisible();
});

/** A mark that a reload would lose. */
async function markPage(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
}

async function expectSamePage(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'isSamePage' in window), 'the page was reloaded').toBe(true);
}

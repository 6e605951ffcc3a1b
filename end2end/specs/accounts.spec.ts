// People: signing in and out, an admin's pages, a page that is not for everybody; with and without scripts.

import type { Browser, Page } from '@playwright/test';
import { openReady, predictPath, title } from '../support/pages.ts';
import { nobody, password, people, stateOf } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import type { Words } from '../support/words.ts';

async function fillIn(page: Page, words: Words, name: string, secret: string): Promise<void> {
  await page.getByLabel(words.text('field-name'), { exact: true }).fill(name);
  await page.getByLabel(words.text('field-password'), { exact: true }).fill(secret);
  await page.getByRole('button', { name: words.text('sign-in-submit') }).click();
}

/** A page of somebody else, in a context of its own. */
async function pageOf(browser: Browser, storageState: string | typeof nobody, language: string): Promise<Page> {
  const context = await browser.newContext({ storageState, locale: language === 'ko' ? 'ko-KR' : 'en-GB' });
  return context.newPage();
}

test.describe('nobody', () => {
  test.use({ storageState: nobody, javaScriptEnabled: false });

  test('is led to the page that was asked for, by the sign-in page', async ({ page, words, watch }) => {
    watch.allow(/40[14]/);
    await page.goto(predictPath('A'));
    await expect(title(page)).toHaveText(words.text('sign-in-title'));
    await fillIn(page, words, people.viewer, 'a wrong password');
    await expect(page.getByRole('alert').first()).toContainText(words.text('sign-in-wrong'));
    await expect(page.getByLabel(words.text('field-name'), { exact: true })).toHaveValue(people.viewer);
    await expect(page.getByLabel(words.text('field-password'), { exact: true })).toHaveValue('');
    // Chromium refuses to preload a script that it is told not to run.
    watch.allow(/^csp GET .*\/pkg\//);
    await fillIn(page, words, people.viewer, password);
    await expect(page).toHaveURL(/\/predict\?code=A$/);
    await expect(page.getByRole('link', { name: people.viewer })).toBeVisible();
  });

  test('signs up and waits', async ({ page, words, watch }) => {
    watch.allow(/422/);
    await page.goto('/sign-in');
    await page.getByRole('link', { name: words.text('sign-in-sign-up') }).click();
    const name = `new ${words.language} ${Date.now() % 1_000_000}`;
    const fill = async (first: string, second: string) => {
      await page.getByLabel(words.text('field-name'), { exact: true }).fill(name);
      const fields = page.locator('input[type="password"]');
      await fields.nth(0).fill(first);
      await fields.nth(1).fill(second);
      await page.locator('main form .button--filled').click();
    };
    await fill('short', 'short');
    await expect(page.getByRole('alert').first()).toBeVisible();
    await fill('a horse on the roof', 'a horse on the roof');
    await expect(page).toHaveURL(/\/waiting$/);
    await page.goto('/sign-in');
    await fillIn(page, words, name, 'a horse on the roof');
    await expect(page).toHaveURL(/\/waiting$/);
  });
});

test('signing out ends the session and deletes what the browser keeps', async ({ browser, language, words }) => {
  const page = await pageOf(browser, nobody, language);
  await page.goto('/sign-in');
  await fillIn(page, words, people.viewer, password);
  await openReady(page, '/');
  await page.getByRole('button', { name: words.text('keep-action'), exact: true }).click();
  await expect(page.getByRole('button', { name: words.text('keep-again') })).toBeEnabled();
  await page.evaluate(() => localStorage.setItem('left', 'behind'));
  await page.getByRole('link', { name: people.viewer }).click();
  await page.getByRole('button', { name: words.text('sign-out') }).click();
  await expect(title(page)).toHaveText(words.text('signed-out-title'));
  await expect(page.getByText(words.text('signed-out-done'))).toBeVisible();
  const left = await page.evaluate(async () => [(await indexedDB.databases()).length, localStorage.length]);
  expect(left).toEqual([0, 0]);
  await page.goto('/');
  await expect(title(page)).toHaveText(words.text('sign-in-title'));
  await page.context().close();
});

test('a page that a role does not allow says so', async ({ browser, language, words }) => {
  const page = await pageOf(browser, stateOf(people.viewer), language);
  for (const path of ['/users', '/audit', '/settings', '/users/import']) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(403);
    await expect(title(page)).toBeVisible();
    await expect(page.getByText(words.text('role-admin')).first()).toBeVisible();
  }
  await page.context().close();
});

test('a session that ended while a page was open asks to sign in', async ({ browser, language, words }) => {
  const page = await pageOf(browser, nobody, language);
  await page.goto('/sign-in');
  await fillIn(page, words, people.viewer, password);
  await openReady(page, '/');
  await page.context().clearCookies();
  await page.getByRole('searchbox', { name: words.text('search-label') }).fill('A');
  await page.getByRole('button', { name: words.text('search-submit') }).click();
  await expect(page.getByText(words.text('error-sign-in-needed'))).toBeVisible();
  await page.context().close();
});

test.describe('an admin', () => {
  test.use({ storageState: stateOf(people.admin), javaScriptEnabled: false });

  test('lets in who waits, and the new one chooses another password after a reset', async ({ browser, page, words, language }) => {
    const name = `asked ${language} ${Date.now() % 1_000_000}`;
    const other = await pageOf(browser, nobody, language);
    await other.goto('/sign-up');
    await other.getByLabel(words.text('field-name'), { exact: true }).fill(name);
    for (const field of await other.locator('input[type="password"]').all()) await field.fill('a horse on the roof');
    await other.locator('main form .button--filled').click();

    await page.goto('/users');
    const waiting = page.getByRole('listitem').filter({ hasText: name });
    await waiting.getByRole('button', { name: words.text('users-approve') }).click();
    await expect(page.getByText(words.text('done-approved'))).toBeVisible();

    await page.goto(`/users?q=${encodeURIComponent(name)}`);
    const row = page.getByRole('listitem').filter({ hasText: name });
    await row.locator('summary').click();
    await row.getByRole('button', { name: words.text('users-reset') }).click();
    const temporary = (await page.locator('.secret code, .secret__text').first().innerText()).trim();
    expect(temporary.length).toBeGreaterThan(12);

    await other.goto('/sign-in');
    await fillIn(other, words, name, temporary);
    await expect(other).toHaveURL(/\/password$/);
    const fields = other.locator('input[type="password"]');
    for (const [at, value] of [temporary, 'a cow under the bridge', 'a cow under the bridge'].entries()) {
      await fields.nth(at).fill(value);
    }
    await other.locator('main form .button--filled').click();
    await expect(title(other)).toHaveText(words.text('home-heading'));
    await other.context().close();
  });

  test('adds people from a table', async ({ page, words, language }) => {
    const stamp = Date.now() % 1_000_000;
    const table = `name,role\nfirst ${language} ${stamp},viewer\n${people.admin},admin\nbad,boss\n`;
    await page.goto('/users/import');
    const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(table) };
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.locator('main form .button--filled').click();
    await expect(page.getByText(`first ${language} ${stamp}`).first()).toBeVisible();
    await expect(page.getByText('boss').first()).toBeVisible();
    await page.locator('main form .button--filled').last().click();
    await expect(page.getByText(`first ${language} ${stamp}`).first()).toBeVisible();
    await page.goto(`/users?q=${stamp}`);
    await expect(page.getByRole('listitem').filter({ hasText: `first ${language} ${stamp}` })).toBeVisible();
  });

  test('makes a token, sees it once, and finds all of it in the trail', async ({ page, words, language }) => {
    await page.goto('/profile');
    for (const fold of await page.locator('main details > summary').all()) await fold.click();
    await page.locator('input[name="name"]').fill(`erp ${language}`);
    await page.locator('input[name="scope"][value="read"]').check();
    await page.locator('input[name="days"]').fill('30');
    await page.locator('form:has(input[value="make_token"]) button[type="submit"]').click();
    await expect(page.getByText(/rml_[\w-]{43}/).first()).toBeVisible();
    await page.goto('/audit?action=make_token');
    const line = page.locator('main tbody tr').filter({ hasText: `erp ${language}` }).first();
    await expect(line).toBeVisible();
    await expect(line).toContainText(words.text('action-make-token'));
  });

  test('settings are saved and shown', async ({ page, words }) => {
    await page.goto('/settings');
    const days = page.locator('input[name="audit_kept_days"]');
    const other = (await days.inputValue()) === '400' ? '401' : '400';
    await days.fill(other);
    await page.locator('main form .button--filled').click();
    await expect(page.getByText(words.text('done-settings-saved'))).toBeVisible();
    await expect(days).toHaveValue(other);
  });
});

// The parts of the pages that several tests use, found by role and label.

import { expect, type Locator, type Page } from '@playwright/test';
import type { Words } from './words.ts';

/** A path segment or query value. */
export const encode = encodeURIComponent;

export const itemPath = (code: string): string => `/items/${encode(code)}`;
export const predictPath = (code: string): string => `/predict?code=${encode(code)}`;

/** Opens a page and waits until the client has taken it over. */
export async function openReady(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator('html[data-ready]')).toBeAttached();
}

/** Searches from the page's own search field. */
export async function search(page: Page, words: Words, text: string): Promise<void> {
  await page.getByRole('searchbox', { name: words.text('search-label') }).fill(text);
  await page.getByRole('button', { name: words.text('search-submit') }).click();
  await expect(page.getByRole('heading', { name: words.text('results-title') })).toBeVisible();
}

/** The link to an item in the results. */
export const result = (page: Page, code: string): Locator => page.getByRole('link', { name: code, exact: true });

export const title = (page: Page): Locator => page.getByRole('heading', { level: 1 });

/** The rows of the shown candidate. */
export const operations = (page: Page, words: Words): Locator =>
  page.getByRole('table', { name: words.text('operations-title') }).locator('tbody').getByRole('row');

/** The tabs of the candidates. */
export const candidates = (page: Page, words: Words): Locator =>
  page.getByRole('navigation', { name: words.text('candidates-label') }).getByRole('link');

/** The link that opens the evidence of an operation. */
export const evidenceLink = (page: Page, words: Words, row: number): Locator =>
  operations(page, words).nth(row).getByRole('link', { name: words.text('operation-open') });

/** The heading of the open evidence. */
export const evidenceTitle = (page: Page, words: Words): Locator =>
  page.getByRole('heading', { level: 2, name: words.pattern('evidence-title', 'seq', 'job') });

/** The table of figures in a section of the page of the model. */
export const numbersOf = (page: Page, words: Words, section: string): Locator =>
  page.getByRole('table', { name: `${words.text(section)}: ${words.text('model-numbers')}`, exact: true });

/** The link to the other language. */
export const otherLanguage = (page: Page, words: Words): Locator =>
  page.getByRole('link', { name: words.text('language-other'), exact: true });

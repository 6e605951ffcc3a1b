// A planner enters the features of a new gland by hand and sees the plant's standard routing beside those of similar items.

import type { Locator } from '@playwright/test';
import { candidates, openReady, operations } from '../support/pages.ts';
import type { ItemSummary } from '../support/plant.ts';
import { expect, test } from '../support/test.ts';

interface Detail {
  item: { attributes: Record<string, string> };
  routings: { operations: { job: string; job_name: string | null }[] }[];
}

test('features entered by hand lead to the standard routing', async ({ page, request, words }) => {
  const listed = await request.get('/api/v1/items?q=RTG-GLAND&limit=100');
  const codes = ((await listed.json()) as { items: ItemSummary[] }).items.map((item) => item.code);
  expect(codes.length, 'the plant keeps standard codes').toBeGreaterThan(2);
  const code = codes[Math.floor(codes.length / 2)]!;
  const detail = (await (await request.get(`/api/v1/items/${encodeURIComponent(code)}`)).json()) as Detail;
  const features = Object.entries(detail.item.attributes).filter(([name]) => name.startsWith('std_'));
  expect(features.length, `${code} says what it stands for`).toBeGreaterThan(3);

  await openReady(page, '/predict');
  const group: Locator = page.getByRole('group').filter({ hasText: words.text('describe-standard-text') });
  await page.getByText(words.text('describe-standard'), { exact: true }).click();
  for (const [name, value] of features) await group.getByLabel(name, { exact: true }).fill(value);
  await page.getByRole('button', { name: words.text('describe-submit') }).click();

  const standard = candidates(page, words).filter({ hasText: code });
  await expect(standard).toHaveCount(1);
  await expect(standard).toContainText(words.text('candidate-standard'));
  await standard.click();
  const jobs = detail.routings[0]!.operations;
  await expect(operations(page, words)).toHaveCount(jobs.length);
  for (const [at, { job, job_name }] of jobs.entries()) {
    await expect(operations(page, words).nth(at)).toContainText(job_name ?? job);
  }

  // What was entered is there again when the description is changed.
  await page.getByRole('link', { name: words.text('predict-edit') }).click();
  for (const [name, value] of features) await expect(group.getByLabel(name, { exact: true })).toHaveValue(value);
});

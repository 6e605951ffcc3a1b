// The client comes in parts: a page loads its own first, the others follow once it is alive, and one that does not come
// is said to be missing and can be asked for again.

import { itemPath, openReady, title } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

test('the home page is alive before the other parts are asked for', async ({ page }) => {
  await page.addInitScript(() => {
    const asked: Record<string, boolean> = {};
    const send = window.fetch.bind(window);
    window.fetch = (input, init) => {
      const part = /split-(\w+)\./.exec(String(input instanceof Request ? input.url : input))?.[1];
      if (part) asked[part] = document.documentElement.hasAttribute('data-ready');
      return send(input, init);
    };
    Object.assign(window, { asked });
  });
  await openReady(page, '/');
  const wasReady = (part: string) =>
    page.evaluate((part) => (window as unknown as { asked: Record<string, boolean> }).asked[part], part);
  expect(await wasReady('home')).toBe(false);
  for (const part of ['predict', 'item', 'offline']) {
    await expect.poll(() => wasReady(part), part).toBe(true);
    await expect(page.locator(`link[rel="preload"][href*="split-${part}."]`)).toHaveCount(0);
  }
  await expect(page.locator('link[rel="preload"][href*="split-home."]')).toHaveCount(1);
});

test('a page whose part does not come says so, and comes when it is asked for again', async ({ page, words, plant, watch }) => {
  watch.allow(/net::ERR_CONNECTION_REFUSED|Failed to fetch/);
  const parts = '**/*split-item.*.wasm';
  await page.route(parts, (route) => route.abort('connectionrefused'));
  const item = plant.withRouting();
  await openReady(page, `/?q=${encodeURIComponent(item.code)}`);
  await page.getByRole('link', { name: item.code, exact: true }).click();
  await expect(title(page)).toHaveText(words.text('slice-missing-title'));
  await page.unroute(parts);
  await page.getByRole('link', { name: words.text('try-again') }).click();
  await expect(page).toHaveURL(new RegExp(`${itemPath(item.code)}$`));
  await expect(title(page)).toHaveText(item.code);
});

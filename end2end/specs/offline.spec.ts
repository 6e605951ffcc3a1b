// The network is cut while the page is open: search, item and prediction go on from what is kept.

import type { Page } from '@playwright/test';
import { candidates, openReady, operations, result, search, title } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';
import { CUT_NETWORK } from '../support/watch.ts';
import type { Words } from '../support/words.ts';

const keepButton = (page: Page, words: Words) => page.getByRole('button', { name: words.text('keep-action'), exact: true });
const removeButton = (page: Page, words: Words) => page.getByRole('button', { name: words.text('keep-remove') });
const offlineMark = (page: Page, words: Words) => page.getByText(words.pattern('offline-mark', 'age'));

async function keep(page: Page, words: Words): Promise<void> {
  await keepButton(page, words).click();
  await expect(page.getByRole('button', { name: words.text('keep-again') })).toBeEnabled();
}

test('keep, lose the network, go on, come back, remove', async ({ page, context, words, plant, watch }) => {
  const known = await plant.wellKnown();
  await openReady(page, `/predict?code=${encodeURIComponent(known.item)}&own=ignore`);
  const online = await operations(page, words).allInnerTexts();
  expect(online.length).toBeGreaterThan(0);

  await openReady(page, '/');
  const network = await context.newCDPSession(page);
  const slowly = { offline: false, latency: 0, downloadThroughput: 20_000, uploadThroughput: -1 };
  await network.send('Network.emulateNetworkConditions', slowly);
  await keepButton(page, words).click();
  await expect(page.getByRole('progressbar', { name: words.text('keep-progress-label') })).toBeVisible();
  await network.send('Network.emulateNetworkConditions', { ...slowly, downloadThroughput: -1 });
  await network.detach();
  await expect(page.getByRole('button', { name: words.text('keep-again') })).toBeEnabled();
  await expect(page.getByText(words.text('age-now'), { exact: true })).toBeVisible();

  watch.allow(CUT_NETWORK);
  await context.setOffline(true);
  await expect(page.getByText(words.text('connection-offline'), { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: words.text('keep-again') })).toBeDisabled();
  await search(page, words, known.item);
  await expect(offlineMark(page, words)).toContainText(words.text('age-now'));
  await result(page, known.item).click();
  await expect(title(page)).toHaveText(known.item);
  await expect(offlineMark(page, words)).toBeVisible();
  await page.getByRole('link', { name: words.text('item-predict') }).click();
  await expect(offlineMark(page, words)).toBeVisible();
  await expect(candidates(page, words)).toHaveCount(known.candidates.length);
  await page.getByRole('link', { name: words.text('own-ignore'), exact: true }).click();
  await expect(page).toHaveURL(/own=ignore/);
  await expect.poll(() => operations(page, words).allInnerTexts(), 'the same answer as online').toEqual(online);

  await context.setOffline(false);
  await expect(page.getByText(words.text('connection-online'), { exact: true })).toBeVisible();
  await page.getByRole('link', { name: words.text('nav-home'), exact: true }).click();
  await removeButton(page, words).click();
  await expect(keepButton(page, words)).toBeEnabled();
  expect(await page.evaluate(countKept), 'records and bytes in IndexedDB').toBe(0);
});

test('a server that is gone is noticed, and noticed again when it is back', async ({ page, words, plant, watch }) => {
  const item = plant.withRouting();
  await openReady(page, '/');
  await keep(page, words);
  watch.allow(/net::ERR_CONNECTION_REFUSED|Failed to fetch/);
  await page.route('**/api/**', (route) => route.abort('connectionrefused'));
  await search(page, words, item.code);
  await expect(offlineMark(page, words)).toBeVisible();
  await expect(result(page, item.code)).toBeVisible();
  await expect(page.getByText(words.text('connection-offline'), { exact: true })).toBeVisible();
  await page.unroute('**/api/**');
  await expect(page.getByText(words.text('connection-online'), { exact: true })).toBeVisible();
});

test('what is kept outlives the page', async ({ page, words }) => {
  await openReady(page, '/');
  await keep(page, words);
  await openReady(page, '/');
  await expect(removeButton(page, words)).toBeVisible();
});

test('without a kept copy the page says so', async ({ page, context, words, watch }) => {
  await openReady(page, '/');
  watch.allow(CUT_NETWORK);
  await context.setOffline(true);
  await search(page, words, 'A');
  await expect(page.getByText(words.text('error-nothing-kept'))).toBeVisible();
});

test('a copy that was damaged on the device is refused and removed', async ({ page, context, words, plant, watch }) => {
  await openReady(page, '/');
  await keep(page, words);
  await page.evaluate(damageKeptBytes);
  await openReady(page, '/');
  watch.allow(CUT_NETWORK);
  await context.setOffline(true);
  await search(page, words, plant.withRouting().code);
  await expect(page.getByText(words.text('error-nothing-kept'))).toBeVisible();
  await expect(page.getByText(words.text('keep-failure-damaged'))).toBeVisible();
  await expect(removeButton(page, words)).toBeHidden();
});

test('a download that breaks off leaves what was kept before', async ({ page, words, request }) => {
  const bundle = await (await request.get('/api/v1/bundle')).body();
  await openReady(page, '/');
  await keep(page, words);
  await page.route('**/api/v1/bundle', (route) => {
    const headers = { 'x-bundle-size': String(bundle.length) };
    return route.fulfill({ headers, body: bundle.subarray(0, bundle.length / 2) });
  });
  await page.getByRole('button', { name: words.text('keep-again') }).click();
  await expect(page.getByText(words.text('keep-failure-network'))).toBeVisible();
  await expect(removeButton(page, words)).toBeVisible();
});

test('a download that arrives damaged is not kept', async ({ page, words, request }) => {
  const bundle = await (await request.get('/api/v1/bundle')).body();
  bundle.writeUInt8(bundle.readUInt8(bundle.length >> 1) ^ 1, bundle.length >> 1);
  await openReady(page, '/');
  await page.route('**/api/v1/bundle', (route) => route.fulfill({ body: bundle }));
  await keepButton(page, words).click();
  await expect(page.getByText(words.text('keep-failure-damaged'))).toBeVisible();
  await expect(removeButton(page, words)).toBeHidden();
});

/** How many entries IndexedDB holds. */
async function countKept(): Promise<number> {
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await settled(indexedDB.open('routing-ml'));
  const stores = [...database.objectStoreNames];
  const transaction = database.transaction(stores);
  const counts = await Promise.all(stores.map((name) => settled(transaction.objectStore(name).count())));
  database.close();
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Flips one bit of what IndexedDB holds, as a failing disk would. */
async function damageKeptBytes(): Promise<void> {
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await settled(indexedDB.open('routing-ml'));
  const store = database.transaction('bundle-bytes', 'readwrite').objectStore('bundle-bytes');
  const bytes: Uint8Array = await settled(store.get('current'));
  bytes[bytes.length - 1]! ^= 1;
  await settled(store.put(bytes, 'current'));
  database.close();
}

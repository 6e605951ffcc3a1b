// One engine, two machines: the browser's wasm gives the answers that the native build gave over the same bundle.
// `cargo test -p tests parity_files` writes bundle, requests and native answers to target/parity; `cargo xtask test` runs it first.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openReady } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

const FOLDER = process.env.PARITY_DIR ?? join(import.meta.dirname, '..', '..', 'target', 'parity');
/** Both sides compute with the same software floats, so this only forgives a last digit lost on the way through JSON. */
const RELATIVE_TOLERANCE = 1e-12;

test.beforeAll(() => {
  const advice = 'run: cargo test -p engine -p app -p server -p tests --test it parity_files';
  expect(existsSync(join(FOLDER, 'expected.json')), `${FOLDER} has no native answers; ${advice}`).toBe(true);
});

test('wasm predicts what the native build predicts', async ({ page }) => {
  const requests = json('requests.json') as unknown[];
  const expected = json('expected.json') as unknown[][];
  await page.route('**/parity-bundle', (route) => route.fulfill({ body: readFileSync(join(FOLDER, 'bundle.rtml')) }));
  await openReady(page, '/');

  const answers = await page.evaluate(async (requests) => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="modulepreload"]');
    if (!link) throw new Error('the page preloads no client');
    // The page has initialised this very module already.
    const client = await import(link.href);
    const bundle = new Uint8Array(await (await fetch('/parity-bundle')).arrayBuffer());
    const answers = [];
    for (const request of requests) answers.push(JSON.parse(await client.predict_over_bundle(bundle, JSON.stringify(request))));
    return answers;
  }, requests);

  expect(answers.map((answer) => answer.length)).toEqual(expected.map((answer) => answer.length));
  expect(expected.flat().length, 'enough items to mean something').toBeGreaterThanOrEqual(60);
  expect(differences(answers, expected, '$')).toEqual([]);
});

test('a damaged bundle is refused', async ({ page }) => {
  const bytes = readFileSync(join(FOLDER, 'bundle.rtml'));
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  await page.route('**/parity-bundle', (route) => route.fulfill({ body: bytes }));
  await openReady(page, '/');
  const refusal = await page.evaluate(async () => {
    const client = await import(document.querySelector<HTMLLinkElement>('link[rel="modulepreload"]')!.href);
    const bundle = new Uint8Array(await (await fetch('/parity-bundle')).arrayBuffer());
    try {
      return `answered: ${await client.predict_over_bundle(bundle, '{"codes":["X"]}')}`;
    } catch (error) {
      return String(error);
    }
  });
  expect(refusal).toMatch(/damaged: checksum/);
});

function json(name: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
}

/** Where two JSON values differ; numbers may differ by the tolerance. */
function differences(got: unknown, wanted: unknown, path: string): string[] {
  if (typeof got === 'number' && typeof wanted === 'number') {
    const isClose = Math.abs(got - wanted) <= RELATIVE_TOLERANCE * Math.max(Math.abs(got), Math.abs(wanted));
    return isClose ? [] : [`${path}: ${got} instead of ${wanted}`];
  }
  if (got === null || wanted === null || typeof got !== 'object' || typeof wanted !== 'object') {
    return got === wanted ? [] : [`${path}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`];
  }
  const [left, right] = [got as Record<string, unknown>, wanted as Record<string, unknown>];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].flatMap((key) => differences(left[key], right[key], `${path}.${key}`));
}

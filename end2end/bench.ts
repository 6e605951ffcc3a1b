// Each question is asked alone, as a page asks it, and clocked in the page: from the JSON of the question to the JSON of the
// answer. The bundle is opened once, with the first question, as a page keeps it open. Answers are compared byte for byte.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openReady } from './support/pages.ts';

const FOLDER = process.env.BENCH_DIR ?? join(import.meta.dirname, '..', 'target', 'xtask', 'bench');
/** How often each question is asked; its quickest answer counts, as on the native side (server/src/cli/bench/clocked.rs). */
const N_ROUNDS = 3;

test('predictions over the bundle', async ({ page, browser }) => {
  const requests = texts('requests.json');
  const expected = texts('expected.json');
  await page.route('**/bench-bundle', (route) => route.fulfill({ body: readFileSync(join(FOLDER, 'bundle.rtml')) }));
  await openReady(page, '/');

  const { firstMs, answers, elapsedMs } = await page.evaluate(
    async ({ requests, nRounds }) => {
      const link = document.querySelector<HTMLLinkElement>('link[rel="modulepreload"]');
      if (!link) throw new Error('the page preloads no client');
      // The page has initialised this very module already.
      const client = await import(link.href);
      const ask = (bundle: Uint8Array, request: string): Promise<string> => client.predict_over_bundle(bundle, request);
      const bundle = new Uint8Array(await (await fetch('/bench-bundle')).arrayBuffer());
      const opened = new Uint8Array();
      // Loads and compiles the offline slice, which is none of the bundle's cost.
      await ask(opened, requests[0]!).catch(() => undefined);
      const began = performance.now();
      await ask(bundle, requests[0]!);
      const firstMs = performance.now() - began;
      const answers: string[] = [];
      const elapsedMs = requests.map(() => Infinity);
      for (let round = 0; round < nRounds; round += 1) {
        for (const [at, request] of requests.entries()) {
          const before = performance.now();
          answers[at] = await ask(opened, request);
          elapsedMs[at] = Math.min(elapsedMs[at]!, performance.now() - before);
        }
      }
      return { firstMs, answers, elapsedMs };
    },
    { requests, nRounds: N_ROUNDS },
  );

  expect(answers.length).toBe(expected.length);
  const different = answers.flatMap((answer, at) => (answer === expected[at] ? [] : [at]));
  const first = different[0];
  const result = {
    version: `Chromium ${browser.version()}`,
    // The first question opened the bundle and was answered.
    open_ms: firstMs - elapsedMs[0]!,
    median_ms: quantile(elapsedMs, 0.5),
    p95_ms: quantile(elapsedMs, 0.95),
    n_different: different.length,
    first_difference: first === undefined ? null : `${answers[first]}\ninstead of\n${expected[first]}`,
  };
  writeFileSync(join(FOLDER, 'browser.json'), JSON.stringify(result, null, 2));
});

function texts(name: string): string[] {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as string[];
}

/** The smallest value that at least this share of all does not exceed, as on the native side. */
function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.min(Math.max(Math.ceil(sorted.length * share), 1), sorted.length);
  return sorted[rank - 1]!;
}

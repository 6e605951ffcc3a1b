// `npm run bench`: the questions of `routing-ml bench --files` over its bundle, in Chromium. `cargo xtask bench` prepares
// everything and prints what came of it.

import { defineConfig } from '@playwright/test';
import { baseURL, launchOptions } from './support/chromium.ts';
import { people, stateOf } from './support/people.ts';

export default defineConfig({
  testDir: '.',
  globalSetup: './support/people.ts',
  testMatch: 'bench.ts',
  workers: 1,
  timeout: 600_000,
  reporter: [['line']],
  use: { baseURL, launchOptions, storageState: stateOf(process.env.E2E_USER ?? people.admin) },
});

// `npm run screenshots -- FOLDER`: pictures of a running server's pages for people to look at. Nothing is compared.

import { defineConfig } from '@playwright/test';
import { baseURL, launchOptions } from './support/chromium.ts';
import { people, stateOf } from './support/people.ts';

export default defineConfig({
  testDir: '.',
  globalSetup: './support/people.ts',
  testMatch: 'screenshots.ts',
  workers: 2,
  timeout: 60_000,
  reporter: [['list']],
  use: { baseURL, launchOptions, storageState: stateOf(process.env.E2E_USER ?? people.admin) },
});

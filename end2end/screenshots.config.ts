// `npm run screenshots -- FOLDER`: pictures of a running server's pages for people to look at. Nothing is compared.

import { defineConfig } from '@playwright/test';
import { baseURL, launchOptions } from './support/chromium.ts';

export default defineConfig({
  testDir: '.',
  testMatch: 'screenshots.ts',
  workers: 2,
  timeout: 60_000,
  reporter: [['list']],
  use: { baseURL, launchOptions },
});

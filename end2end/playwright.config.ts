import { defineConfig } from '@playwright/test';
import { baseURL, desktop, launchOptions, phone } from './support/chromium.ts';
import { people, stateOf } from './support/people.ts';
import type { Options } from './support/test.ts';

const onPhone = { viewport: phone, hasTouch: true, isMobile: true };

export default defineConfig<Options>({
  testDir: './specs',
  globalSetup: './support/people.ts',
  outputDir: './test-results',
  fullyParallel: true,
  forbidOnly: true,
  // A test that only passes the second time tells of a fault, so there is no second time.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: { baseURL, launchOptions, storageState: stateOf(people.planner), viewport: desktop, trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    {
      name: 'desktop-ko',
      use: { language: 'ko' },
      testMatch: ['accounts', 'ssr', 'hydrate', 'model', 'offline', 'parts', 'parity', 'states', 'reasons', 'standard'].map((name) => `${name}.spec.ts`),
    },
    {
      name: 'desktop-en',
      use: { language: 'en' },
      testMatch: ['ssr', 'hydrate', 'model', 'states', 'reasons'].map((name) => `${name}.spec.ts`),
    },
    {
      name: 'phone-ko',
      use: { language: 'ko', ...onPhone },
      testMatch: ['hydrate', 'mobile'].map((name) => `${name}.spec.ts`),
    },
    {
      name: 'phone-en',
      use: { language: 'en', ...onPhone },
      testMatch: ['accounts', 'mobile', 'model', 'reasons', 'standard', 'offline', 'parts'].map((name) => `${name}.spec.ts`),
    },
    {
      name: 'a11y-light',
      use: { language: 'en', colorScheme: 'light' },
      testMatch: 'a11y.spec.ts',
    },
    {
      name: 'a11y-dark',
      use: { language: 'ko', colorScheme: 'dark', ...onPhone },
      testMatch: 'a11y.spec.ts',
    },
  ],
});

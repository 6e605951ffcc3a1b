// How the installed Chromium is started. Playwright's own download is not used.

import type { LaunchOptions } from '@playwright/test';

/** The server under test; `cargo xtask test` starts one and says where. */
export const baseURL = process.env.E2E_BASE_URL ?? 'http://127.0.0.1:3000';

export const launchOptions: LaunchOptions = {
  executablePath: process.env.CHROMIUM_PATH ?? process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

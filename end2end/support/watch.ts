// What no page may do: complain on the console, throw, ask another site, or ask us for something that fails.

import type { BrowserContext, Request } from '@playwright/test';
import { baseURL } from './chromium.ts';

export class Watch {
  private readonly complaints: string[] = [];
  // Chromium says this when a few seconds have passed, so it judges the machine; without scripts it is always true.
  private readonly allowed: RegExp[] = [/was preloaded using link preload but not used within a few seconds/];

  constructor(context: BrowserContext) {
    const home = new URL(baseURL).origin;
    context.on('console', (message) => {
      if (['error', 'warning', 'assert'].includes(message.type())) {
        this.note(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('weberror', (error) => this.note(`page error: ${error.error().stack ?? error.error().message}`));
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.origin !== home && !['data:', 'blob:'].includes(url.protocol)) this.note(`third party: ${url.href}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400) this.note(`${response.status()} ${describe(response.request())}`);
    });
    context.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      // A page that is left while it asks gives up its question; that is not a failure.
      if (reason !== 'net::ERR_ABORTED') this.note(`${reason} ${describe(request)}`);
    });
  }

  /** From now on complaints like this are what the test provokes. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  /** Everything that was not allowed when it happened. */
  report(): string[] {
    return this.complaints;
  }

  private note(complaint: string): void {
    if (!this.allowed.some((pattern) => pattern.test(complaint))) this.complaints.push(complaint);
  }
}

/** What a cut network makes every page say. */
export const CUT_NETWORK = /net::ERR_INTERNET_DISCONNECTED|Failed to fetch/;

function describe(request: Request): string {
  return `${request.method()} ${request.url()}`;
}

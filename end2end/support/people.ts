// Who the tests are: people that `cargo xtask test` added before the server started, with one password.

import { request, type APIRequestContext, type FullConfig } from '@playwright/test';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseURL } from './chromium.ts';

export const password = process.env.E2E_PASSWORD ?? '';

/** As `xtask/src/plant.rs` names them. */
export const people = { planner: 'e2e planner', admin: 'e2e admin', viewer: 'e2e viewer' } as const;

/** Cookies of somebody who is signed in; for another server another file. */
export const stateOf = (name: string): string =>
  join(tmpdir(), `routing-ml-${new URL(baseURL).port}-${name.replaceAll(' ', '-')}.json`);

/** Nobody's cookies. */
export const nobody = { cookies: [], origins: [] };

/** A program that asks with the cookies of a browser says where it comes from, as a browser does. */
export const ownOrigin = { origin: new URL(baseURL).origin };

/** Signs in as a form does, without a page. */
export async function signIn(context: APIRequestContext, name: string): Promise<void> {
  const answer = await context.post('/sign-in', { form: { name, password }, maxRedirects: 0 });
  if (answer.status() !== 303) throw new Error(`${name} was not signed in: ${answer.status()}`);
}

/** Before all tests: everybody signs in once. */
export default async function setUp(_: FullConfig): Promise<void> {
  const names = process.env.E2E_USER ? [process.env.E2E_USER] : Object.values(people);
  for (const name of names) {
    const context = await request.newContext({ baseURL });
    await signIn(context, name);
    // A state that is older than the server is none.
    rmSync(stateOf(name), { force: true });
    await context.storageState({ path: stateOf(name) });
    await context.dispose();
  }
}

// Items of the plant that runs, asked for over REST: a test never knows a code by heart.

import type { APIRequestContext } from '@playwright/test';
import { expect } from '@playwright/test';

export interface ItemSummary {
  code: string;
  name: string | null;
  facts: string[];
  n_routings: number;
}

export class Plant {
  readonly items: ItemSummary[];

  private constructor(items: ItemSummary[]) {
    this.items = items;
  }

  static async read(request: APIRequestContext): Promise<Plant> {
    const answer = await request.get('/api/v1/items?limit=100');
    expect(answer.status(), 'the server lists its items').toBe(200);
    const page = (await answer.json()) as { items: ItemSummary[] };
    return new Plant(page.items);
  }

  /** An item that has a routing and a name. */
  withRouting(): ItemSummary & { name: string } {
    return this.find('with a routing', (item) => item.n_routings > 0);
  }

  /** An item that waits for its routing. */
  withoutRouting(): ItemSummary & { name: string } {
    return this.find('without a routing', (item) => item.n_routings === 0);
  }

  private find(what: string, fits: (item: ItemSummary) => boolean): ItemSummary & { name: string } {
    const found = this.items.find((item) => item.name !== null && fits(item));
    if (found?.name == null) throw new Error(`none of ${this.items.length} items is ${what}`);
    return { ...found, name: found.name };
  }
}

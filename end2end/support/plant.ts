// Items of the plant that runs, asked for over REST: a test never knows a code by heart.

import type { APIRequestContext } from '@playwright/test';
import { expect } from '@playwright/test';
import { ownOrigin } from './people.ts';

export interface ItemSummary {
  code: string;
  name: string | null;
  facts: string[];
  n_routings: number;
}

export interface TimeEstimate {
  p50: number;
  p80: number;
}

export interface Operation {
  seq: number;
  job: string;
  job_name: string | null;
  setup_min: TimeEstimate | null;
  run_min_per_piece: TimeEstimate | null;
  evidence: unknown[];
}

export interface Question {
  attribute: string;
  values: { value: string }[];
}

export interface Prediction {
  item: string;
  abstained: boolean;
  abstain_reason: string | null;
  question: Question | null;
  candidates: { rank: number; confidence_prob: number | null; operations: Operation[] }[];
}

export class Plant {
  private readonly request: APIRequestContext;
  readonly items: ItemSummary[];

  private constructor(request: APIRequestContext, items: ItemSummary[]) {
    this.request = request;
    this.items = items;
  }

  static async read(request: APIRequestContext): Promise<Plant> {
    const answer = await request.get('/api/v1/items?limit=100');
    expect(answer.status(), 'the server lists its items').toBe(200);
    const page = (await answer.json()) as { items: ItemSummary[] };
    return new Plant(request, page.items);
  }

  /** An item that has a routing and a name. */
  withRouting(): ItemSummary & { name: string } {
    const found = this.items.find((item) => item.name !== null && item.n_routings > 0);
    if (found?.name == null) throw new Error(`none of ${this.items.length} items has a name and a routing`);
    return { ...found, name: found.name };
  }

  /** What the server predicts. */
  async predict(request: { codes?: string[]; items?: object[] }): Promise<Prediction[]> {
    const answer = await this.request.post('/api/v1/predictions', { data: request, headers: ownOrigin });
    expect(answer.status(), 'the server predicts').toBe(200);
    return (await answer.json()) as Prediction[];
  }

  /** A known item with several candidates, the first of which has operations with run times and evidence. */
  async wellKnown(): Promise<Prediction> {
    const codes = this.items.filter((item) => item.n_routings > 0).map((item) => item.code);
    const predictions = await this.predict({ codes: codes.slice(0, 50) });
    const isRich = ({ candidates }: Prediction) =>
      candidates.length > 1 &&
      candidates.every(({ operations }) => operations.some((operation) => operation.run_min_per_piece !== null)) &&
      candidates.some(({ operations }) => operations[0] !== undefined && operations[0].evidence.length > 0);
    const found = predictions.find(isRich);
    if (!found) throw new Error(`none of ${predictions.length} predictions has several candidates with times`);
    return found;
  }
}

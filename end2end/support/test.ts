// `test` with the product's words, its plant, and a watch that fails every test whose page complained.

import { test as base, expect } from '@playwright/test';
import { Plant } from './plant.ts';
import { Watch } from './watch.ts';
import { Words, type Language } from './words.ts';

export interface Options {
  language: Language;
}

interface Fixtures {
  words: Words;
  plant: Plant;
  watch: Watch;
}

export const test = base.extend<Fixtures & Options>({
  language: ['ko', { option: true }],
  locale: async ({ language }, use) => use(language === 'ko' ? 'ko-KR' : 'en-GB'),
  words: async ({ language }, use) => use(new Words(language)),
  plant: async ({ request }, use) => use(await Plant.read(request)),
  watch: [
    async ({ context }, use) => {
      const watch = new Watch(context);
      await use(watch);
      expect(watch.report(), 'what the pages complained about').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

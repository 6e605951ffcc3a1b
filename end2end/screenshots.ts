// Home, results, item and prediction with its evidence: Korean and English, phone and desk, light and dark.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceLink, evidenceTitle, itemPath, openReady, predictPath } from './support/pages.ts';
import { expect, test } from './support/test.ts';

const FOLDER = process.env.SCREENSHOTS_DIR ?? '../target/screenshots';

mkdirSync(FOLDER, { recursive: true });

for (const language of ['ko', 'en'] as const) {
  for (const [width, height] of [[390, 844], [1440, 900]] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test.describe(`${language} ${width} ${colorScheme}`, () => {
        test.use({ language, colorScheme, viewport: { width, height }, isMobile: width < 768, hasTouch: width < 768 });

        test('pages', async ({ page, words, plant }) => {
          const shoot = (name: string, fullPage = true) => {
            const path = join(FOLDER, `${name}-${language}-${width}-${colorScheme}.png`);
            return page.screenshot({ path, fullPage });
          };
          const known = await plant.wellKnown();
          await openReady(page, '/');
          await shoot('home');
          await openReady(page, '/?q=');
          await shoot('results');
          await openReady(page, itemPath(known.item));
          await shoot('item');
          await openReady(page, '/model');
          await shoot('model');
          await openReady(page, '/predict');
          await shoot('predict-form');
          await openReady(page, predictPath(known.item));
          await shoot('predict');
          await evidenceLink(page, words, 0).click();
          await expect(evidenceTitle(page, words)).toBeVisible();
          await shoot('predict-evidence', false);
          await openReady(page, `${predictPath(known.item)}&own=ignore&why=1`);
          await expect(page.getByRole('heading', { name: words.text('explain-attributes') })).toBeVisible();
          await shoot('predict-reasons');
          await openReady(page, `/predict?item_nm=${encodeURIComponent(plant.withRouting().name)}`);
          await shoot('predict-question');
        });
      });
    }
  }
}

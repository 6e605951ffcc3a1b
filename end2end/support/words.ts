// The product's own words, read from `locales`, so that no test writes a sentence a second time.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';

export type Language = 'ko' | 'en';

/** Stands for an argument whose value a test does not know. */
const ANY = '\u{f8ff}';

export class Words {
  readonly language: Language;
  private readonly bundle: FluentBundle;

  constructor(language: Language) {
    this.language = language;
    this.bundle = new FluentBundle(language, { useIsolating: false });
    const file = join(import.meta.dirname, '..', '..', 'locales', language, 'app.ftl');
    const errors = this.bundle.addResource(new FluentResource(readFileSync(file, 'utf8')));
    if (errors.length > 0) throw new Error(`${file}: ${errors.join('; ')}`);
  }

  /** A text. An unknown key or a missing argument is an error, not an empty text that matches everything. */
  text(key: string, args: Record<string, FluentVariable> = {}): string {
    const message = this.bundle.getMessage(key);
    if (!message?.value) throw new Error(`locales/${this.language}/app.ftl has no ${key}`);
    const errors: Error[] = [];
    const text = this.bundle.formatPattern(message.value, args, errors);
    if (errors.length > 0) throw new Error(`${key}: ${errors.join('; ')}`);
    return text;
  }

  /** The same as a pattern in which every argument of `names` may be anything. */
  pattern(key: string, ...names: string[]): RegExp {
    const text = this.text(key, Object.fromEntries(names.map((name) => [name, ANY])));
    const escaped = text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    return new RegExp(escaped.replaceAll(ANY, '.+'));
  }
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { reader } from '../src/lib/words';

/** The catalogue of the core, as the program hands it to the page. */
const files = ['en', 'en-wizard', 'en-window', 'en-report'];
const words = resolve(import.meta.dirname, '../../src-tauri/core/words');
export const source = files.map((name) => readFileSync(resolve(words, `${name}.ftl`), 'utf8')).join('\n');

export const say = reader({ language: 'en', source });

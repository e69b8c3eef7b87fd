import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { reader } from '../src/lib/words';

/** The catalogue of the core, as the program hands it to the page. */
const source = readFileSync(resolve(import.meta.dirname, '../../src-tauri/core/words/en.ftl'), 'utf8');

export const say = reader({ language: 'en', source });

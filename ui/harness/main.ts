// Shows the page without the program: /harness/index.html?username draws that fixture, and the console tells each press.
import '@fontsource-variable/atkinson-hyperlegible-mono/wght.css';
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '../src/tokens.css';
import '../src/page.css';
import '../src/controls.css';

import { mount } from 'svelte';

import App from '../src/App.svelte';
import type { Page } from '../src/lib/bindings.gen';
import { reader } from '../src/lib/words';
import { firstScreens } from './firstScreens';
import { laterScreens } from './laterScreens';
import { popups } from './popups';

const pages: Record<string, Page> = { ...firstScreens, ...laterScreens, ...popups };
const files = import.meta.glob<string>('../../src-tauri/core/words/*.ftl', { eager: true, query: '?raw', import: 'default' });
const source = [...Object.values(files), 'harness-text = { $text }'].join('\n');

const first = pages[location.search.slice(1)] ?? firstScreens.start;
const target = document.querySelector('#page');
if (!target) throw new Error('the harness has no place for the page');
const backend = {
  read: () => Promise.resolve(first),
  press: async (press: unknown) => console.info('press', JSON.stringify(press)),
  listen: () => () => undefined,
};
mount(App, { target, props: { first, say: reader({ language: 'en', source }), backend, stop: () => console.error('stopped') } });
Object.assign(window, { pages: Object.keys(pages) });

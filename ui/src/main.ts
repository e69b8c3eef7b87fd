import '@fontsource-variable/atkinson-hyperlegible-mono/wght.css';
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import './tokens.css';
import './page.css';
import './controls.css';

import { mount } from 'svelte';

import App from './App.svelte';
import type { Backend } from './lib/backend';
import { commands, events, type Page } from './lib/bindings.gen';
import { reader } from './lib/words';

/** Shows the one sentence that needs no catalogue. */
function stop() {
  document.querySelector('#page')?.replaceChildren();
  document.querySelector('#stopped')?.removeAttribute('hidden');
}

/** The built-in fonts are there before the first text, so that no line moves while somebody reads it. */
async function fonts() {
  const families = ['Atkinson Hyperlegible Next Variable', 'Atkinson Hyperlegible Mono Variable'];
  await Promise.allSettled(families.map((family) => document.fonts.load(`16px "${family}"`)));
}

async function start() {
  // Views are heard before the first one is asked for, so that none is lost between the two.
  let newer: Page | undefined;
  let show: (page: Page) => void = (page) => (newer = page);
  const listening = events.view.listen(({ payload }) => show(payload));
  const [catalogue, first] = await Promise.all([commands.catalogue(), listening.then(commands.currentView), fonts()]);
  const target = document.querySelector('#page');
  if (!target) throw new Error('the page has no place for its content');
  document.documentElement.lang = catalogue.language;
  const backend: Backend = {
    read: commands.currentView,
    press: commands.press,
    listen: (wanted) => {
      show = wanted;
      return () => (show = () => undefined);
    },
  };
  mount(App, { target, props: { first: newer ?? first, say: reader(catalogue), backend, stop } });
}

document.addEventListener('DOMContentLoaded', () => void commands.pageIsReady().catch(stop));
start().catch(stop);

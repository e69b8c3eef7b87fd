import '@fontsource-variable/atkinson-hyperlegible-mono/wght.css';
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import './tokens.css';
import './page.css';

import { mount } from 'svelte';

import App from './App.svelte';
import { commands } from './lib/bindings.gen';
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
  const [catalogue, first] = await Promise.all([commands.catalogue(), commands.currentView(), fonts()]);
  const target = document.querySelector('#page');
  if (!target) throw new Error('the page has no place for its content');
  document.documentElement.lang = catalogue.language;
  mount(App, { target, props: { first, say: reader(catalogue), read: commands.currentView, stop } });
}

document.addEventListener('DOMContentLoaded', () => void commands.pageIsReady().catch(stop));
start().catch(stop);

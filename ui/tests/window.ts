import { render, screen } from '@testing-library/svelte';
import { vi } from 'vitest';

import { firstScreens } from '../harness/firstScreens';
import App from '../src/App.svelte';
import type { Backend } from '../src/lib/backend';
import type { Page, Press, Screen } from '../src/lib/bindings.gen';
import { forgetAll } from '../src/lib/drafts';
import { reader } from '../src/lib/words';
import { source } from './catalogue';

const say = reader({ language: 'en', source: `${source}\nharness-text = { $text }` });

// The test's page knows neither modal pop-ups nor sizes.
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true;
};

globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

/** A fixture with changes. */
export function changed(page: Page, changes: Partial<Screen>): Page {
  if (page.kind !== 'wizard') throw new Error('only a screen of the wizard can be changed');
  return { ...page, ...changes };
}

/** The page on a core that only notes what is pressed; `show` sends it a new view. */
export function open(first: Page = firstScreens.username, read: Backend['read'] = () => Promise.resolve(first)) {
  forgetAll();
  const pressed: Press[] = [];
  let refuses = false;
  let show: (page: Page) => void = () => undefined;
  const backend: Backend = {
    read,
    press: async (press) => {
      pressed.push(press);
      if (refuses) throw new Error('not a press');
    },
    listen: (wanted) => {
      show = wanted;
      return () => undefined;
    },
  };
  const stop = vi.fn();
  render(App, { first, say, backend, stop });
  return { pressed, stop, show: (page: Page) => show(page), refuse: () => (refuses = true) };
}

export const heading = () => screen.getByRole('heading', { level: 1 });
/** Everything that is written on the page, without isolation marks. */
export const written = () => (document.body.textContent ?? '').replaceAll(/[\u2066-\u2069]/g, '');
/** What the polite and the urgent region hold. */
export const announced = () => ({
  polite: document.querySelector('[role=status]')?.firstElementChild ?? null,
  urgent: document.querySelector('[role=alert]')?.firstElementChild ?? null,
});

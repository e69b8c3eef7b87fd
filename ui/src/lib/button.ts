import type { Button, Press } from './bindings.gen';

/** A button of the page's own, for what a screen always has. */
export function ownButton(label: string, press: Press, opensBrowser = false): Button {
  return { label: { id: label, args: [] }, press, opensBrowser };
}

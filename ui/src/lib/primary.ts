import type { Button, Screen } from './bindings.gen';

/** The button, unless the bar at the bottom has the same press as its primary one already. */
export function besidePrimary<B extends Button | null>({ actions }: Screen, button: B): B | null {
  const primary = actions.primary?.does === 'press' ? actions.primary.button.press : null;
  return button && JSON.stringify(button.press) === JSON.stringify(primary) ? null : button;
}

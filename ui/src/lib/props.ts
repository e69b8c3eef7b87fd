import type { Press, Screen } from './bindings.gen';
import type { Say } from './words';

/** Sends one press to the core; the answer is the next page. */
export type Send = (press: Press) => void;

/** What each screen is drawn from: its body, and the whole screen for what stands beside it. */
export interface ScreenProps<B> {
  screen: Screen;
  body: B;
  say: Say;
  send: Send;
}

/** What each pop-up is drawn from. */
export interface DialogProps<D> {
  dialog: D;
  say: Say;
  send: Send;
}

import type { Page, Press } from './bindings.gen';

/** What the page asks of the core. */
export interface Backend {
  /** The view as it is now. */
  read: () => Promise<Page>;
  /** Hands one press over. */
  press: (press: Press) => Promise<unknown>;
  /** Calls for each new view, until the answer is called. */
  listen: (show: (page: Page) => void) => () => void;
}

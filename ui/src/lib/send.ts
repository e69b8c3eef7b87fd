import type { Press } from './bindings.gen';
import type { Send } from './props';

/** How long a press that brings no new view keeps others out, in milliseconds. */
const LONGEST = 1000;

/** Presses that reach the core one at a time: a second one is swallowed until the next view has arrived. Nothing is
 * disabled meanwhile, so that no focus is lost and nothing flickers. */
export class Presses {
  #sent = 0;
  #waiting = 0;
  #last: Press | null = null;

  constructor(private readonly hand: (press: Press) => Promise<unknown>) {}

  readonly send: Send = (press) => {
    if (this.#waiting !== 0) return;
    const mine = (this.#waiting = ++this.#sent);
    this.#last = press;
    const release = () => {
      if (this.#waiting === mine) this.#waiting = 0;
    };
    // A press that the core does not take changes nothing, so that it leaves the page as it is.
    this.hand(press).then(() => setTimeout(release, LONGEST), release);
  };

  /** The next view has arrived; says which press it answers, if any. */
  readonly arrived = (): Press | null => {
    const answered = this.#last;
    this.#waiting = 0;
    this.#last = null;
    return answered;
  };
}

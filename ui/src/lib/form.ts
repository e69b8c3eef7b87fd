import type { Screen } from './bindings.gen';

/** The id of the form of a screen, which the primary button of the action bar sends. */
export const screenForm = 'screen-form';

/** Whether something typed or chosen was not taken, which the title of the page says first. */
export function isWrong({ body, dialog }: Screen): boolean {
  return [body, dialog].some((part) => part !== null && 'error' in part && part.error !== null);
}

import type { Page, Screen } from './bindings.gen';

/** The id of the form of a screen, which the primary button of the action bar sends. */
export const screenForm = 'screen-form';

const hasError = (part: Screen['body'] | Screen['dialog']) => part !== null && 'error' in part && part.error !== null;

/** Whether something typed or chosen was not taken, which the title of the page says first. */
export function isWrong({ body, dialog }: Screen): boolean {
  return hasError(body) || hasError(dialog);
}

/** Whether the form in front was sent and not taken. */
export function isRefused(page: Page): boolean {
  return page.kind === 'wizard' && hasError(page.dialog ?? page.body);
}

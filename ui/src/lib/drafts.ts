import type { Page, Press } from './bindings.gen';
import { isRefused } from './form';

/** A field of a form, with the press that sends it. */
export type DraftField = `${Press['press']}.${string}`;

/** What was typed and not sent yet, and what the core had when that began. Back, Status, the rail and Escape take a form
 * off the page, so that its drafts live outside it. */
const drafts = new Map<DraftField, { saved: string; typed: string }>();

/** What was typed there before, unless the core has something else since. */
export function kept(field: DraftField, saved: string): string | undefined {
  const draft = drafts.get(field);
  if (draft?.saved === saved) return draft.typed;
  drafts.delete(field);
  return undefined;
}

/** Keeps what is being typed. `saved` is what the core has. */
export function keep(field: DraftField, saved: string, typed: string): void {
  const begun = drafts.get(field)?.saved ?? saved;
  if (typed === begun) drafts.delete(field);
  else drafts.set(field, { saved: begun, typed });
}

/** Drops one field, or all that one press would send. */
export function forget(what: DraftField | Press['press']): void {
  for (const field of drafts.keys()) if (field === what || field.startsWith(`${what}.`)) drafts.delete(field);
}

/** Drops everything. */
export function forgetAll(): void {
  drafts.clear();
}

/** Drops what the next view makes needless: what was sent and taken, and everything where the environment changes or the
 * history goes. */
export function settle(before: Page, next: Page, answered: Press | null): void {
  const wipes = answered?.press === 'disconnect' && answered.wipe;
  if (wipes || environment(before) !== environment(next)) forgetAll();
  else if (answered && !isRefused(next)) forget(answered.press);
}

const environment = (page: Page) => (page.kind === 'refused' ? null : page.environment.name);

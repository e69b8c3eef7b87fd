import { type DraftField, forget, keep, kept } from './drafts';

/** What somebody is typing: begins as it was left in this field or as the core has it, and stays as typed until the core
 * has something else. Without a field it is gone with its form. */
export function draft<T extends string>(saved: () => T, field: DraftField | null = null): { value: T } {
  let known = saved();
  let value = $state(((field && kept(field, known)) ?? known) as T);
  $effect.pre(() => {
    const now = saved();
    if (now === known) return;
    known = now;
    // A refused form comes back as it was typed, which saves nothing.
    if (field && now !== value) forget(field);
    value = now;
  });
  return {
    get value() {
      return value;
    },
    set value(typed: T) {
      value = typed;
      if (field) keep(field, known, typed);
    },
  };
}

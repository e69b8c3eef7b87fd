/** What somebody is typing: begins as the core has it, and stays as typed until the core has something else. */
export function draft<T extends string>(saved: () => T): { value: T } {
  let value = $state(saved());
  let known = saved();
  $effect.pre(() => {
    const now = saved();
    if (now !== known) value = known = now;
  });
  return {
    get value() {
      return value;
    },
    set value(typed: T) {
      value = typed;
    },
  };
}

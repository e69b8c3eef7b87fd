const pressable = 'button, input, select, textarea';

/** F6 leads from region to region: top bar, steps, content, buttons; with Shift the other way round. */
export function cycleRegions(event: KeyboardEvent): void {
  if (event.key !== 'F6' || event.ctrlKey || event.altKey || document.querySelector('dialog[open]')) return;
  event.preventDefault();
  const targets = [...document.querySelectorAll<HTMLElement>('.top-bar, .rail, main, .actions')].flatMap((region) => {
    const target = region.querySelector<HTMLElement>(region.matches('main') ? 'h1' : pressable);
    return target ? [{ region, target }] : [];
  });
  const here = targets.findIndex(({ region }) => region.contains(document.activeElement));
  const next = event.shiftKey ? Math.max(here, 0) - 1 : (here + 1) % targets.length;
  targets.at(next)?.target.focus();
}

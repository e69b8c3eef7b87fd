/** Where messages are put for screen readers: a polite and an urgent region. */
export interface Regions {
  polite: HTMLElement;
  urgent: HTMLElement;
}

const open: Regions[] = [];

/** Makes these regions the ones that speak, until the answer is called. A pop-up has its own, because a modal one
 * hides everything else from a screen reader. */
export function speakThrough(regions: Regions): () => void {
  open.push(regions);
  return () => void open.splice(open.indexOf(regions), 1);
}

/** Says something to a screen reader. WebKitGTK tells about a new element and keeps silent about a changed text, so
 * that each message is an element of its own. */
export function announce(text: string, urgent = false): void {
  const regions = open.at(-1);
  const message = document.createElement('p');
  message.append(text);
  (urgent ? regions?.urgent : regions?.polite)?.replaceChildren(message);
}

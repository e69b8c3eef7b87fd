/** Lets the keyboard reach a box that scrolls: WebKit gives the focus to none by itself. */
export function reachable(box: HTMLElement): () => void {
  const look = () => (box.tabIndex = box.scrollHeight > box.clientHeight ? 0 : -1);
  const observer = new ResizeObserver(look);
  for (const part of [box, ...box.children]) observer.observe(part);
  return () => observer.disconnect();
}

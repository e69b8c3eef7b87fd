// What a person sees and can reach, by role and visible name. Runs in the page; the page knows nothing of it.
const plain = (text) =>
  (text ?? '').replace(/[\u2066-\u2069\u00ad\u200b]/g, '').replace(/\s+/g, ' ').trim();

/** What stands in front: an open pop-up hides everything else. */
const front = () => [...document.querySelectorAll('dialog[open]')].pop() ?? document.body;

const isSeen = (element) =>
  element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert], [aria-hidden=true]');

/** The name of an element, after the order of the accessible-name computation, without its rarer branches. */
function nameOf(element) {
  const by = element.getAttribute('aria-labelledby');
  if (by) return plain(by.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' '));
  const own = element.getAttribute('aria-label');
  if (own) return plain(own);
  if (element.labels?.length) return plain([...element.labels].map(textOf).join(' '));
  return textOf(element);
}

/** Its text without what is drawn alone, and without the value of a field inside of a label. */
function textOf(element) {
  const copy = element.cloneNode(true);
  for (const silent of copy.querySelectorAll('[aria-hidden=true], svg, input, select, textarea')) silent.remove();
  return plain(copy.textContent).replace(/ ?\(opens your browser\)$/, '');
}

const ROLES = {
  button: 'button, [role=button], input[type=submit], summary, a[href]',
  field: 'input:not([type=radio], [type=checkbox]), textarea, select',
  choice: 'input[type=radio], input[type=checkbox], [role=radio], [role=checkbox]',
};

/**
 * The element of this role and name: the whole name before a beginning of it or, of a choice, a part of it; of several the last, which is the bar at the bottom.
 */
function reach(role, name) {
  const all = [...front().querySelectorAll(ROLES[role])].filter(
    (element) => isSeen(element) || (role === 'choice' && isSeen(element.labels?.[0] ?? element)),
  );
  const exact = all.filter((element) => nameOf(element) === name);
  const begins = all.filter((element) => nameOf(element).startsWith(name));
  const found = exact.pop() ?? begins.pop() ?? null;
  // A person scrolls to what lies below the edge.
  found?.scrollIntoView({ block: 'nearest' });
  return found;
}

/** What is there, for the message of a test that fails. */
function outline() {
  const names = (role) => [...front().querySelectorAll(ROLES[role])].filter(isSeen).map(nameOf);
  return JSON.stringify({
    heading: plain(document.querySelector('h1')?.textContent), text: plain(front().innerText),
    buttons: names('button'), fields: names('field'), choices: names('choice'),
  }, null, 1);
}

/** Waits until `look` finds something, and answers it; null when it does not come in time. */
async function awaited(look, milliseconds) {
  const end = performance.now() + milliseconds;
  for (;;) {
    const found = look();
    if (found || performance.now() > end) return found || null;
    await new Promise((next) => setTimeout(next, 15));
  }
}

import { fireEvent, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';

import { firstScreens } from '../harness/firstScreens';
import { laterScreens } from '../harness/laterScreens';
import { button, roleCard, said } from '../harness/parts';
import { popups } from '../harness/popups';
import { announced, changed, heading, open, written } from './window';

afterEach(() => vi.useRealTimers());

test('a new screen takes the focus to its heading, and a changed one leaves it alone', async () => {
  const { show } = open(firstScreens.usernameNone);
  expect(document.activeElement).toBe(heading());
  const edit = screen.getAllByRole('button', { name: 'Edit' })[0];
  edit?.focus();
  show(firstScreens.username);
  await tick();
  expect(document.activeElement).toBe(edit);
  show(firstScreens.authorize);
  await tick();
  expect(heading().textContent).toBe('Authorize the Connection');
  expect(document.activeElement).toBe(heading());
});

test('step number, code and the state code stand on a step, and the title says where it is', () => {
  open(firstScreens.authorize);
  for (const part of ['Step 3 of 8', 'NEW-3', '2F9CW', 'Read this to support', 'Not connected']) {
    expect(written()).toContain(part);
  }
  expect(document.title.replaceAll(/[\u2066-\u2069]/g, '')).toBe('Step 3 of 8, Authorize the Connection – MPC Connect');
  expect(document.querySelector('[aria-current=step]')?.textContent).toContain('Authorize');
});

test('Status and Help are the last in the top bar of every screen', () => {
  for (const page of Object.values(firstScreens).filter(({ kind }) => kind === 'wizard')) {
    document.body.replaceChildren();
    open(page);
    const last = [...document.querySelectorAll('.top-bar button')].slice(-2).map((one) => one.textContent?.trim());
    expect(last).toEqual(['Status', 'Help']);
  }
});

test('no screen has two primary buttons, and no bar more than three', () => {
  for (const page of [...Object.values(firstScreens), ...Object.values(laterScreens)]) {
    document.body.replaceChildren();
    open(page);
    expect(document.querySelectorAll('.primary').length).toBeLessThanOrEqual(1);
    expect(document.querySelectorAll('.actions button').length).toBeLessThanOrEqual(3);
  }
});

test('the same message twice is announced twice, each time as a new element', async () => {
  const message = { number: 1, text: said('Copied'), tone: 'good' as const };
  const { show } = open(changed(firstScreens.username, { message }));
  const first = announced().polite;
  expect(first?.textContent).toContain('Copied');
  show(changed(firstScreens.username, { message }));
  await tick();
  expect(announced().polite).toBe(first);
  show(changed(firstScreens.username, { message: { ...message, number: 2 } }));
  await tick();
  expect(announced().polite).not.toBe(first);
  expect(announced().polite?.textContent).toContain('Copied');
});

test('what went wrong is announced at once, and a new word of the connection politely', async () => {
  const { show } = open(firstScreens.usernameWarning);
  expect(announced()).toEqual({ polite: null, urgent: null });
  show(changed(firstScreens.usernameWarning, { headline: { id: 'status-active', args: [] } }));
  await tick();
  expect(announced().polite?.textContent).toBe('Connection status: Active');
  show(changed(firstScreens.usernameWarning, { card: roleCard }));
  await tick();
  expect(announced().urgent?.textContent).toContain('Partner Center did not let this account read');
});

test('a second press is swallowed until the next view has arrived', async () => {
  const { pressed, show } = open(firstScreens.username);
  const press = () => fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await press();
  await press();
  expect(pressed).toEqual([{ press: 'continue' }]);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Continue' }).disabled).toBe(false);
  show(firstScreens.username);
  await press();
  expect(pressed).toHaveLength(2);
});

test('a press that changes nothing does not lock the page', async () => {
  vi.useFakeTimers();
  const { pressed } = open(firstScreens.username);
  const press = () => fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await press();
  await vi.advanceTimersByTimeAsync(1100);
  await press();
  expect(pressed).toHaveLength(2);
});

test('a press that the core does not take leaves the page as it is', async () => {
  const { pressed, refuse, stop } = open(firstScreens.username);
  refuse();
  const press = () => fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await press();
  await tick();
  await press();
  expect(pressed).toHaveLength(2);
  expect(stop).not.toHaveBeenCalled();
});

test('what is being typed stays through other views, and gives way to what the core has newly saved', async () => {
  const { pressed, show } = open(firstScreens.open);
  const company = () => screen.getByLabelText<HTMLInputElement>('Company name');
  await fireEvent.input(company(), { target: { value: 'Fabrikam' } });
  show(firstScreens.openChecking);
  await tick();
  expect(company().value).toBe('Fabrikam');
  await fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
  const sent = pressed[0];
  expect(sent?.press === 'saveConnectionPage' && sent.company).toBe('Fabrikam');
  const body = firstScreens.open.kind === 'wizard' ? firstScreens.open.body : undefined;
  if (body?.kind !== 'open') throw new Error('the fixture is of another screen');
  show(changed(firstScreens.open, { body: { ...body, form: { ...body.form, company: 'Contoso Group' } } }));
  await tick();
  expect(company().value).toBe('Contoso Group');
});

test('Continue on Start presses the chosen card, and the first one is chosen', async () => {
  const { pressed, show } = open(firstScreens.start);
  await fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
  show(firstScreens.start);
  await fireEvent.click(screen.getByRole('radio', { name: /Move from Power Automate/ }));
  await fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
  expect(pressed).toEqual([
    { press: 'chooseFlow', flow: 'newUsers' },
    { press: 'chooseFlow', flow: 'migration' },
  ]);
});

test('F6 leads around the regions, and back with Shift', async () => {
  open(firstScreens.authorize);
  const region = () => document.activeElement?.closest('.top-bar, .rail, main, .actions');
  const regions: string[] = [];
  for (let press = 0; press < 4; press++) {
    await fireEvent.keyDown(window, { key: 'F6' });
    regions.push(region()?.matches('main') ? 'main' : (region()?.classList[0] ?? ''));
  }
  expect(regions).toEqual(['actions', 'top-bar', 'rail', 'main']);
  await fireEvent.keyDown(window, { key: 'F6', shiftKey: true });
  expect(region()?.classList[0]).toBe('rail');
});

test('a pop-up takes the focus, closes by Escape through the core, and gives the focus back', async () => {
  const { pressed, show } = open(laterScreens.organization);
  const help = screen.getByRole('button', { name: 'Help' });
  help.focus();
  show(popups.help);
  await tick();
  const box = document.querySelector('dialog');
  expect(box?.open).toBe(true);
  expect(box?.contains(document.activeElement)).toBe(true);
  box?.dispatchEvent(new Event('cancel', { cancelable: true }));
  expect(pressed).toEqual([{ press: 'closeDialog' }]);
  expect(box?.open).toBe(true);
  show(laterScreens.organization);
  await tick();
  expect(document.querySelector('dialog')).toBeNull();
  expect(document.activeElement).toBe(help);
});

test('what happens behind a pop-up is said in it', async () => {
  const { show } = open(popups.help);
  show(changed(popups.help, { message: { number: 7, text: said('Copied'), tone: 'good' } }));
  await tick();
  const box = document.querySelector('dialog');
  expect(box?.querySelector('.message')?.textContent).toContain('Copied');
  expect(box?.querySelector('[role=status]')?.textContent).toContain('Copied');
});

test('only an environment other than the public one wears a banner', () => {
  open(firstScreens.open);
  expect(document.querySelector('.banner')).toBeNull();
  document.body.replaceChildren();
  open(firstScreens.openProblem);
  expect(document.querySelector('.banner')?.textContent).toContain('Rehearsal: this is not a real connection.');
});

test('names from elsewhere are text and nothing else', () => {
  const hostile = '<img src=x onerror=alert(1)><script>alert(1)</script>';
  const body = firstScreens.username.kind === 'wizard' ? firstScreens.username.body : undefined;
  if (body?.kind !== 'username') throw new Error('the fixture is of another screen');
  open(changed(firstScreens.username, { body: { ...body, username: hostile } }));
  expect(document.querySelector('img, script')).toBeNull();
  expect(written()).toContain(hostile);
});

test('no list item plays another part, because that ends the web view under a screen reader', () => {
  for (const page of [...Object.values(firstScreens), ...Object.values(laterScreens), ...Object.values(popups)]) {
    document.body.replaceChildren();
    open(page);
    expect(document.querySelector('li[role]')).toBeNull();
    expect(document.querySelector('[style]')).toBeNull();
  }
});

test('every text of every fixture is in the catalogue', () => {
  for (const [name, page] of Object.entries({ ...firstScreens, ...laterScreens, ...popups })) {
    document.body.replaceChildren();
    open(page);
    expect(written().match(/\[[a-z]+-[a-z.-]+\]/g), name).toBeNull();
  }
});

test('a copy that is not set up says so and offers the rehearsal', async () => {
  const { pressed } = open(firstScreens.refused);
  expect(heading().textContent).toBe('This copy is not set up yet: ask whoever gave it to you');
  await fireEvent.click(screen.getByRole('button', { name: button('Rehearse', { press: 'close' }).label.args?.[0]?.[1] ?? '' }));
  expect(pressed).toEqual([{ press: 'rehearse', flow: 'newUsers' }]);
});

test('a message that comes on Start is shown and announced', async () => {
  const { show } = open(firstScreens.start);
  const message = { number: 1, text: said('Starting the rehearsal…'), tone: 'note' as const };
  show(changed(firstScreens.start, { message }));
  await tick();
  expect(document.querySelector('main .message')?.textContent).toContain('Starting the rehearsal…');
  expect(announced().polite?.textContent).toContain('Starting the rehearsal…');
});

test('a message on a copy that is not set up is shown and announced, and again when it comes again', async () => {
  const { show } = open(firstScreens.refused);
  const message = { number: 1, text: said('Starting the rehearsal…'), tone: 'note' as const };
  show({ ...firstScreens.refused, message });
  await tick();
  expect(document.querySelector('main .message')?.textContent).toContain('Starting the rehearsal…');
  const first = announced().polite;
  expect(first?.textContent).toContain('Starting the rehearsal…');
  show({ ...firstScreens.refused, message: { ...message, number: 2 } });
  await tick();
  expect(announced().polite).not.toBe(first);
  show({ ...firstScreens.refused, message: { number: 3, text: said('It did not start.'), tone: 'bad' } });
  await tick();
  expect(announced().urgent?.textContent).toContain('It did not start.');
});

test('a database that could not be read can be tried again, and its details selected', async () => {
  const { pressed } = open(firstScreens.unreadable);
  const { card } = roleCard;
  const details = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Details for support' });
  expect(details.readOnly).toBe(true);
  for (const part of ['2F9CW', card.class, card.code ?? '', card.correlationId ?? '']) expect(details.value).toContain(part);
  await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(pressed).toEqual([{ press: 'tryAgain' }]);
});

test('what another program changed is seen when the window gets the focus', async () => {
  open(firstScreens.usernameNone, () => Promise.resolve(firstScreens.username));
  window.dispatchEvent(new Event('focus'));
  await vi.waitFor(() => expect(written()).toContain('svc-cosell@contoso.example'));
});

test('an answer older than a view that was sent meanwhile is left out', async () => {
  let answer = () => undefined as void;
  const late = new Promise<typeof firstScreens.usernameNone>((resolve) => (answer = () => resolve(firstScreens.usernameNone)));
  const { show } = open(firstScreens.usernameNone, () => late);
  window.dispatchEvent(new Event('focus'));
  show(firstScreens.username);
  answer();
  await late;
  await tick();
  expect(written()).toContain('svc-cosell@contoso.example');
});

test('a core that cannot be reached any more is not left standing', async () => {
  const { stop } = open(firstScreens.username, () => Promise.reject(new Error('gone')));
  window.dispatchEvent(new Event('focus'));
  await vi.waitFor(() => expect(stop).toHaveBeenCalledOnce());
});

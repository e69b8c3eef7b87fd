import { fireEvent, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, test } from 'vitest';

import { laterScreens } from '../harness/laterScreens';
import { popups } from '../harness/popups';
import { heading, open, written } from './window';

const popup = () => document.querySelector('dialog');
const field = (name: RegExp | string) => screen.getByRole<HTMLInputElement>('textbox', { name, hidden: true });
const press = (name: RegExp | string) => fireEvent.click(screen.getByRole('button', { name }));

test('a pop-up is named by its heading, takes the focus, and gives it back to what opened it', async () => {
  const { show } = open(laterScreens.testBefore);
  const opener = screen.getAllByRole('button', { name: 'Change' })[0];
  opener?.focus();
  show(popups.edit);
  await tick();
  expect(screen.getByRole('dialog', { name: 'Edit' })).toBeTruthy();
  expect(document.activeElement).toBe(field('Microsoft username'));
  show(laterScreens.testBefore);
  await tick();
  expect(document.activeElement).toBe(opener);
});

test('where what opened it is gone, the heading of the screen gets the focus', async () => {
  const { show } = open(popups.edit);
  await tick();
  show(laterScreens.done);
  await tick();
  expect(document.activeElement).toBe(heading());
});

test('every pop-up has one heading, can be closed, and has one primary button at most', async () => {
  for (const page of Object.values(popups)) {
    document.body.replaceChildren();
    const { pressed } = open(page);
    await tick();
    expect(popup()?.querySelectorAll('h2:not(section h2)')).toHaveLength(1);
    expect(popup()?.contains(document.activeElement)).toBe(true);
    expect(popup()?.querySelectorAll('.primary').length).toBeLessThanOrEqual(1);
    await fireEvent(popup() ?? document, new Event('cancel', { cancelable: true }));
    expect(pressed).toEqual([{ press: 'closeDialog' }]);
  }
});

test('Edit: Save sends what was typed, and is never disabled', async () => {
  const { pressed } = open(popups.edit);
  await fireEvent.input(field('Microsoft username'), { target: { value: ' other@contoso.example' } });
  await fireEvent.click(screen.getByRole('radio', { name: "A person's account" }));
  const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });
  expect(save.disabled).toBe(false);
  await fireEvent.click(save);
  expect(pressed).toEqual([{ press: 'saveUsername', username: ' other@contoso.example', kind: 'person' }]);
});

test('Edit: an error stands in the summary, which has the focus, and at the field, and the value stays', async () => {
  const { show } = open(popups.edit);
  await fireEvent.input(field('Microsoft username'), { target: { value: 'svc-cosell' } });
  await press('Save');
  show(popups.editError);
  await tick();
  const words = 'Type the whole Microsoft username, with the @ and the part behind it';
  const summary = screen.getByRole('group', { name: words });
  expect(document.activeElement).toBe(summary);
  const input = field('Microsoft username');
  expect(input.value).toBe('svc-cosell');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  const described = (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent);
  expect(described).toContain(words);
  expect(document.title).toContain('Error');
  await fireEvent.click(screen.getByRole('button', { name: words }));
  expect(document.activeElement).toBe(input);
  await press('Save');
  expect(document.activeElement).toBe(summary);
});

test('Test: what did not pass says its reason, and the first button is the primary one', () => {
  open(popups.testPartialPopup);
  expect(screen.getByRole('dialog', { name: /Sign-in works; .*4.* of .*9.* could not be checked yet/ })).toBeTruthy();
  const reasons = [...(popup()?.querySelectorAll('[data-check] .hint') ?? [])];
  expect(reasons).toHaveLength(4);
  const buttons = [...(popup()?.querySelectorAll('footer button') ?? [])].map((one) => [one.textContent?.includes('Finish'), one.className.includes('primary')]);
  expect(buttons).toEqual([[false, false], [true, true]]);
});

test('Test: a rehearsal wears its stamp', () => {
  open(popups.testRehearsalPopup);
  expect(popup()?.textContent).toContain('Rehearsal: this is not a real connection.');
});

test('Help: the state code, what to read out, and each copy beside what it copies', async () => {
  const { pressed } = open(popups.help);
  expect(popup()?.querySelector('[data-state-code]')?.textContent).toBe('7KQ4M');
  for (const part of ['New users, step 7', 'support.workspan.com', 'support@workspan.com', 'Maria Gómez', '.local/share/mpc-connect', '10:44']) {
    expect(popup()?.textContent).toContain(part);
  }
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Summary for support' }).readOnly).toBe(true);
  await press('Copy summary');
  expect(pressed).toEqual([{ press: 'copy', what: 'summary' }]);
});

test('Power Automate: names, who turned them off, and the message for somebody else', async () => {
  const { pressed, show } = open(popups.powerAutomate);
  await fireEvent.input(field('Names of the flows'), { target: { value: 'One\nTwo' } });
  await press('Save the names');
  show(popups.powerAutomate);
  await fireEvent.input(field('Turned off by'), { target: { value: 'Maria' } });
  await press('They are turned off');
  show(popups.powerAutomate);
  await press(/^Not me/);
  expect(pressed).toEqual([
    { press: 'saveFlowNames', names: 'One\nTwo' },
    { press: 'flowsTurnedOff', by: 'Maria', names: 'One\nTwo' },
    { press: 'copyFlowsMessage', names: 'One\nTwo' },
  ]);
  show(popups.powerAutomateDone);
  await tick();
  expect(written()).toContain('Turned off by Maria Gómez');
  expect(screen.queryByRole('button', { name: 'They are turned off' })).toBeNull();
});

test('What does the browser show: an answer leads on, and takes the focus there', async () => {
  const { pressed, show } = open(popups.browserShows);
  await press('An administrator must approve');
  expect(pressed).toEqual([{ press: 'browserShows', answer: 'adminApproval' }]);
  show(popups.browserShowsApproval);
  await tick();
  expect(document.activeElement).toBe(screen.getByRole('region', { name: 'What it means' }));
  expect(screen.getByRole('button', { name: 'An administrator must approve', pressed: true })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Text for IT' }).className).toContain('primary');
});

test('What does the browser show: a pasted address that carries a sign-in does not stay on the screen', async () => {
  const { pressed, show } = open(popups.browserShowsNumber);
  const pasted = 'http://localhost/auth?code=secret';
  await fireEvent.input(field('Number or text of the error'), { target: { value: pasted } });
  await press('Look it up');
  expect(pressed).toEqual([{ press: 'browserShowsNumber', text: pasted }]);
  show(popups.browserShowsRefused);
  await tick();
  expect(field('Number or text of the error').value).toBe('');
  expect(document.activeElement?.textContent).toContain('thrown away');
});

test('What does the browser show: an address pasted again and refused again does not stay either', async () => {
  const { pressed, show } = open(popups.browserShowsRefused);
  const pasted = 'http://localhost/auth?code=secret';
  await fireEvent.input(field('Number or text of the error'), { target: { value: pasted } });
  await press('Look it up');
  expect(pressed).toEqual([{ press: 'browserShowsNumber', text: pasted }]);
  show(popups.browserShowsRefused);
  await tick();
  expect(field('Number or text of the error').value).toBe('');
  expect(document.activeElement?.textContent).toContain('thrown away');
});

test('Mine is not listed: name and Partner ID are sent, and a missing name is said', async () => {
  const { pressed, show } = open(popups.companyNotListed);
  expect(document.activeElement).toBe(field('Company name'));
  await fireEvent.input(field('Company name'), { target: { value: 'Contoso Süd' } });
  await fireEvent.input(field('Partner ID (optional)'), { target: { value: '1234567' } });
  await press('Note it down');
  expect(pressed).toEqual([{ press: 'companyNotListed', name: 'Contoso Süd', partnerId: '1234567' }]);
  show(popups.companyNotListedError);
  await tick();
  expect(field('Company name').getAttribute('aria-invalid')).toBe('true');
});

test('Disconnect: each way says what becomes of sign-in and history, and staying is the primary', async () => {
  const { pressed } = open(popups.disconnect);
  const outcome = (name: RegExp) => {
    const id = screen.getByRole('button', { name }).getAttribute('aria-describedby') ?? '';
    return document.getElementById(id)?.textContent;
  };
  expect(outcome(/keep the history/)).toContain('stays on this computer');
  expect(outcome(/remove the history/)).toContain('cannot be undone');
  expect(screen.getByRole('button', { name: 'Stay connected' }).className).toContain('primary');
  await press(/remove the history/);
  expect(pressed).toEqual([{ press: 'disconnect', wipe: true }]);
});

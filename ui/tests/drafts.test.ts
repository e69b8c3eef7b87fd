import { fireEvent, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, test } from 'vitest';

import { firstScreens } from '../harness/firstScreens';
import { laterScreens } from '../harness/laterScreens';
import { inFront } from '../harness/parts';
import { popups } from '../harness/popups';
import type { Page } from '../src/lib/bindings.gen';
import { changed, open } from './window';

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const type = (name: string, value: string) => fireEvent.input(field(name), { target: { value } });
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

/** NEW-1 with another company as the core has it. */
function saved(company: string): Page {
  const page = firstScreens.open;
  if (page.kind !== 'wizard' || page.body.kind !== 'open') throw new Error('not the connection page');
  return changed(page, { body: { ...page.body, form: { ...page.body.form, company } } });
}

/** Opens these one after the other, as the core would show them. */
async function look(show: (page: Page) => void, ...pages: Page[]) {
  for (const page of pages) {
    show(page);
    await tick();
  }
}

test('what was typed on NEW-1 is there again after Status, every field of it', async () => {
  const { show } = open(firstScreens.open);
  const labels = [...document.querySelectorAll('#screen-form .field label')].map((label) => label.textContent ?? '');
  expect(labels).toHaveLength(4);
  for (const label of labels) await type(label, `typed into ${label}`);
  await fireEvent.click(screen.getByRole('radio', { name: 'Yes' }));
  await look(show, laterScreens.status, firstScreens.open);
  for (const label of labels) expect(field(label).value).toBe(`typed into ${label}`);
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Yes' }).checked).toBe(true);
});

test('the reference of MIG-1 outlives its screen', async () => {
  const { show } = open(firstScreens.contact);
  const name = document.querySelector('label[for=reference]')?.textContent ?? '';
  await type(name, 'CASE-4711');
  await look(show, laterScreens.status, firstScreens.contact);
  expect(field(name).value).toBe('CASE-4711');
});

test('what was sent and taken is no draft any more, even when the core comes back to what it had', async () => {
  const { show } = open(saved('Contoso'));
  await type('Company name', 'Fabrikam');
  await press('Continue');
  await look(show, firstScreens.usernameNone, saved('Contoso'));
  expect(field('Company name').value).toBe('Contoso');
});

test('what the core has newly saved wins over a draft', async () => {
  const { show } = open(saved('Contoso'));
  await type('Company name', 'Fabrikam');
  await look(show, laterScreens.status, saved('Northwind'));
  expect(field('Company name').value).toBe('Northwind');
  await type('Company name', 'Tailspin');
  await look(show, laterScreens.status, saved('Northwind'));
  expect(field('Company name').value).toBe('Tailspin');
});

test('another environment begins without drafts, on the same screen and on the way back', async () => {
  const rehearsed = firstScreens.openProblem;
  const { show } = open(firstScreens.open);
  await type('Company name', 'Fabrikam');
  await look(show, rehearsed);
  expect(field('Company name').value).toBe('Contoso Ltd');
  await type('Company name', 'Rehearsal Ltd');
  await look(show, firstScreens.open);
  expect(field('Company name').value).toBe('Contoso Ltd');
});

test('a history that is removed takes what was typed along', async () => {
  const { show } = open(firstScreens.open);
  await type('Company name', 'Fabrikam');
  await look(show, popups.disconnect);
  await press(/remove the history/);
  await look(show, laterScreens.statusNotConnected, firstScreens.open);
  expect(field('Company name').value).toBe('Contoso Ltd');
});

test('Power Automate: the names and who turned them off are there again, until they are sent', async () => {
  const { show } = open(popups.powerAutomate);
  await type('Names of the flows', 'One\nTwo');
  await type('Turned off by', 'Maria');
  await look(show, laterScreens.verifyInactive, popups.powerAutomate);
  expect(field('Names of the flows').value).toBe('One\nTwo');
  expect(field('Turned off by').value).toBe('Maria');
  await press('They are turned off');
  await look(show, laterScreens.verifyInactive, popups.powerAutomate);
  expect(field('Turned off by').value).toBe('');
  expect(field('Names of the flows').value).toBe('One\nTwo');
});

test('Mine is not listed: a refused form is kept whole, and Cancel drops it', async () => {
  const { show } = open(popups.companyNotListed);
  await type('Partner ID (optional)', '1234567');
  await press('Note it down');
  await look(show, popups.companyNotListedError, laterScreens.organization, popups.companyNotListed);
  expect(field('Partner ID (optional)').value).toBe('1234567');
  await press('Cancel');
  await look(show, laterScreens.organization, popups.companyNotListed);
  expect(field('Partner ID (optional)').value).toBe('');
});

test('Edit: a closed pop-up is found as it was left, and Cancel drops it', async () => {
  const { show } = open(popups.edit);
  await type('Microsoft username', 'other@contoso.example');
  await fireEvent.click(screen.getByRole('radio', { name: "A person's account" }));
  await look(show, laterScreens.testBefore, popups.edit);
  expect(field('Microsoft username').value).toBe('other@contoso.example');
  expect(screen.getByRole<HTMLInputElement>('radio', { name: "A person's account" }).checked).toBe(true);
  await press('Cancel');
  await look(show, laterScreens.testBefore, popups.edit);
  expect(field('Microsoft username').value).toBe('svc-cosell@contoso.example');
});

test('Edit: a name that was refused is still there after the pop-up was closed', async () => {
  const { show } = open(popups.edit);
  await type('Microsoft username', 'svc-cosell');
  await press('Save');
  await look(show, popups.editError, laterScreens.testBefore, popups.edit);
  expect(field('Microsoft username').value).toBe('svc-cosell');
  await press('Save');
  await look(show, inFront(laterScreens.testBefore, { kind: 'edit', username: 'svc-cosell@contoso.example', accountKind: 'service', error: null }));
  expect(field('Microsoft username').value).toBe('svc-cosell');
});

import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';

import { laterScreens } from '../harness/laterScreens';
import { said } from '../harness/parts';
import type { OrganizationBody, Page } from '../src/lib/bindings.gen';
import { filterOf, MOST_SHOWN } from '../src/lib/filter';
import { announced, changed, open, written } from './window';

afterEach(() => vi.useRealTimers());

const select = () => screen.getByRole<HTMLSelectElement>('combobox', { name: 'Select Organization' });
const field = () => screen.getByRole('textbox', { name: 'Find a name in the list' });
const names = () => [...select().options].slice(1).map(({ text }) => text);
const type = (value: string) => fireEvent.input(field(), { target: { value } });
const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save' }));

/** The screen with something else in its body. */
function body(page: Page, changes: Partial<OrganizationBody>): Page {
  if (page.kind !== 'wizard' || page.body.kind !== 'organization') throw new Error('not the organization');
  return changed(page, { body: { ...page.body, ...changes } });
}

test('a short list has no filter and begins with nothing chosen', async () => {
  const { pressed } = open(laterScreens.organization);
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(select().selectedOptions[0]?.text).toBe('Choose an organization');
  await save();
  expect(pressed).toEqual([{ press: 'selectOrganization', id: '' }]);
});

test('the filter shows what carries every typed word, and says how many of how many', async () => {
  open(laterScreens.organizationMany);
  expect(written()).toContain('48 of 48 shown');
  await type('  IBERIA 0002 ');
  expect(names()).toEqual(['Organization 0002 Contoso Iberia SL']);
  expect(written()).toContain('1 of 48 shown');
  await type('no such name');
  expect(names()).toEqual([]);
  expect(written()).toContain('0 of 48 shown');
});

test('names are found without their accents', () => {
  expect(filterOf([{ name: 'Société Générale' }, { name: 'Contoso' }])('societe')).toEqual([{ name: 'Société Générale' }]);
});

test('of a thousand rows no more than two hundred are drawn, and the rest is told', async () => {
  open(laterScreens.organizationThousand);
  expect(names()).toHaveLength(MOST_SHOWN);
  expect(written()).toContain('200 of 1000 shown. Type more of the name to see the others.');
  await type('Organization 0999');
  expect(names()).toEqual(['Organization 0999 Contoso Nordics AB']);
  expect(written()).not.toContain('Type more of the name');
});

test('looking for a name never changes the choice', async () => {
  const { pressed } = open(laterScreens.organizationMany);
  await fireEvent.change(select(), { target: { value: 'org-7' } });
  await type('Iberia');
  expect(select().value).toBe('org-7');
  await save();
  expect(pressed).toEqual([{ press: 'selectOrganization', id: 'org-7' }]);
});

test('Enter after a name sends no choice', () => {
  open(laterScreens.organizationMany);
  expect(field().closest('form')).toBeNull();
  expect(field().getAttribute('form')).toBeNull();
});

test('the evidence of the chosen row describes the list', async () => {
  open(laterScreens.organization);
  expect(written()).not.toContain('Seen in 12 deals');
  await fireEvent.change(select(), { target: { value: 'org-1' } });
  const described = document.getElementById(select().getAttribute('aria-describedby') ?? '');
  expect(described?.textContent).toContain('Seen in 12 deals');
});

test('a choice that was not saved yet outlives a new view, and another saved one replaces it', async () => {
  const { show } = open(laterScreens.organization);
  await fireEvent.change(select(), { target: { value: 'org-1' } });
  show(body(laterScreens.organization, { count: said('Still three.') }));
  await tick();
  expect(select().value).toBe('org-1');
  show(body(laterScreens.organization, { selected: 'org-2' }));
  await tick();
  expect(select().value).toBe('org-2');
});

test('nothing chosen is said in the summary, which has the focus, and at the list', async () => {
  const { show } = open(laterScreens.organization);
  show(laterScreens.organizationError);
  await tick();
  const summary = screen.getByRole('group', { name: 'Select an organization' });
  expect(document.activeElement).toBe(summary);
  expect(select().getAttribute('aria-invalid')).toBe('true');
  expect(document.getElementById('organization-error')?.textContent).toBe('Select an organization');
  await fireEvent.click(screen.getByRole('button', { name: 'Select an organization' }));
  expect(document.activeElement).toBe(select());
  await save();
  expect(document.activeElement).toBe(summary);
});

test('whoever types hears the number when they pause', async () => {
  vi.useFakeTimers();
  open(laterScreens.organizationMany);
  await type('Iberia');
  await vi.advanceTimersByTimeAsync(500);
  expect(announced().polite).toBeNull();
  await vi.advanceTimersByTimeAsync(200);
  expect(announced().polite?.textContent?.replaceAll(/[\u2066-\u2069]/g, '')).toBe('16 of 48 shown');
});

test('while the list is read nothing is sent, and an empty one has no control to choose with', async () => {
  const { pressed } = open(body(laterScreens.organization, { loading: true }));
  await save();
  expect(pressed).toEqual([]);
  document.body.replaceChildren();
  open(laterScreens.organizationEmpty);
  expect(screen.queryByRole('combobox')).toBeNull();
  await waitFor(() => expect(screen.getByRole('button', { name: 'Mine is not listed' })).toBeTruthy());
});

test('names of others are text and nothing else', () => {
  const name = '<img src=x onerror=alert(1)>';
  open(body(laterScreens.organization, { rows: [{ id: 'x', name, evidence: [said(name)] }], selected: 'x' }));
  expect(document.querySelector('img')).toBeNull();
  expect(names()).toEqual([name]);
});

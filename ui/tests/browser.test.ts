import { fireEvent, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, test } from 'vitest';

import { laterScreens } from '../harness/laterScreens';
import type { BrowserBody, Page } from '../src/lib/bindings.gen';
import { announced, changed, open, written } from './window';

/** The wait with something else in its body. */
function wait(page: Page, changes: Partial<BrowserBody>): Page {
  if (page.kind !== 'wizard' || page.body.kind !== 'browser') throw new Error('not the wait');
  return changed(page, { body: { ...page.body, ...changes } });
}

test('each row of the wait has its word, and what happened its time', () => {
  open(laterScreens.waiting);
  const rows = [...document.querySelectorAll('main [data-state]')];
  expect(rows.map((row) => row.querySelector('strong')?.textContent)).toEqual(['Done', 'Waiting', 'Not started'].map((word) => expect.stringContaining(word)));
  expect(rows.map((row) => row.querySelectorAll('svg').length)).toEqual([1, 1, 1]);
  expect(rows[0]?.textContent).toContain('10:42:07');
});

test('every way on is one press away', async () => {
  const { pressed, show } = open(laterScreens.waiting);
  for (const name of [/^Open again/, 'Copy sign-in link', 'Use another way', 'What does the browser show?']) {
    await fireEvent.click(screen.getByRole('button', { name }));
    show(laterScreens.waiting);
  }
  expect(pressed.map(({ press }) => press)).toEqual(['openBrowserAgain', 'copy', 'useAnotherWay', 'openDialog']);
});

test('the nudge is announced when it comes, and not again with each view', async () => {
  const { show } = open(laterScreens.waiting);
  expect(announced().polite).toBeNull();
  show(laterScreens.waitingNudge);
  await tick();
  const first = announced().polite;
  expect(first?.textContent).toContain('Nothing happened in the browser?');
  show(wait(laterScreens.waitingNudge, { endsAt: null }));
  await tick();
  expect(announced().polite).toBe(first);
});

test('"Keep waiting" stands once, in the bar', () => {
  open(laterScreens.waitingTenMinutes);
  expect(screen.getAllByRole('button', { name: 'Keep waiting' })).toHaveLength(1);
});

test('the account question shows both names in full, each by itself, and the saved one is answered first', () => {
  open(laterScreens.accountQuestion);
  const names = [...document.querySelectorAll('dd[dir=auto] > bdi')].map((name) => name.textContent);
  expect(names).toEqual(['svc-cosell@contoso.example', 'svc-cosel1@contoso.example']);
  const answers = [...document.querySelectorAll('main button')];
  expect(answers[0]?.className).toContain('primary');
  expect(answers[0]?.textContent).toContain('Sign in as');
  expect(answers[1]?.className).not.toContain('primary');
  const consequence = document.getElementById(answers[1]?.getAttribute('aria-describedby') ?? '');
  expect(consequence?.textContent).toContain('The saved username becomes this one.');
});

test('an answer presses what it says', async () => {
  const { pressed, show } = open(laterScreens.accountQuestion);
  await fireEvent.click(screen.getByRole('button', { name: /^Sign in as/ }));
  show(laterScreens.accountQuestion);
  await fireEvent.click(screen.getByRole('button', { name: /^Use svc/ }));
  expect(pressed).toEqual([{ press: 'signInAsSaved' }, { press: 'useSignedIn' }]);
});

test('a name from the browser is text and nothing else', () => {
  const signedIn = '<script>alert(1)</script>@contoso.example';
  const page = laterScreens.accountQuestion;
  const question = page.kind === 'wizard' && page.body.kind === 'browser' ? page.body.question : null;
  if (!question) throw new Error('no question');
  open(wait(page, { question: { ...question, signedIn } }));
  expect(document.querySelector('main script')).toBeNull();
  expect(written()).toContain(signedIn);
});

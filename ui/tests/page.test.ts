import { render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';

import App from '../src/App.svelte';
import type { Page } from '../src/lib/bindings.gen';
import { say } from './catalogue';
import { refusedView, statusView, text } from './views';


function open(first: Page, read: () => Promise<Page> = () => Promise.resolve(first)) {
  const stop = vi.fn();
  render(App, { first, say, read, stop });
  return stop;
}

const heading = () => screen.getByRole('heading', { level: 1 });
const shown = () => (document.body.textContent ?? '').replaceAll(/[\u2066-\u2069]/g, '');

afterEach(() => vi.useRealTimers());

test('the heading says the word and has the focus', () => {
  open(statusView());
  expect(heading().textContent).toBe('Active');
  expect(document.activeElement).toBe(heading());
});

test('the first screenful says code, step, account, organization and computer', () => {
  open(statusView());
  for (const part of ['7KQ4M', 'NEW-8', 'Test Connection', 'svc-cosell@contoso.example', 'Contoso Ltd', 'Front desk']) {
    expect(shown()).toContain(part);
  }
});

test('only an environment other than the public one wears a banner, and only a rehearsal its stamp', () => {
  open(statusView());
  expect(shown()).not.toContain('Environment:');
  document.body.replaceChildren();
  open(statusView({ environment: { name: 'practice', managed: true }, rehearsal: true }));
  expect(shown()).toContain('Environment: practice');
  expect(shown()).toContain('Rehearsal: this is not a real connection.');
  expect(shown()).toContain('Managed by your organization');
});

test('a failure says what, why, who, what to do, and what support needs', () => {
  const part = (name: string) => text(`failure-role-missing.${name}`);
  const card = { class: 'ROLE_MISSING', what: part('what'), why: part('why'), who: part('who'), act: part('do') };
  const rest = { redo: 'NEW-8', code: 'HTTP 403', correlationId: 'abc-123' };
  open(statusView({ mark: 'inactive', headline: text('status-inactive'), card: { ...card, ...rest } }));
  for (const wanted of ['did not let this account read', 'It lacks', 'Your Partner Center administrator', 'Ask for']) {
    expect(shown()).toContain(wanted);
  }
  expect(shown()).toContain('ROLE_MISSING · HTTP 403 · abc-123');
  expect(screen.queryByRole('button')).toBeNull();
});

test('a result that nobody knows never looks like a pass', () => {
  const check = { id: 'x', label: text('check-mfa.label'), resultLabel: text('result-not-checked'), milliseconds: 0 };
  open(statusView({ checks: [{ ...check, result: 'surprise', sentence: text('check-mfa.unknown') }] }));
  const row = document.querySelector('[data-result=surprise]');
  expect(row?.className).toContain('tone-neutral');
  expect(row?.querySelector('circle')).toBeNull();
});

test('names from elsewhere are text and nothing else', () => {
  const hostile = '<img src=x onerror=alert(1)><script>alert(1)</script>';
  open(statusView({ organization: hostile, computerLabel: hostile }));
  expect(document.querySelector('img, script')).toBeNull();
  expect(shown()).toContain(hostile);
});

test('a copy that is not set up says so', () => {
  open(refusedView);
  expect(heading().textContent).toBe('MPC Connect cannot start here');
  expect(shown()).toContain('This copy is not set up yet: ask whoever gave it to you');
});

test('what another program changed is seen when the window gets the focus, and announced as a new element', async () => {
  const next = statusView({ mark: 'cantCheck', headline: text('status-cant-check') });
  open(statusView(), () => Promise.resolve(next));
  expect(screen.getByRole('status').childElementCount).toBe(0);
  window.dispatchEvent(new Event('focus'));
  await waitFor(() => expect(heading().textContent).toBe("Can't check"));
  expect(screen.getByRole('status').firstElementChild?.textContent).toBe("Can't check");
});

test('an Active word does not outlive its day in a window that stays open', async () => {
  vi.useFakeTimers();
  const stale = statusView({ mark: 'stale', headline: text('status-stale', { date: '22 Nov', was: 'active' }) });
  open(statusView(), () => Promise.resolve(stale));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(shown()).toContain('Not checked since 22 Nov (was Active)');
});

test('a view that cannot be read any more is not left standing', async () => {
  const stop = open(statusView(), () => Promise.reject(new Error('gone')));
  window.dispatchEvent(new Event('focus'));
  await waitFor(() => expect(stop).toHaveBeenCalledOnce());
});

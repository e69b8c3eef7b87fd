import { expect, test } from 'vitest';

import { say } from './catalogue';

const bare = (text: string) => text.replaceAll(/[\u2066-\u2069]/g, '');

test('a message is said with its arguments, each between isolation marks', () => {
  const text = { id: 'ctl-selected', args: [['name', 'Contoso']] as [string, string][] };
  expect(say(text)).toBe('Organization chosen: \u2068Contoso\u2069');
});

test('a part of a message is said by its attribute', () => {
  expect(say('failure-sign-in-again.button')).toBe('Authorize again');
});

test('a contract word becomes its label', () => {
  expect(bare(say('status-stale', { date: '22 Oct', was: 'active' }))).toBe('Not checked since 22 Oct (was Active)');
});

test('mistakes are seen and stop nothing', () => {
  for (const unknown of ['no-such-message', 'step-open', 'step-open.no-such-part', '', '.']) {
    expect(say(unknown)).toBe(`[${unknown}]`);
  }
  expect(bare(say('ctl-selected'))).toBe('Organization chosen: {$name}');
});

test('an argument is never read as a message or as HTML', () => {
  const hostile = '{ ctl-cancelled } <img src=x onerror=alert(1)>';
  expect(bare(say('ctl-selected', { name: hostile }))).toBe(`Organization chosen: ${hostile}`);
});

test('every text that the page names is in the catalogue', () => {
  const files = Object.values(import.meta.glob<string>('../src/**/*.{svelte,ts}', { eager: true, query: '?raw', import: 'default' }));
  const named = files.flatMap((file) => [...file.matchAll(/say\('([^']+)'/g)].map((match) => match[1] ?? ''));
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((id) => say(id).startsWith('['))).toEqual([]);
});

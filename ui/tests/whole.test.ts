import { expect, test } from 'vitest';

import { wholes } from '../src/lib/whole';

test('an account is found in a sentence with what clings to it, and cut at its @ alone', () => {
  const parts = wholes('You log in as svc-cosell@contoso.example. Go on.');
  expect(parts.map(({ text }) => text)).toEqual(['You log in as ', 'svc-cosell@contoso.example.', ' Go on.']);
  expect(parts[1]?.halves).toEqual(['svc-cosell', '@contoso.example.']);
});

test('nothing is lost, whatever the text is', () => {
  for (const text of ['', '@', 'the @ alone', 'a@b@c d@', '\u2068svc-a@b.example\u2069, \u2068x@y\u2069', 'no account'])
    expect(wholes(text).map((part) => part.text).join('')).toBe(text);
});

import type { CheckView, Text } from './bindings.gen';

/** A check as a list of them draws it. */
export interface CheckRow extends Omit<CheckView, 'sentence'> {
  sentence: Text | null;
}

const same = (one: Text | undefined, other: Text) => JSON.stringify(one) === JSON.stringify(other);

/** The rows of a list of checks. While a test runs, what has no result yet is waited for; a sentence that the row above
 * says already is not repeated; and a list in which nothing was checked yet needs none. */
export function checkRows(checks: readonly CheckView[], running: boolean): CheckRow[] {
  const untouched = checks.every(({ result }) => result === 'not_checked');
  return checks.map((check, index) => {
    const open = check.result === 'not_checked';
    if (running && open) {
      return { ...check, result: 'running', resultLabel: { id: 'window-check-waiting', args: [] }, sentence: null };
    }
    const needless = open && (untouched || same(checks[index - 1]?.sentence, check.sentence));
    return needless ? { ...check, sentence: null } : check;
  });
}

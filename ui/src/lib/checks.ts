import type { CheckView, Text } from './bindings.gen';

/** A check as a list of them draws it. */
export interface CheckRow extends Omit<CheckView, 'sentence'> {
  sentence: Text | null;
}

const same = (one: Text | undefined, other: Text) => JSON.stringify(one) === JSON.stringify(other);

/** The rows of a list of checks. What stands there already, as the word or in the row above, is not said again; and while
 * the checks run, what has no result yet is drawn as waited for. */
export function checkRows(checks: readonly CheckView[], running = false): CheckRow[] {
  return checks.map((check, index) => {
    const open = check.result === 'not_checked';
    const repeats = same(check.resultLabel, check.sentence) || (open && same(checks[index - 1]?.sentence, check.sentence));
    const sentence = repeats ? null : check.sentence;
    return { ...check, sentence, result: running && open ? 'running' : check.result };
  });
}

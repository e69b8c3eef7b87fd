/** How many rows a list renders at most; whoever looks for another one types more of its name. */
export const MOST_SHOWN = 200;

/** Something with a name to be found by. */
interface Named {
  name: string;
}

/** A name as it is compared: without case, accents and doubled spaces. */
function comparable(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/g, ' ').trim().toLocaleLowerCase('en');
}

/** Prepares a list once, so that each key press only compares. The answer holds at most {@link MOST_SHOWN} rows. */
export function filterOf<Row extends Named>(rows: readonly Row[]): (typed: string) => Row[] {
  const keys = rows.map((row) => comparable(row.name));
  return (typed) => {
    const wanted = comparable(typed).split(' ');
    const found: Row[] = [];
    for (const [index, row] of rows.entries()) {
      if (found.length === MOST_SHOWN) break;
      const key = keys[index] ?? '';
      if (wanted.every((part) => key.includes(part))) found.push(row);
    }
    return found;
  };
}

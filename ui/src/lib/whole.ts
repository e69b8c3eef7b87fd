interface Part {
  text: string;
  /** What a line holds together as long as it fits, and what it holds together where it does not: up to the @, and from it. */
  halves: string[];
}

/** Finds the names of accounts in a sentence. */
export function wholes(text: string): Part[] {
  const parts = text.split(/(\S+@\S+)/).filter((part) => part !== '');
  return parts.map((text): Part => {
    const at = /^\S+@/.test(text) ? text.indexOf('@') : -1;
    return { text, halves: at < 0 ? [] : [text.slice(0, at), text.slice(at)] };
  });
}

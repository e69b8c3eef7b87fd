interface Part {
  text: string;
  /** Whether no line ends within it, as long as it fits into one. */
  whole: boolean;
}

/** Cuts a sentence where a line may end before and after an account's name, and such a name before its @. */
export function wholes(text: string): Part[] {
  const parts = text.split(/(\S+@\S+)/).filter((part) => part !== '');
  return parts.flatMap((part): Part[] => {
    const at = /^\S+@/.test(part) ? part.indexOf('@') : -1;
    if (at < 0) return [{ text: part, whole: false }];
    return [part.slice(0, at), part.slice(at)].map((half) => ({ text: half, whole: true }));
  });
}

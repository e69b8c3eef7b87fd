import type { Mark, RailState, Tone, WaitState } from './bindings.gen';

/** Drawn shapes; each stands beside its word and never alone. */
export type ShapeName = 'circle' | 'ring' | 'square' | 'triangle' | 'quarter' | 'dash';

/** The colours that a status, a result or a note can wear, as named in `tokens.css`. */
export type Colour = 'active' | 'inactive' | 'warning' | 'waiting' | 'neutral' | 'note';

/** A shape with its colour. */
export interface Look {
  shape: ShapeName;
  colour: Colour;
}

/** How the connection's word looks. */
export const markLooks: Record<Mark, Look> = {
  active: { shape: 'circle', colour: 'active' },
  inactive: { shape: 'square', colour: 'inactive' },
  cantCheck: { shape: 'triangle', colour: 'warning' },
  stale: { shape: 'quarter', colour: 'waiting' },
  notConnected: { shape: 'ring', colour: 'neutral' },
};

/** How a note, a message or the result of a test looks. */
export const toneLooks: Record<Tone, Look> = {
  note: { shape: 'dash', colour: 'note' },
  good: { shape: 'circle', colour: 'active' },
  warning: { shape: 'triangle', colour: 'warning' },
  bad: { shape: 'square', colour: 'inactive' },
};

/** How a row of the wait looks. */
export const waitLooks: Record<WaitState, Look> = {
  done: { shape: 'circle', colour: 'active' },
  waiting: { shape: 'quarter', colour: 'waiting' },
  notStarted: { shape: 'ring', colour: 'neutral' },
  failed: { shape: 'square', colour: 'inactive' },
};

/** What stands in the circle of a step instead of its number. */
export const railIcons: Record<RailState, 'tick' | 'bang' | null> = {
  notStarted: null,
  current: null,
  done: 'tick',
  needsAttention: 'bang',
  waiting: null,
};

const resultLooks = new Map<string, Look>([
  ['passed', { shape: 'circle', colour: 'active' }],
  ['warning', { shape: 'triangle', colour: 'warning' }],
  ['failed', { shape: 'square', colour: 'inactive' }],
  ['running', { shape: 'quarter', colour: 'waiting' }],
]);

/** A result that is not known looks like one that was not checked: never like a pass. */
export function resultLook(result: string): Look {
  return resultLooks.get(result) ?? { shape: 'dash', colour: 'neutral' };
}

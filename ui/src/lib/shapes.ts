import type { Mark } from './bindings.gen';

/** Drawn shapes; each stands beside its word and never alone. */
export type ShapeName = 'circle' | 'ring' | 'square' | 'triangle' | 'quarter' | 'dash';

/** The colours that a status or a result can wear, as named in `tokens.css`. */
export type Tone = 'active' | 'inactive' | 'warning' | 'waiting' | 'neutral';

export interface Look {
  shape: ShapeName;
  tone: Tone;
}



export const markLooks: Record<Mark, Look> = {
  active: { shape: 'circle', tone: 'active' },
  inactive: { shape: 'square', tone: 'inactive' },
  cantCheck: { shape: 'triangle', tone: 'warning' },
  stale: { shape: 'quarter', tone: 'waiting' },
  notConnected: { shape: 'ring', tone: 'neutral' },
};

const resultLooks = new Map<string, Look>([
  ['passed', { shape: 'circle', tone: 'active' }],
  ['warning', { shape: 'triangle', tone: 'warning' }],
  ['failed', { shape: 'square', tone: 'inactive' }],
]);

/** A result that is not known looks like one that was not checked: never like a pass. */
export function resultLook(result: string): Look {
  return resultLooks.get(result) ?? { shape: 'dash', tone: 'neutral' };
}

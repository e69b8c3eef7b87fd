import { createContext } from 'svelte';

import type { Message } from './bindings.gen';

/** The last message of the screen, for a pop-up that stands in front of its strip. */
export const [latest, provideLatest] = createContext<() => Message | null>();

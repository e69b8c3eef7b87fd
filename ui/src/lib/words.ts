import { FluentBundle, FluentResource } from '@fluent/bundle';

import type { Catalogue, Text } from './bindings.gen';

/** Says a message of the catalogue: one that came with its arguments, or one by its id. */
export type Say = (message: Text | string, values?: Record<string, string>) => string;

/** A reader of the catalogue. What it does not know it shows as `[id]`, so that a mistake is seen. */
export function reader(catalogue: Catalogue): Say {
  const bundle = new FluentBundle(catalogue.language);
  bundle.addResource(new FluentResource(catalogue.source), { allowOverrides: true });
  return (message, values = {}) => {
    const { id, args = [] } = typeof message === 'string' ? { id: message, args: [] } : message;
    const [name = '', attribute] = id.split('.', 2);
    const found = bundle.getMessage(name);
    const pattern = attribute === undefined ? found?.value : found?.attributes[attribute];
    // With a list for errors, Fluent goes on and shows what is missing as `{$name}` instead of throwing.
    return pattern ? bundle.formatPattern(pattern, { ...Object.fromEntries(args), ...values }, []) : `[${id}]`;
  };
}

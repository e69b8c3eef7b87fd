import type { Page, Status, Text } from '../src/lib/bindings.gen';

export type StatusView = Status & { kind: 'status' };

export function text(id: string, args: Record<string, string> = {}): Text {
  return { id, args: Object.entries(args).map(([name, value]) => ({ name, value })) };
}

/** An Active connection; a test changes what it is about. */
export function statusView(changes: Partial<Status> = {}): StatusView {
  return {
    kind: 'status',
    environment: { name: 'public', managed: false },
    rehearsal: false,
    stateCode: '7KQ4M',
    step: 'NEW-8',
    stepTitle: text('step-test.title'),
    mark: 'active',
    headline: text('status-active'),
    sentence: text('status-active-sentence', { label: 'Front desk' }),
    checked: text('status-checked-at', { time: '22 Nov 2026, 10:58' }),
    lastKnown: null,
    qualifiers: [],
    card: null,
    account: 'svc-cosell@contoso.example',
    organization: 'Contoso Ltd',
    computerLabel: 'Front desk',
    checks: [],
    openItems: [],
    terminal: [{ purpose: text('window-terminal-test'), line: 'mpcctl test' }],
    ...changes,
  };
}

export const refusedView: Page = { kind: 'refused', reason: text('environment-error-not-set-up'), detail: null };

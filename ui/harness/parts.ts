import type {
  Actions,
  Body,
  Button,
  CardView,
  CheckView,
  Dialog,
  Fact,
  OpenItemRow,
  Page,
  Press,
  RailRow,
  RailState,
  Screen,
  ScreenName,
  StatusPanel,
  Text,
} from '../src/lib/bindings.gen';

/** A text of the catalogue. */
export function text(id: string, args: Record<string, string> = {}): Text {
  return { id, args: Object.entries(args) };
}

/** A sentence that the catalogue does not have; the harness adds one message that says its argument. */
export function said(sentence: string): Text {
  return text('harness-text', { text: sentence });
}

export function button(label: string, press: Press, opensBrowser = false): Button {
  return { label: said(label), press, opensBrowser };
}

const stages: [ScreenName, string, string][] = [
  ['open', 'NEW-1', 'step-open'],
  ['username', 'NEW-2', 'step-username'],
  ['authorize', 'NEW-3', 'step-authorize'],
  ['logIn', 'NEW-4', 'step-log-in'],
  ['accept', 'NEW-5', 'step-accept'],
  ['verify', 'NEW-6', 'step-verify'],
  ['organization', 'NEW-7', 'step-organization'],
  ['test', 'NEW-8', 'step-test'],
];

const stateLabels: Record<RailState, string> = {
  notStarted: 'Not started',
  current: 'Current',
  done: 'Done',
  needsAttention: 'Needs attention',
  waiting: 'Waiting in browser',
};

export function rail(shown: ScreenName, current: number, state: RailState): RailRow[] {
  return stages.map(([name, code, id], index) => {
    const number = index + 1;
    const own = number < current ? 'done' : number === current ? state : 'notStarted';
    const open: Press | null = number < current ? { press: 'goTo', screen: name } : null;
    const label = text(`${id}.rail`);
    return { code, number, label, state: own, stateLabel: said(stateLabels[own]), isShown: name === shown, open };
  });
}

export const back = button('Back', { press: 'back' });
export const noActions: Actions = { back: null, other: null, primary: null };

export function primary(label: string, press: Press, opensBrowser = false): Actions {
  return { back, other: null, primary: { does: 'press', button: button(label, press, opensBrowser) } };
}

/** A step of the New users flow. */
export function step(name: ScreenName, body: Body, changes: Partial<Screen> = {}, state: RailState = 'current'): Page {
  const at = stages.findIndex(([screen]) => screen === name);
  const [, code, id] = stages[at] ?? ['start', 'NEW-1', 'step-open'];
  return {
    kind: 'wizard',
    name,
    environment: { name: 'public', rehearsal: false, banner: null, managed: null, leave: null },
    stateCode: '7KQ4M',
    mark: 'active',
    headline: text('status-active'),
    flow: said('New users · 8 steps'),
    rail: rail(name, at + 1, state),
    step: { code, number: at + 1, of: stages.length },
    title: text(`${id}.title`),
    purpose: text(`${id}.purpose`),
    qualifiers: [],
    message: null,
    card: null,
    body,
    openItems: [],
    openCount: changes.openItems?.length ?? 0,
    actions: noActions,
    dialog: null,
    ...changes,
  };
}

export const facts: Fact[] = [
  { label: text('wizard-fact-account'), value: 'svc-cosell@contoso.example', change: null },
  { label: text('wizard-fact-kind'), value: 'service account', change: null },
  { label: text('wizard-fact-organization'), value: 'Contoso Ltd', change: null },
  { label: text('wizard-fact-computer'), value: 'Front desk', change: null },
  { label: text('wizard-fact-directory'), value: '••••9f3c', change: null },
];

export function statusPanel(changes: Partial<StatusPanel> = {}): StatusPanel {
  return {
    mark: 'active',
    headline: text('status-active'),
    sentence: text('status-active-sentence', { label: 'Front desk' }),
    checked: text('status-checked-at', { time: '22 Nov 2026, 10:58' }),
    lastKnown: null,
    qualifiers: [],
    checking: false,
    check: button('Check again', { press: 'checkNow' }),
    facts,
    ...changes,
  };
}

export function checkRow(id: string, result: string, milliseconds: number, part = result.replace('_', '-')): CheckView {
  const sentence = part === 'not-reached' ? text('check-not-reached') : text(`check-${id}.${part}`);
  const resultLabel = text(`result-${result.replace('_', '-')}`);
  return { id, label: text(`check-${id}.label`), result, resultLabel, sentence, milliseconds };
}

const probe = ['metadata', 'refresh', 'identity', 'referrals', 'mfa'];
const soft = ['role', 'organization', 'referral-by-id', 'profile'];
export const passedProbe = probe.map((id, index) => checkRow(id, 'passed', 41 + 207 * index));
export const passed = [...probe, ...soft].map((id, index) => checkRow(id, 'passed', 41 + 163 * index));
export const untold = (id: string, said: string): CheckView => ({ ...checkRow(id, 'not_checked', 0), resultLabel: text(said), sentence: text(said) });
export const notRun = [...probe, ...soft].map((id) => untold(id, 'wizard-check-not-run'));
export const failed = [...probe, ...soft].map((id, index) =>
  index < 3 ? checkRow(id, 'passed', 80) : index === 3 ? checkRow(id, 'failed', 412) : checkRow(id, 'not_checked', 0, 'not-reached'),
);
export const partial = [
  ...passedProbe,
  checkRow('role', 'not_checked', 0, 'unknown'),
  checkRow('organization', 'not_checked', 0, 'not-seen'),
  checkRow('referral-by-id', 'not_checked', 0),
  checkRow('profile', 'not_checked', 0, 'refused'),
];
export const running = [...probe, ...soft].map((id, index) =>
  index < 3 ? checkRow(id, 'passed', 80) : untold(id, 'wizard-check-pending'),
);

export const roleCard: CardView = {
  card: {
    class: 'ROLE_MISSING',
    what: text('failure-role-missing.what'),
    why: text('failure-role-missing.why'),
    who: text('failure-role-missing.who'),
    act: text('failure-role-missing.do'),
    button: text('failure-role-missing.button'),
    quotation: null,
    redo: 'NEW-8',
    code: 'HTTP 403',
    correlationId: '3b1f6c1e-0000-4000-8000-2f7a11c0ffee',
  },
  button: { label: text('failure-role-missing.button'), press: { press: 'testConnection' }, opensBrowser: false },
  addresses: [],
};

export const openItem = (id: string, asked: string, arrived: string | null = null): OpenItemRow => ({
  id,
  what: text(`open-item-${id}.what`),
  who: text(`open-item-${id}.who`),
  asked: text('open-item-asked', { time: asked }),
  arrived,
  note: null,
  hint: text(`open-item-${id}.check`),
  buttons: arrived === null ? [button('It is done', { press: 'itemArrived', id })] : [],
});
export const openItems = [openItem('integrations-on', '21 Nov 2026, 16:04'), openItem('workspan-test', '22 Nov 2026, 10:58')];

/** A pop-up in front of a screen that it belongs to. */
export function inFront(page: Page, dialog: Dialog): Page {
  return page.kind === 'wizard' ? { ...page, dialog } : page;
}

import type { Actions, Body, Choice, EnvironmentView, Page, PreflightRow, PreflightView, Press, Screen } from '../src/lib/bindings.gen';
import { laterScreens } from './laterScreens';
import { back, button, primary, roleCard, said, statusPanel, step, text } from './parts';

const submit = (label: string): Actions => ({ back, other: null, primary: { does: 'submit', label: said(label) } });

const notConnected: Partial<Screen> = { mark: 'notConnected', headline: text('status-not-connected'), stateCode: '2F9CW' };

const choice = (id: string, name: string, press: Press): Choice => ({
  id,
  label: text(`wizard-choice-${name}.label`),
  detail: text(`wizard-choice-${name}.detail`),
  press,
});
const choices = [
  choice('newUsers', 'new-users', { press: 'chooseFlow', flow: 'newUsers' }),
  choice('migration', 'migration', { press: 'chooseFlow', flow: 'migration' }),
  choice('review', 'review', { press: 'goTo', screen: 'status' }),
  choice('rehearse', 'rehearse', { press: 'rehearse', flow: 'newUsers' }),
];
const goOn: Choice = {
  id: 'continue',
  label: text('wizard-choice-continue-new-users'),
  detail: text('wizard-choice-continue-at', { step: '6', of: '8', code: 'NEW-6' }),
  press: { press: 'continue' },
};

const needed = text('wizard-before-you-begin');
const start = (list: Choice[], changes: Partial<Screen> = {}, status = null as ReturnType<typeof statusPanel> | null): Page =>
  step('start', { kind: 'start', choices: list, status, beforeYouBegin: needed } satisfies Body, {
    ...notConnected,
    rail: [],
    flow: null,
    step: null,
    title: text('wizard-start.title'),
    purpose: text('wizard-start.purpose'),
    actions: { back: null, other: null, primary: { does: 'submit', label: said('Continue') } },
    ...changes,
  });

const row = (id: string, label: string, result = 'passed', sentence = 'In order.'): PreflightRow => ({
  id,
  label: said(label),
  result,
  resultLabel: text(`result-${result.replace('_', '-')}`),
  sentence: said(sentence),
});
const ready: PreflightView = {
  headline: text('wizard-preflight-ready'),
  tone: 'good',
  running: false,
  again: { label: text('wizard-check-computer'), press: { press: 'checkComputer' }, opensBrowser: false },
  rows: [
    row('network', 'Network', 'passed', 'Microsoft answers this computer.'),
    row('clock', 'Clock'),
    row('return', 'Way back from the browser'),
    row('keychain', 'Keychain', 'passed', 'The keychain keeps and returns a sign-in.'),
    row('store', 'History'),
    row('browser', 'Browser'),
  ],
};
const open = (preflight: PreflightView): Body => ({
  kind: 'open',
  path: ['My Company Profile', 'Applications', 'Microsoft', 'Microsoft Partner Center', 'MPC Connection'].map(said),
  form: { company: 'Contoso Ltd', contact: '', computerLabel: 'Front desk', secondFactorHolder: '', passwordRotates: 'unknown' },
  preflight,
});

const username = (changes: Partial<Body & { kind: 'username' }> = {}): Body => ({
  kind: 'username',
  username: null,
  accountKind: text('account-kind-service'),
  warning: null,
  edit: button('Edit', { press: 'editUsername' }),
  note: text('note-service-account.body'),
  ...changes,
});

const authorize: Body = {
  kind: 'authorize',
  username: 'svc-cosell@contoso.example',
  change: button('Change the Microsoft username', { press: 'goTo', screen: 'username' }),
  happens: [
    { number: 3, text: text('wizard-happens-browser-opens'), place: text('wizard-place-app') },
    { number: 4, text: text('wizard-happens-log-in', { username: 'svc-cosell@contoso.example' }), place: text('wizard-place-browser') },
    { number: 5, text: text('wizard-happens-accept'), place: text('wizard-place-browser') },
    { number: 6, text: text('wizard-happens-verify'), place: text('wizard-place-app') },
  ],
  surprises: ['second-check', 'stay-signed-in', 'microsoft-asks', 'browser-asks', 'blank-tab', 'share-screen'].map((id) =>
    text(`wizard-surprise-${id}`),
  ),
  permissions: ['referrals', 'profile', 'name', 'stay'].map((id) => text(`wizard-permission-${id}`)),
  itText: button('Text for IT', { press: 'openDialog', dialog: 'itText' }),
};

const rehearsal: EnvironmentView = {
  name: 'sandbox',
  rehearsal: true,
  banner: said('Rehearsal: this is not a real connection.'),
  managed: null,
  leave: button('Leave rehearsal', { press: 'leaveRehearsal' }),
};

const contact: Body = {
  kind: 'contact',
  site: 'support.workspan.com',
  email: 'support@workspan.com',
  message:
    'Hello,\n\nwe are ready to move from Power Automate to the Microsoft API.\nCompany: Contoso Ltd. Our contact: Maria Gómez.\nPower Automate flows stay on until you say so.',
  reference: '',
  powerAutomate: {
    text: text('wizard-flows-not-named'),
    open: button('Open the checklist', { press: 'openDialog', dialog: 'powerAutomate' }),
  },
};
const migration: Partial<Screen> = {
  title: text('step-contact.title'),
  purpose: text('step-contact.purpose'),
  flow: said('Migration · 9 steps'),
  step: { code: 'MIG-1', number: 1, of: 9 },
  rail: [
    { code: 'MIG-1', number: 1, label: text('step-contact.rail'), state: 'current', stateLabel: said('Current'), isShown: true, open: null },
    ...(laterScreens.testBefore.kind === 'wizard' ? laterScreens.testBefore.rail : []).map((one) => ({
      ...one,
      code: `MIG-${one.number + 1}`,
      number: one.number + 1,
      state: 'notStarted' as const,
      isShown: false,
      open: null,
    })),
  ],
};

const openItem = laterScreens.doneOpenItems.kind === 'wizard' ? laterScreens.doneOpenItems.openItems : [];

export const firstScreens = {
  start: start(choices),
  startContinue: start([goOn, ...choices], { mark: 'active', headline: text('status-active') }),
  startFinished: start(
    choices,
    { mark: 'stale', headline: text('status-stale', { date: '22 Oct', was: 'active' }), openItems: openItem },
    statusPanel({ mark: 'stale', headline: text('status-stale', { date: '22 Oct', was: 'active' }) }),
  ),
  contact: step('contact', contact, { ...notConnected, ...migration, actions: submit('I contacted Support') }),
  open: step('open', open(ready), { ...notConnected, actions: submit('Continue') }),
  openChecking: step('open', open({ ...ready, running: true, tone: 'note', headline: text('wizard-preflight-running') }), {
    ...notConnected,
    actions: submit('Continue'),
  }),
  openProblem: step(
    'open',
    open({
      ...ready,
      tone: 'warning',
      headline: text('wizard-preflight-one-warning'),
      rows: [...ready.rows.slice(0, 3), row('keychain', 'Keychain', 'failed', 'No keychain answers on this computer. Start it, then check again.')],
    }),
    { ...notConnected, environment: rehearsal, actions: submit('Continue') },
  ),
  usernameNone: step('username', username(), { ...notConnected, actions: primary('Edit', { press: 'editUsername' }) }),
  username: step('username', username({ username: 'svc-cosell@contoso.example' }), {
    ...notConnected,
    message: { number: 1, text: said('Saved: svc-cosell@contoso.example'), tone: 'good' },
    actions: primary('Continue', { press: 'continue' }),
  }),
  usernameWarning: step(
    'username',
    username({ username: 'someone@outlook.example', accountKind: text('account-kind-person'), warning: text('username-warning-personal') }),
    { ...notConnected, environment: rehearsal, actions: primary('Continue', { press: 'continue' }) },
  ),
  authorize: step('authorize', authorize, { ...notConnected, environment: rehearsal, actions: primary('Authorize', { press: 'authorize' }, true) }),
  authorizeRefused: step(
    'authorize',
    authorize,
    { environment: rehearsal, mark: 'inactive', headline: text('status-inactive'), card: roleCard, actions: primary('Authorize again', { press: 'authorize' }, true), openCount: 2 },
    'needsAttention',
  ),
  refused: {
    kind: 'refused',
    title: text('environment-error-not-set-up'),
    reason: text('environment-error-no-client-id'),
    detail: 'client_id',
    stateCode: '2F9CW',
    message: null,
    rehearse: [button('Rehearse', { press: 'rehearse', flow: 'newUsers' })],
  },
  unreadable: { kind: 'unreadable', environment: rehearsal, stateCode: '2F9CW', card: roleCard.card },
} satisfies Record<string, Page>;

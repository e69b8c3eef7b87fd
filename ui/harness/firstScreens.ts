import type { Actions, Body, Choice, EnvironmentView, Page, PreflightRow, PreflightView, Press, Screen } from '../src/lib/bindings.gen';
import { button, laterScreens, roleCard, said, statusPanel, step, text } from './laterScreens';

const back = button('Back', { press: 'back' });
const submit = (label: string): Actions => ({ back, other: null, primary: { does: 'submit', label: said(label) } });
const primary = (label: string, press: Press, away = false): Actions => ({
  back,
  other: null,
  primary: { does: 'press', button: button(label, press, away) },
});

const notConnected: Partial<Screen> = { mark: 'notConnected', headline: text('status-not-connected'), stateCode: '2F9CW' };

const choices: Choice[] = [
  { id: 'newUsers', label: said('Set up a new connection'), detail: said('New users · 8 steps'), press: { press: 'chooseFlow', flow: 'newUsers' } },
  { id: 'migration', label: said('Move from Power Automate'), detail: said('Migration for existing users · 9 steps'), press: { press: 'chooseFlow', flow: 'migration' } },
  { id: 'rehearse', label: said('Rehearse first'), detail: said('The same steps with made-up accounts. Nothing real is touched.'), press: { press: 'rehearse', flow: 'newUsers' } },
  { id: 'review', label: said('Review the status'), detail: said('Works without internet. Shows what was found out last on this computer.'), press: { press: 'goTo', screen: 'status' } },
];
const goOn: Choice = { id: 'continue', label: said('Continue setup'), detail: said('Step 6 of 8, Verify Connection Status'), press: { press: 'continue' } };

const needed = said(
  'Have the Microsoft account at hand, with the Referrals admin role ("Referral Admin" in the guide), and whoever holds its second check. A service account is best.',
);
const start = (list: Choice[], changes: Partial<Screen> = {}, status = null as ReturnType<typeof statusPanel> | null): Page =>
  step('start', { kind: 'start', choices: list, status, beforeYouBegin: needed } satisfies Body, {
    ...notConnected,
    rail: [],
    flow: null,
    step: null,
    title: said('What would you like to do?'),
    purpose: said('Connect your Microsoft Partner Center co-sell account on this computer.'),
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
  headline: said('This computer is ready'),
  tone: 'good',
  running: false,
  again: button('Check again', { press: 'checkComputer' }),
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
    { number: 3, text: said('Your browser opens.'), place: said('this app') },
    { number: 4, text: said('You sign in there and complete the second check.'), place: said('browser') },
    { number: 5, text: said('You read the permissions and press Accept.'), place: said('browser') },
    { number: 6, text: said('You come back here, and the connection is checked.'), place: said('this app') },
  ],
  surprises: [
    'Microsoft may ask for a second check, such as a code.',
    'It may ask "Stay signed in?". Both answers work.',
    'It may ask once more before it opens an app.',
    'A Microsoft tab may stay blank at the end. You can close it.',
    'On a call? Share the whole screen now, not one window.',
  ].map(said),
  permissions: [
    'Read and change Partner Center data as this account. MPC Connect only reads.',
    'See who signed in.',
    'Keep the access, so that you need not sign in each time.',
  ].map(said),
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
    text: said('Power Automate flows: leave them on until Support says so.'),
    open: button('Checklist', { press: 'openDialog', dialog: 'powerAutomate' }),
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
  openChecking: step('open', open({ ...ready, running: true, tone: 'note', headline: said('Checking this computer…') }), {
    ...notConnected,
    actions: submit('Continue'),
  }),
  openProblem: step(
    'open',
    open({
      ...ready,
      tone: 'warning',
      headline: said('One thing needs a look'),
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
  authorize: step('authorize', authorize, { ...notConnected, actions: primary('Authorize', { press: 'authorize' }, true) }),
  authorizeRefused: step(
    'authorize',
    authorize,
    { mark: 'inactive', headline: text('status-inactive'), card: roleCard, actions: primary('Authorize again', { press: 'authorize' }, true), openCount: 2 },
    'needsAttention',
  ),
  refused: {
    kind: 'refused',
    title: text('environment-error-not-set-up'),
    reason: text('environment-error-no-client-id'),
    detail: 'client_id',
    stateCode: '2F9CW',
    rehearse: [button('Rehearse', { press: 'rehearse', flow: 'newUsers' })],
  },
  unreadable: { kind: 'unreadable', environment: rehearsal, stateCode: '2F9CW', card: roleCard.card },
} satisfies Record<string, Page>;

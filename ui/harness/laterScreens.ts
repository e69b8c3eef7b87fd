import type {
  AccountQuestion,
  Actions,
  Body,
  Fact,
  Mark,
  OrganizationRow,
  Page,
  Screen,
  Text,
} from '../src/lib/bindings.gen';
import {
  back,
  button,
  facts,
  failed,
  noActions,
  notRun,
  openItem,
  openItems,
  partial,
  passed,
  passedProbe,
  primary,
  rail,
  roleCard,
  running,
  said,
  statusPanel,
  step,
  text,
  untold,
} from './parts';

const waits: Body & { kind: 'browser' } = {
  kind: 'browser',
  rows: [
    { text: said('Browser opened'), state: 'done', stateLabel: said('Done'), time: '10:42:07' },
    { text: said('Waiting for you to log in (4) and accept (5)'), state: 'waiting', stateLabel: said('Waiting'), time: null },
    { text: said('Return to this app'), state: 'notStarted', stateLabel: said('Not started'), time: null },
  ],
  nudge: null,
  ways: [
    button('Open again', { press: 'openBrowserAgain' }, true),
    button('Copy sign-in link', { press: 'copy', what: 'signInLink' }),
    button('Use another way', { press: 'useAnotherWay' }),
    button('What does the browser show?', { press: 'openDialog', dialog: 'browserShows' }),
  ],
  question: null,
  permissions: [],
  endsAt: said('The wait ends by itself at 11:12. At 10:52 this window asks whether to go on.'),
};
const waitActions: Actions = { back, other: button('Stop waiting', { press: 'stop' }), primary: null };
const waiting: Partial<Screen> = { actions: waitActions, mark: 'notConnected', headline: text('status-not-connected') };

const question: AccountQuestion = {
  question: said('Another account signed in than the one you saved. Whose connection shall this be?'),
  saved: 'svc-cosell@contoso.example',
  signedIn: 'svc-cosel1@contoso.example',
  first: {
    button: button('Sign in as svc-cosell@contoso.example in a private window', { press: 'signInAsSaved' }, true),
    consequence: said('The sign-in link is copied. Open a private window of your browser, paste the link there and sign in with the saved name.'),
  },
  second: {
    button: button('Use svc-cosel1@contoso.example', { press: 'useSignedIn' }),
    consequence: said('The saved username becomes this one. Organization and test have to be done again.'),
  },
};

const names = ['Contoso Ltd', 'Contoso Iberia SL', 'Contoso Nordics AB'];
const row = (name: string, index: number): OrganizationRow => ({
  id: `org-${index}`,
  name,
  evidence: [said(`Also written “${name}.”`), said('Seen in 12 deals and in the legal business profile.')],
});
export const manyRows = (count: number): OrganizationRow[] =>
  Array.from({ length: count }, (_, index) => row(`Organization ${String(index + 1).padStart(4, '0')} ${names[index % 3]}`, index));
const organization: Body & { kind: 'organization' } = {
  kind: 'organization',
  loading: false,
  rows: names.map(row),
  selected: '',
  count: said('3 organizations found for this account.'),
  cut: null,
  filter: false,
  error: null,
  reload: button('Reload the list', { press: 'reloadOrganizations' }),
  notListed: button('Mine is not listed', { press: 'openDialog', dialog: 'companyNotListed' }),
  note: text('note-organization.body'),
};
const organizationActions: Actions = { back, other: null, primary: { does: 'submit', label: said('Save') } };

const testFacts: Fact[] = [
  { label: text('wizard-fact-account'), value: 'svc-cosell@contoso.example', change: button('Change', { press: 'goTo', screen: 'username' }) },
  { label: text('wizard-fact-organization'), value: 'Contoso Ltd', change: button('Change', { press: 'goTo', screen: 'organization' }) },
  { label: text('wizard-fact-status'), value: 'Active', change: null },
];
const testBody = (changes: Partial<Body & { kind: 'test' }> = {}): Body => ({
  kind: 'test',
  facts: testFacts,
  running: false,
  result: null,
  checks: notRun,
  ...changes,
});
const test = primary('Test connection', { press: 'testConnection' });
const successful = { face: 'passed', title: text('test-face-passed'), sentence: said('All 9 checks passed at 10:58.'), tone: 'good' as const };
const partly = {
  face: 'partial',
  title: text('test-face-partial', { open: '4', total: '9' }),
  sentence: said('5 of 9 checks passed at 10:58. Each of the others says who can change it.'),
  tone: 'warning' as const,
};
const unsuccessful = { face: 'failed', title: text('test-face-failed'), sentence: said('The fourth of 9 checks failed at 10:58.'), tone: 'bad' as const };

const mail = `Subject: MPC connection of Contoso Ltd: Active, checked 22 Nov 2026, 10:58

Status: Active. This computer (Front desk) can read co-sell referrals as s••••••••@c••••••.example.
Organization: Contoso Ltd
Checked: 22 Nov 2026, 10:58. After 24 h this is no proof of today.
Open: Integrations turned on (WorkSpan Support, asked 21 Nov 2026).
State code: 7KQ4M

Is there anything left to press on your side?`;
const done = (changes: Partial<Body & { kind: 'done' }> = {}): Body => ({
  kind: 'done',
  lead: said('Your part is done.'),
  status: statusPanel({ check: null }),
  next: [
    said('Send the report below to your contact in WorkSpan Professional Services.'),
    said('They run their own test and do the remaining steps.'),
    said('They tell you when it is complete.'),
  ],
  mail,
  report: [button('Copy the mail text', { press: 'copy', what: 'mailReport' }), button('Save the report page', { press: 'saveReport' })],
  savedAt: null,
  ...changes,
});
const outside = { step: null, title: text('step-done-new-users.title'), purpose: null };
const doneActions: Actions = {
  back: button('View status', { press: 'goTo', screen: 'status' }),
  other: null,
  primary: { does: 'press', button: button('Close', { press: 'close' }) },
};
const doneRail = rail('done', 9, 'done');

const status = (changes: Partial<Body & { kind: 'status' }> = {}): Body => ({
  kind: 'status',
  status: statusPanel({ check: button('Check now', { press: 'checkNow' }) }),
  next: said('WorkSpan Support: Integrations turned on'),
  checks: passed,
  disconnect: button('Disconnect', { press: 'openDialog', dialog: 'disconnect' }),
  ...changes,
});
const word = (mark: Mark, headline: Text): Partial<Screen> => ({ mark, headline });
const statusScreen = { ...outside, title: said('Status'), rail: doneRail, actions: { ...noActions, back } };

/** The screens from the browser on, by name. */
export const laterScreens = {
  waiting: step('logIn', waits, waiting, 'waiting'),
  waitingNudge: step(
    'logIn',
    { ...waits, nudge: { title: said('Nothing happened in the browser?'), text: said('Your computer may have opened the page in another window or desktop. Look there first.'), button: null } },
    waiting,
    'waiting',
  ),
  waitingTenMinutes: step(
    'logIn',
    { ...waits, nudge: { title: said('Keep waiting?'), text: said('Ten minutes have passed. Without an answer the wait ends at 11:12.'), button: button('Keep waiting', { press: 'keepWaiting' }) } },
    { ...waiting, actions: { ...waitActions, primary: { does: 'press', button: button('Keep waiting', { press: 'keepWaiting' }) } } },
    'waiting',
  ),
  accept: step(
    'accept',
    {
      ...waits,
      permissions: [
        said('Access Partner Center as you: read and change what this account may see there. This app only reads.'),
        said('Sign you in and read your profile: to compare the account with the saved name.'),
        said('Maintain access to data you have given it access to: so that nobody has to sign in each hour.'),
      ],
    },
    waiting,
    'waiting',
  ),
  accountQuestion: step('logIn', { ...waits, rows: [], ways: [], endsAt: null, question }, { ...waiting, actions: { ...noActions, back } }, 'needsAttention'),
  accountQuestionLong: step(
    'logIn',
    {
      ...waits,
      rows: [],
      ways: [],
      endsAt: null,
      question: { ...question, saved: `${'a-very-long-account-name-'.repeat(4)}@subsidiary.contoso.example`, signedIn: 'مدير@contoso.example' },
    },
    { ...waiting, actions: { ...noActions, back } },
    'needsAttention',
  ),
  verifyActive: step(
    'verify',
    { kind: 'verify', status: statusPanel(), checks: passedProbe, note: text('note-power-automate.body'), powerAutomate: null },
    { actions: primary('Continue', { press: 'continue' }) },
  ),
  verifyChecking: step('verify', {
    kind: 'verify',
    status: statusPanel({ mark: 'notConnected', headline: said('Checking…'), checking: true, check: null, sentence: said('Asking Partner Center whether this computer may read co-sell referrals.') }),
    checks: [],
    note: text('note-power-automate.body'),
    powerAutomate: null,
  }),
  verifyInactive: step(
    'verify',
    {
      kind: 'verify',
      status: statusPanel({ mark: 'inactive', headline: text('status-inactive'), sentence: text('status-inactive-sentence', { label: 'Front desk' }) }),
      checks: failed.slice(0, 5),
      note: text('note-power-automate.body'),
      powerAutomate: {
        text: said('Power Automate flows: not turned off yet.'),
        open: button('Open the checklist', { press: 'openDialog', dialog: 'powerAutomate' }),
      },
    },
    { card: roleCard, ...word('inactive', text('status-inactive')), actions: { back, other: null, primary: { does: 'press', button: roleCard.button ?? back } } },
    'needsAttention',
  ),
  organization: step('organization', organization, { actions: organizationActions }),
  organizationChosen: step('organization', { ...organization, selected: 'org-0' }, { actions: organizationActions }),
  organizationError: step('organization', { ...organization, error: said('Select an organization') }, { actions: organizationActions }),
  organizationMany: step(
    'organization',
    { ...organization, rows: manyRows(48), filter: true, count: said('48 organizations found for this account.'), cut: said('Only the newest 500 referrals were read. Older organizations may be missing.') },
    { actions: organizationActions },
  ),
  organizationThousand: step(
    'organization',
    { ...organization, rows: manyRows(1000), filter: true, count: said('1000 organizations found for this account.') },
    { actions: organizationActions },
  ),
  organizationEmpty: step(
    'organization',
    { ...organization, rows: [], count: said('No organization was seen in any referral of this account, and the company profile could not be read.') },
    { actions: { back, other: null, primary: null } },
  ),
  organizationLoading: step(
    'organization',
    { ...organization, rows: [], loading: true, count: said('Reading the organizations…') },
    { actions: { back, other: null, primary: null } },
  ),
  testBefore: step('test', testBody(), { actions: test }),
  testMigration: step('test', testBody({ checks: [...notRun, untold('webhook', 'wizard-check-not-run')] }), { actions: test }),
  testRunning: step('test', testBody({ running: true, checks: running }), {
    actions: { back, other: null, primary: { does: 'press', button: button('Stop', { press: 'stop' }) } },
  }),
  testPassed: step('test', testBody({ checks: passed, result: successful }), { actions: primary('Finish', { press: 'continue' }) }),
  testPartial: step('test', testBody({ checks: partial, result: partly }), { actions: primary('Finish', { press: 'continue' }) }),
  testFailed: step(
    'test',
    testBody({ checks: failed, result: unsuccessful }),
    { card: roleCard, ...word('inactive', text('status-inactive')), actions: { back, other: null, primary: { does: 'press', button: roleCard.button ?? back } } },
    'needsAttention',
  ),
  done: step('done', done(), { ...outside, rail: doneRail, actions: doneActions }),
  doneOpenItems: step('done', done({ lead: said('Your part is done. Two things are still waited for.'), savedAt: said('Saved as MPC connection Contoso Ltd 2026-11-22.html in Documents.') }), {
    ...outside,
    rail: doneRail,
    actions: doneActions,
    openItems,
  }),
  status: step('status', status(), { ...statusScreen, openItems: [openItem('integrations-on', '21 Nov 2026, 16:04', '22 Nov 2026, 09:12')] }),
  statusStale: step(
    'status',
    status({
      status: statusPanel({ mark: 'stale', headline: text('status-stale', { date: '22 Oct', was: 'active' }), check: button('Check now', { press: 'checkNow' }), qualifiers: [{ label: text('qualifier-rights-not-proven.label'), sentence: text('qualifier-rights-not-proven.sentence') }] }),
    }),
    { ...statusScreen, ...word('stale', text('status-stale', { date: '22 Oct', was: 'active' })), openItems },
  ),
  statusInactive: step(
    'status',
    status({ status: statusPanel({ mark: 'inactive', headline: text('status-inactive'), sentence: text('status-inactive-sentence', { label: 'Front desk' }) }), checks: failed }),
    { ...statusScreen, ...word('inactive', text('status-inactive')), card: roleCard, openItems: [openItem('role', '22 Nov 2026, 11:04')] },
  ),
  statusNotConnected: step(
    'status',
    status({ status: statusPanel({ mark: 'notConnected', headline: text('status-not-connected'), sentence: text('status-not-connected-sentence', { label: 'Front desk' }), checked: text('status-never-checked'), check: null, facts: facts.slice(3, 4) }), checks: [], disconnect: null, next: text('wizard-next-begin') }),
    { ...statusScreen, rail: [], flow: null, ...word('notConnected', text('status-not-connected')) },
  ),
} satisfies Record<string, Page>;

export const results = { successful, partly, unsuccessful, partial, failed };

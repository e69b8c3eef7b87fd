import type { Dialog, Page, Press } from '../src/lib/bindings.gen';
import { laterScreens, results } from './laterScreens';
import { button, inFront, roleCard, said, text } from './parts';

const worded = (id: string, press: Press) => ({ label: text(id), press, opensBrowser: false });
const close = button('Close', { press: 'closeDialog' });

const summary = `MPC Connect 0.1.0, New users, NEW-7 Select Organization Name
State code: 7KQ4M
Status: Active, checked 22 Nov 2026, 10:58
Account: s••••••••@c••••••.example (service account)
Organization: not chosen yet
Open: Integrations turned on (WorkSpan Support, asked 21 Nov 2026)
Next: you choose the organization`;

const itText = `Hello,

we connect our Microsoft Partner Center co-sell account with MPC Connect. Microsoft asks for an administrator's approval first.

1. Open this link and sign in as a Cloud Application Administrator or Global Administrator:
   https://login.microsoftonline.com/contoso.example/v2.0/adminconsent?client_id=00000000-0000-0000-0000-000000000000&scope=https%3A%2F%2Fapi.partner.microsoft.com%2F.default
2. You see the name MPC Connect and these permissions: read and write Partner Center data as the signed-in person; sign in; keep access.
3. Press Accept. At the end the browser may show an empty page or an address that cannot be opened. The approval is given all the same.

The program reads co-sell referrals as svc-cosell@contoso.example. It stores its sign-in in this computer's keychain only.

Thank you`;

const edit: Dialog & { kind: 'edit' } = { kind: 'edit', username: 'svc-cosell@contoso.example', accountKind: 'service', error: null };

const help: Dialog = {
  kind: 'help',
  stateCode: '7KQ4M',
  readThis: said('New users, step 7, Select Organization Name. Connection status: Active. No error.'),
  summary,
  site: 'support.workspan.com',
  email: 'support@workspan.com',
  contact: 'Maria Gómez',
  buttons: [
    button('Copy summary', { press: 'copy', what: 'summary' }),
    button('Copy e-mail address', { press: 'copy', what: 'supportEmail' }),
    button('Open the site', { press: 'openLink', link: 'support' }, true),
  ],
  dataFolder: '/home/admin/.local/share/mpc-connect',
  version: '0.1.0',
  recent: [said('10:58 The summary is copied.'), said('10:44 The connection was checked: Active.'), said('10:42 The browser was opened.')],
};

const powerAutomate: Dialog & { kind: 'powerAutomate' } = {
  kind: 'powerAutomate',
  names: 'WorkSpan co-sell referrals inbound\nWorkSpan co-sell referrals outbound',
  steps: [
    said('Wait until WorkSpan Support says so. Until then the flows keep your referrals moving.'),
    said('Sign in at make.powerautomate.com with the account that owns the flows and choose its environment.'),
    said('Open My flows, then each flow named above, and press Turn off: first outbound, then inbound.'),
    said('Turn Integrations on, or ask WorkSpan Support to do it.'),
  ],
  done: null,
  open: true,
  send: text('wizard-not-me-send-this'),
};

const answers = [
  button('An administrator must approve', { press: 'browserShows', answer: 'adminApproval' }),
  button('A form that asks for approval', { press: 'browserShows', answer: 'requestForm' }),
  button('An error with a number', { press: 'browserShows', answer: 'errorNumber' }),
  button("Another person's name", { press: 'browserShows', answer: 'anotherName' }),
  button('Permission denied', { press: 'browserShows', answer: 'permissionDenied' }),
  button('Nothing', { press: 'browserShows', answer: 'nothing' }),
];
const browserShows: Dialog & { kind: 'browserShows' } = { kind: 'browserShows', answers, given: null, card: null, ways: [], asksNumber: false, refused: null };

const disconnect: Dialog = {
  kind: 'disconnect',
  account: 'svc-cosell@contoso.example',
  buttons: [button('Disconnect, keep the history', { press: 'disconnect', wipe: false }), button('Disconnect and remove the history', { press: 'disconnect', wipe: true })],
};

const about = [said('svc-cosell@contoso.example'), said('Contoso Ltd')];
const finish = button('Finish', { press: 'goTo', screen: 'done' });

/** The pop-ups, each in front of a screen that it belongs to. */
export const popups = {
  edit: inFront(laterScreens.testBefore, edit),
  editError: inFront(laterScreens.testBefore, { ...edit, username: 'svc-cosell', error: text('username-error-no-domain') }),
  testPassedPopup: inFront(laterScreens.testPassed, { kind: 'test', result: results.successful, about, checks: [], card: null, buttons: [finish, close] }),
  testPartialPopup: inFront(laterScreens.testPartial, {
    kind: 'test',
    result: results.partly,
    about,
    checks: results.partial.filter((check) => check.result !== 'passed'),
    card: null,
    buttons: [finish, close],
  }),
  testFailedPopup: inFront(laterScreens.testFailed, { kind: 'test', result: results.unsuccessful, about, checks: results.failed.slice(3, 4), card: roleCard, buttons: [close] }),
  testRehearsalPopup: inFront(laterScreens.testPassed, {
    kind: 'test',
    result: results.successful,
    about: [...about, said('Rehearsal: this is not a real connection.')],
    checks: [],
    card: null,
    buttons: [finish, close],
  }),
  help: inFront(laterScreens.organization, help),
  itText: inFront(laterScreens.waiting, {
    kind: 'itText',
    text: itText,
    buttons: [
      button('Copy the text', { press: 'copy', what: 'itText' }),
      button('Copy the link alone', { press: 'copy', what: 'approvalLink' }),
      button('I sent it', { press: 'itemAsked', id: 'consent' }),
    ],
  }),
  powerAutomate: inFront(laterScreens.verifyInactive, powerAutomate),
  powerAutomateDone: inFront(laterScreens.verifyInactive, { ...powerAutomate, open: false, done: said('Turned off by Maria Gómez on 22 Nov 2026, 10:12.') }),
  browserShows: inFront(laterScreens.waiting, browserShows),
  browserShowsNumber: inFront(laterScreens.waiting, { ...browserShows, given: 'errorNumber', asksNumber: true }),
  browserShowsRefused: inFront(laterScreens.waiting, { ...browserShows, given: 'errorNumber', asksNumber: true, refused: text('wizard-browser-carries-a-code') }),
  browserShowsApproval: inFront(laterScreens.waiting, {
    ...browserShows,
    given: 'adminApproval',
    card: {
      ...roleCard,
      card: { ...roleCard.card, class: 'CONSENT_NEEDED', what: text('failure-consent-needed.what'), why: text('failure-consent-needed.why'), who: text('failure-consent-needed.who'), act: text('failure-consent-needed.do'), button: text('failure-consent-needed.button'), code: null, correlationId: null, redo: 'NEW-3' },
      button: button('Text for IT', { press: 'openDialog', dialog: 'itText' }),
    },
    ways: [
      { button: worded('wizard-i-sent-it', { press: 'itemAsked', id: 'consent' }), consequence: text('wizard-way-sent') },
      { button: worded('wizard-end-sign-in', { press: 'stop' }), consequence: text('wizard-way-end-waits') },
    ],
  }),
  companyNotListed: inFront(laterScreens.organization, { kind: 'companyNotListed', name: '', error: null }),
  companyNotListedError: inFront(laterScreens.organization, { kind: 'companyNotListed', name: '', error: said("Enter your company's name") }),
  disconnect: inFront(laterScreens.status, disconnect),
} satisfies Record<string, Page>;

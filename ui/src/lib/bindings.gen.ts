// Generated from the Rust types; tests/bindings.rs proves it fresh.

import { invoke as __TAURI_INVOKE } from "@tauri-apps/api/core";

/** Commands */
export const commands = {
	catalogue: () => __TAURI_INVOKE<Catalogue>("catalogue"),
	currentView: () => __TAURI_INVOKE<Page>("current_view"),
	press: (press: Press) => __TAURI_INVOKE<void>("press", { press }),
	pageIsReady: () => __TAURI_INVOKE<void>("page_is_ready"),
};

/**  Whose account it is. */
export type AccountKindChoice = "service" | "person" | "unknown";

/**  The question whose account it is: both names in full. */
export type AccountQuestion = {
	/**  What happened, with both names. */
	question: Text,
	/**  The saved name, or the account that is connected. */
	saved: string,
	/**  Who signed in. */
	signedIn: string,
	/**  "Sign in as A in a private window", with how it is done. */
	first: Answer,
	/**  "Use B", with its consequences. */
	second: Answer,
};

/**  The bar at the bottom: at most three buttons. */
export type Actions = {
	/**  Back, at the start of the line. */
	back: Button | null,
	/**  A second choice. */
	other: Button | null,
	/**  The one primary button. */
	primary: Primary | null,
};

/**  One answer, with what it leads to. */
export type Answer = {
	/**  The button. */
	button: Button,
	/**  What it leads to. */
	consequence: Text,
};

/**  Authorize. */
export type AuthorizeBody = {
	/**  Which account shall sign in. */
	username: string,
	/**  Leads to the username. */
	change: Button,
	/**  What will happen, in order. */
	happens: Happening[],
	/**  What may surprise: second factor, "Stay signed in?", the browser's question, a blank tab. */
	surprises: Text[],
	/**  Each permission in plain words. */
	permissions: Text[],
	/**  Opens the text for IT. */
	itText: Button,
};

/**  The content of a screen, by its kind. */
export type Body = 
	| { kind: "start" } & StartBody
	| { kind: "contact" } & ContactBody
	| { kind: "open" } & OpenBody
	| { kind: "username" } & UsernameBody
	| { kind: "authorize" } & AuthorizeBody
	| { kind: "browser" } & BrowserBody
	| { kind: "verify" } & VerifyBody
	| { kind: "organization" } & OrganizationBody
	| { kind: "test" } & TestBody
	| { kind: "done" } & DoneBody
	| { kind: "status" } & StatusBody;

/**  In the browser. */
export type BrowserBody = {
	/**  What has happened and what is waited for, in order; empty when nothing is under way. */
	rows: WaitRow[],
	/**  What to say about the wait: the nudge, the minute, the question. */
	nudge: Nudge | null,
	/**  Open again, copy the link, another way, what the browser shows. */
	ways: Button[],
	/**  The question whose account it is. */
	question: AccountQuestion | null,
	/**  What the permissions page looks like; on the screen of its step. */
	permissions: Text[],
	/**  When the wait ends by itself, as a time of day; `None` when nothing waits. */
	endsAt: Text | null,
};

/**  What the browser shows while the app waits. */
export type BrowserShows = "adminApproval" | "requestForm" | "errorNumber" | "anotherName" | "permissionDenied" | "nothing";

/**  "What does the browser show?" */
export type BrowserShowsDialog = {
	/**  The six answers. */
	answers: Button[],
	/**  The id of the answer that was given, such as `adminApproval`. */
	given: string | null,
	/**  What it means. */
	card: CardView | null,
	/**  Ways on from there, with what each leads to. */
	ways: Answer[],
	/**  Whether a field for the number or text stands there: `browserShowsNumber`. */
	asksNumber: boolean,
};

/**  Something to press. */
export type Button = {
	/**  Its label. */
	label: Text,
	/**  What it does. */
	press: Press,
	/**  Whether it leaves for the browser, which an arrow with a text alternative says. */
	opensBrowser: boolean,
};

/**  What happened, why, who, and the one thing to press. */
export type Card = {
	/**  The class, for "Details for support". */
	class: string,
	/**  What happened. */
	what: Text,
	/**  Why. */
	why: Text,
	/**  Who mends it. */
	who: Text,
	/**  What to do. */
	act: Text,
	/**  The label of the one thing to press. */
	button: Text,
	/**  What somebody else said about it, quoted. */
	quotation: Text | null,
	/**  The step to do again. */
	redo: string | null,
	/**  The code behind the class. */
	code: string | null,
	/**  The id for Microsoft's support. */
	correlationId: string | null,
};

/**  A failure with the one thing to press. */
export type CardView = {
	/**  What, why, who, what to do, and the details for support. */
	card: Card,
	/**  The same label as the card's button, with what it does. Also the primary of the action bar. */
	button: Button | null,
	/**  What has to be open, where it is the network. */
	addresses: string[],
};

export type Catalogue = {
	language: string,
	source: string,
};

/**  One check. */
export type CheckView = {
	/**  Its id, such as `referral-by-id`. */
	id: string,
	/**  Its name. */
	label: Text,
	/**  `passed`, `warning`, `failed` or `not_checked`. */
	result: string,
	/**  The result as a word. */
	resultLabel: Text,
	/**  What the result means. */
	sentence: Text,
	/**  How long it took; what took longer than 49 days reads as 49 days. */
	milliseconds: number,
};

/**  A card on Start. */
export type Choice = {
	/**  Stable, for the radio's value: `continue`, `newUsers`, `migration`, `rehearse`, `review`. */
	id: string,
	/**  What. */
	label: Text,
	/**  A line below it. */
	detail: Text,
	/**  What Continue presses. */
	press: Press,
};

/**  "Mine is not listed." Sent by `companyNotListed`. */
export type CompanyDialog = {
	/**  The company's name as told before. */
	name: string,
	/**  What is wrong with it. */
	error: Text | null,
};

/**  What NEW-1 asks for, as typed. */
export type ConnectionPageForm = {
	/**  The company's name. */
	company: string,
	/**  The contact at WorkSpan. */
	contact: string,
	/**  The label of this computer. */
	computerLabel: string,
	/**  Who holds the account's second factor. */
	secondFactorHolder: string,
	/**  Whether a vault rotates the account's password. */
	passwordRotates: RotationChoice,
};

/**  Contact WorkSpan Support. */
export type ContactBody = {
	/**  Support's site. */
	site: string,
	/**  Support's e-mail address. */
	email: string,
	/**  The message to send, ready. */
	message: string,
	/**  Support's reference, as saved. */
	reference: string,
	/**  The checklist of the Power Automate flows. */
	powerAutomate: PowerAutomateLine,
};

/**  What can be copied. The text is made in Rust and goes straight into the clipboard. */
export type CopyWhat = "signInLink" | "itText" | "approvalLink" | "addresses" | "supportMessage" | "supportEmail" | "powerAutomateMessage" | "summary" | "mailReport";

/**  A pop-up, by its kind. Each has a heading and can be closed, which presses `closeDialog`. */
export type Dialog = 
	| { kind: "edit" } & EditDialog
	| { kind: "test" } & TestDialog
	| { kind: "help" } & HelpDialog
	| { kind: "itText" } & TextDialog
	| { kind: "powerAutomate" } & PowerAutomateDialog
	| { kind: "browserShows" } & BrowserShowsDialog
	| { kind: "companyNotListed" } & CompanyDialog
	| { kind: "disconnect" } & DisconnectDialog;

/**  A pop-up that a person opens. */
export type DialogName = "help" | "itText" | "powerAutomate" | "browserShows" | "companyNotListed" | "disconnect";

/**  Disconnect. */
export type DisconnectDialog = {
	/**  Which account. */
	account: string,
	/**  Keep the history, or remove it too. */
	buttons: Button[],
};

/**  Done. */
export type DoneBody = {
	/**  "Your part is done.", or that it is not. */
	lead: Text,
	/**  The status. */
	status: StatusPanel,
	/**  Who does what next, in order. */
	next: Text[],
	/**  The report as mail text, ready to be read and copied. */
	mail: string,
	/**  Copy the mail text, save the page. */
	report: Button[],
	/**  Where the report page was written. */
	savedAt: Text | null,
};

/**  Edit the Microsoft username. Save presses `saveUsername`. */
export type EditDialog = {
	/**  As typed last, or as saved. */
	username: string,
	/**  As chosen last, or as saved. Not `kind`: that is the tag of the pop-up. */
	accountKind: AccountKindChoice,
	/**  What is wrong with it; the same words in summary and field. */
	error: Text | null,
};

/**  The environment in use and who chose it. */
export type EnvironmentView = {
	/**  Its name. */
	name: string,
	/**  Whether nothing real is touched. */
	rehearsal: boolean,
	/**  Whether it is everything but `public`, and so wears a banner. */
	banner: Text | null,
	/**  "managed by your organization", where a policy fixes it. */
	managed: Text | null,
	/**  Back to the real environment, where the rehearsal was begun on Start. */
	leave: Button | null,
};

/**  A labelled value. */
export type Fact = {
	/**  What it is. */
	label: Text,
	/**  The value, of somebody else's writing. */
	value: string,
	/**  Leads to where it is changed. */
	change: Button | null,
};

/**  One of the two flows. */
export type FlowChoice = "newUsers" | "migration";

/**  One thing that will happen. */
export type Happening = {
	/**  The step's number. */
	number: number,
	/**  What. */
	text: Text,
	/**  Where: this app, or the browser. */
	place: Text,
};

/**  Help and support. */
export type HelpDialog = {
	/**  The five characters, once more in large letters. */
	stateCode: string,
	/**  Step and headline, to be read to support. */
	readThis: Text,
	/**  The summary as it would be copied. */
	summary: string,
	/**  Support's site. */
	site: string,
	/**  Support's e-mail address. */
	email: string,
	/**  The contact at WorkSpan, where one was told. */
	contact: string | null,
	/**  Copy summary, copy address, open the site. */
	buttons: Button[],
	/**  Where the data is kept. */
	dataFolder: string,
	/**  The program's version. */
	version: string,
	/**  The last things that were said, newest first. */
	recent: Text[],
};

/**  A fixed address outside. */
export type Link = "support";

/**  The shape and colour of the status. */
export type Mark = "notConnected" | "active" | "inactive" | "cantCheck" | "stale";

/**  What happened last. The same text twice has another number, so that it is heard twice. */
export type Message = {
	/**  Counts up. */
	number: number,
	/**  What. */
	text: Text,
	/**  Its colour and shape. */
	tone: Tone,
};

/**  What to say about a wait. */
export type Nudge = {
	/**  A short heading. */
	title: Text,
	/**  What to do. */
	text: Text,
	/**  "Keep waiting", after ten minutes. */
	button: Button | null,
};

/**  The MPC Connection page. */
export type OpenBody = {
	/**  The guide's path, in order. */
	path: Text[],
	/**  As saved, or prefilled. */
	form: ConnectionPageForm,
	/**  Whether this computer is ready. */
	preflight: PreflightView,
};

/**  One thing that somebody else has to do, with what can be pressed about it. */
export type OpenItemRow = {
	/**  Its id, such as `integrations-on`. */
	id: string,
	/**  What. */
	what: Text,
	/**  Who. */
	who: Text,
	/**  Since when, as date and time. */
	asked: string,
	/**  Since when it is done. */
	arrived: string | null,
	/**  A reference or a company's name, as noted. */
	note: string | null,
	/**  What "Check again" can find out. */
	hint: Text,
	/**  "Check again", "It is done"; empty once it has arrived. */
	buttons: Button[],
};

/**  One thing that somebody else has to do. */
export type OpenItemView = {
	/**  Its id, such as `integrations-on`. */
	id: string,
	/**  What. */
	what: Text,
	/**  Who. */
	who: Text,
	/**  Since when. */
	asked: string,
	/**  Since when it is done. */
	arrived: string | null,
};

/**  Select Organization. */
export type OrganizationBody = {
	/**  Whether the list is being read. */
	loading: boolean,
	/**  The rows, sorted by name. */
	rows: OrganizationRow[],
	/**  The id that is chosen or preselected; empty for none. */
	selected: string,
	/**  "3 organizations found for this account.", or why there is none. */
	count: Text,
	/**  That the list may be incomplete. */
	cut: Text | null,
	/**  Whether a filter field stands above the list. */
	filter: boolean,
	/**  What is wrong with the choice. */
	error: Text | null,
	/**  Reload the list. */
	reload: Button,
	/**  "Mine is not listed." */
	notListed: Button,
	/**  Where Microsoft shows the company's name. */
	note: Text,
};

/**  A row of the dropdown. */
export type OrganizationRow = {
	/**  Its id. */
	id: string,
	/**  Its name. */
	name: string,
	/**  Other spellings, and where it was seen. */
	evidence: Text[],
};

/**  What the window shows. */
export type Page = 
	| { kind: "wizard" } & Screen
	| { kind: "refused" } & Refused
	| { kind: "unreadable" } & Unreadable;

/**  The Power Automate checklist. */
export type PowerAutomateDialog = {
	/**  The flows' names as saved, one a line. Saved by `saveFlowNames`. */
	names: string,
	/**  Where to find them, the order, and not before Support says so. */
	steps: Text[],
	/**  By whom and when they were turned off, where they were. */
	done: Text | null,
	/**  Whether they still have to be turned off: `flowsTurnedOff` with the name of who did. */
	open: boolean,
	/**  "Not me: send this." */
	send: Button,
};

/**  Where the Power Automate checklist stands, in one line with its button. */
export type PowerAutomateLine = {
	/**  "Power Automate flows: not turned off yet." */
	text: Text,
	/**  Opens the checklist. */
	open: Button,
};

/**  One check of the pre-flight. */
export type PreflightRow = {
	/**  Such as `keychain`. */
	id: string,
	/**  What is checked. */
	label: Text,
	/**  `passed`, `warning`, `failed` or `not_checked`. */
	result: string,
	/**  That result as a word. */
	resultLabel: Text,
	/**  What was found, and what to do about it. */
	sentence: Text,
};

/**  The pre-flight: one line, its rows folded. */
export type PreflightView = {
	/**  "This computer is ready", "Checking this computer…", "Two things need a look". */
	headline: Text,
	/**  Its colour and shape. */
	tone: Tone,
	/**  Whether it is still going on. */
	running: boolean,
	/**  One row for each check; `milliseconds` is 0 while it runs. */
	rows: PreflightRow[],
	/**  Run it again. */
	again: Button,
};

/**  One press, with what was typed. Lengths are cut where the text is taken in, never here. */
export type Press = 
	| { press: "chooseFlow", flow: FlowChoice }
	| { press: "rehearse", flow: FlowChoice }
	| { press: "leaveRehearsal" }
	| { press: "goTo", screen: ScreenName }
	| { press: "back" }
	| { press: "continue" }
	| { press: "contactedSupport", reference: string }
	| { press: "saveConnectionPage" } & ConnectionPageForm
	| { press: "editUsername" }
	| { press: "saveUsername", username: string, kind: AccountKindChoice }
	| { press: "authorize" }
	| { press: "askForSecondCheck" }
	| { press: "useSessionOnly" }
	| { press: "openBrowserAgain" }
	| { press: "useAnotherWay" }
	| { press: "keepWaiting" }
	| { press: "stop" }
	| { press: "signInAsSaved" }
	| { press: "useSignedIn" }
	| { press: "browserShows", answer: BrowserShows }
	| { press: "browserShowsNumber", text: string }
	| { press: "checkNow" }
	| { press: "reloadOrganizations" }
	| { press: "selectOrganization", id: string }
	| { press: "companyNotListed", name: string, partnerId: string }
	| { press: "testConnection" }
	| { press: "itemAsked", id: string }
	| { press: "itemArrived", id: string }
	| { press: "saveFlowNames", names: string }
	| { press: "flowsTurnedOff", by: string }
	| { press: "checkComputer" }
	| { press: "openDialog", dialog: DialogName }
	| { press: "closeDialog" }
	| { press: "copy", what: CopyWhat }
	| { press: "openLink", link: Link }
	| { press: "saveReport" }
	| { press: "disconnect", wipe: boolean }
	| { press: "close" };

/**  The one primary button. */
export type Primary = 
	| { does: "press", button: Button }
	| { does: "submit", label: Text };

/**  A qualifier beside the word. */
export type QualifierView = {
	/**  Two or three words. */
	label: Text,
	/**  What it means. */
	sentence: Text,
};

/**  One step of the flow. */
export type RailRow = {
	/**  Such as `NEW-3`. */
	code: string,
	/**  Counted from 1. */
	number: number,
	/**  Two or three words. */
	label: Text,
	/**  How far it is. */
	state: RailState,
	/**  That state as a word, for whoever does not see the shape. */
	stateLabel: Text,
	/**  Whether it is the one that is shown. */
	isShown: boolean,
	/**  Opens it, where it can be opened. */
	open: Press | null,
};

/**  How far a step is. */
export type RailState = "notStarted" | "current" | "done" | "needsAttention" | "waiting";

/**  Why this copy works in no environment. */
export type Refused = {
	/**  "This copy is not set up yet", or another heading. */
	title: Text,
	/**  Why. */
	reason: Text,
	/**  The place in the file, or the name, that the reason is about. */
	detail: string | null,
	/**  The five characters to read out. */
	stateCode: string,
	/**  The rehearsal, where it is offered. */
	rehearse: Button[],
};

/**  An answer to "Does a vault rotate its password?" */
export type RotationChoice = "unknown" | "rotates" | "stays";

/**  One screen with everything around it. */
export type Screen = {
	/**  Which. */
	name: ScreenName,
	/**  The environment. */
	environment: EnvironmentView,
	/**  The five characters to read out. */
	stateCode: string,
	/**  The word of the connection, for the top bar. */
	mark: Mark,
	/**  That word as text. */
	headline: Text,
	/**  The flow's name with its number of steps; `None` on Start and on Status before a flow was chosen. */
	flow: Text | null,
	/**  The steps of the flow; empty where none was chosen. */
	rail: RailRow[],
	/**  Number and code, on a step. */
	step: StepHead | null,
	/**  The heading; on a step the guide's own title. */
	title: Text,
	/**  What the screen is for, in one sentence. */
	purpose: Text | null,
	/**  What limits the claim, or is not being saved; stays until it is over. */
	qualifiers: QualifierView[],
	/**  What happened last, such as "Copied" or "You left at step 6"; stays until the next one. */
	message: Message | null,
	/**  What stands in the way, with the one thing to press. */
	card: CardView | null,
	/**  The screen's own content. */
	body: Body,
	/**  What is waited for, where the list stands: on Start, Status and Done, and first of all where a reopened window lands. Empty elsewhere. */
	openItems: OpenItemRow[],
	/**  How many items are waited for, for the rail; 0 for none. */
	openCount: number,
	/**  The bar at the bottom. */
	actions: Actions,
	/**  The pop-up in front of it. */
	dialog: Dialog | null,
};

/**  Every screen of the window. */
export type ScreenName = "start" | "contact" | "open" | "username" | "authorize" | "logIn" | "accept" | "verify" | "organization" | "test" | "done" | "status";

/**  Start. */
export type StartBody = {
	/**  The status, once a flow was begun. */
	status: StatusPanel | null,
	/**  The cards to choose from, the likeliest first and preselected. Continue presses the chosen one. */
	choices: Choice[],
	/**  What has to be at hand. */
	beforeYouBegin: Text,
};

/**  Status. */
export type StatusBody = {
	/**  The status. */
	status: StatusPanel,
	/**  Who acts next. */
	next: Text,
	/**  The last checks. */
	checks: CheckView[],
	/**  Disconnect, where something is connected. */
	disconnect: Button | null,
};

/**  The status as Verify, Done and Status show it. */
export type StatusPanel = {
	/**  The shape and colour. */
	mark: Mark,
	/**  The line in large letters. */
	headline: Text,
	/**  What exactly is claimed. */
	sentence: Text,
	/**  When it was found out. */
	checked: Text,
	/**  The last word that was really found out. */
	lastKnown: Text | null,
	/**  What limits the claim. */
	qualifiers: QualifierView[],
	/**  Whether a check is running. */
	checking: boolean,
	/**  "Check now" or "Check again"; `None` while one is running and where nothing is to be checked. */
	check: Button | null,
	/**  Account, kind, organization, computer, tenant (masked). */
	facts: Fact[],
};

/**  The status as every face of the program shows it. */
export type StatusView = {
	/**  The environment's name; everything but `public` wears a banner. */
	environment: string,
	/**  Whether nothing real is touched. */
	rehearsal: boolean,
	/**  The five characters to read out. */
	stateCode: string,
	/**  The step where the person stands, such as `NEW-6`. */
	step: string | null,
	/**  Its title. */
	stepTitle: Text | null,
	/**  The word; never `active` once the check is older than a day. */
	mark: Mark,
	/**  The line in large letters. */
	headline: Text,
	/**  What exactly is claimed. */
	sentence: Text,
	/**  When it was found out. */
	checked: Text,
	/**  The last word that was really found out, where the present one is "Can't check". */
	lastKnown: Text | null,
	/**  What limits the claim. */
	qualifiers: QualifierView[],
	/**  The card of the failure. */
	card: Card | null,
	/**  The account, in full: people must find typos. */
	account: string | null,
	/**  The chosen organization's name. */
	organization: string | null,
	/**  The computer's label. */
	computerLabel: string,
	/**  The last checks. */
	checks: CheckView[],
	/**  What is waited for. */
	openItems: OpenItemView[],
};

/**  Where the person stands. */
export type StepHead = {
	/**  Such as `NEW-3`. */
	code: string,
	/**  Counted from 1. */
	number: number,
	/**  How many the flow has. */
	of: number,
};

/**  Test connection. */
export type TestBody = {
	/**  Account, organization and status, each with Change. */
	facts: Fact[],
	/**  Whether the test is running. */
	running: boolean,
	/**  The result of the last test, in one line. */
	result: TestResult | null,
	/**  Every check of the flow, in order; those that were not run say so. */
	checks: CheckView[],
};

/**  What came of a test. */
export type TestDialog = {
	/**  One of the three faces. */
	result: TestResult,
	/**  Which connection was tested: account and organization, or that it was a rehearsal. */
	about: Text[],
	/**  The checks that did not pass, with who can change it. */
	checks: CheckView[],
	/**  The failure, where it failed. */
	card: CardView | null,
	/**  What to do next, such as Finish; the first is the primary. */
	buttons: Button[],
};

/**  What came of a test. */
export type TestResult = {
	/**  `passed`, `failed` or `partial`. */
	face: string,
	/**  "Connection successful", and so on. */
	title: Text,
	/**  "All 9 checks passed at 10:58." */
	sentence: Text,
	/**  Its colour and shape. */
	tone: Tone,
};

/**  A message of the catalogue with its arguments, not yet in any language. */
export type Text = {
	/**  The id, with an attribute after a dot where the message has parts: `failure-sign-in-again.what`. */
	id: string,
	/**  Name and ready value of each argument; dates and numbers are formatted before they get here. */
	args: [string, string][],
};

/**  A text to copy. */
export type TextDialog = {
	/**  The text, ready. */
	text: string,
	/**  Copy it, copy the link alone, "I sent it"; the first is the primary. */
	buttons: Button[],
};

/**  The colour and shape of a note. */
export type Tone = "note" | "good" | "warning" | "bad";

/**  Why nothing is known. */
export type Unreadable = {
	/**  The environment. */
	environment: EnvironmentView,
	/**  The five characters to read out. */
	stateCode: string,
	/**  What happened. */
	card: Card,
};

/**  The Microsoft username. */
export type UsernameBody = {
	/**  As saved; `None` before. */
	username: string | null,
	/**  Whose account it is, as a word. */
	accountKind: Text,
	/**  What is odd about it, such as a personal domain. */
	warning: Text | null,
	/**  Opens the Edit pop-up. */
	edit: Button,
	/**  Why a service account. */
	note: Text,
};

/**  Connection status. */
export type VerifyBody = {
	/**  The status. */
	status: StatusPanel,
	/**  The checks of the last probe, or of the one that runs. */
	checks: CheckView[],
	/**  Flows off and Integrations on. */
	note: Text,
	/**  The checklist, in Migration. */
	powerAutomate: PowerAutomateLine | null,
};

/**  One row of the wait. */
export type WaitRow = {
	/**  What. */
	text: Text,
	/**  How far. */
	state: WaitState,
	/**  That as a word. */
	stateLabel: Text,
	/**  The time of day at which it happened. */
	time: string | null,
};

/**  How far a row of the wait is. */
export type WaitState = "done" | "waiting" | "notStarted" | "failed";

### Report, summary and the texts for others.

## Report: what stands in the mail and on the page. Readers are not at the computer that it speaks of.

report-title = MPC Connect status report
report-line = { $label }: { $value }
report-checks-list = Checks that ended { $time }:
report-moment = { $local } { $offset } ({ $utc } UTC)
report-moment-utc = { $utc } UTC
report-as-of-aged = { $time }, { $age } old
report-as-of-future = { $time }, later than this was written: a clock is wrong
report-as-of-written = { $time }, when this was written
report-age-now = less than a minute
report-age-minutes = { $count } min
report-age-hours = { $count } h
report-age-days = { $count } days
report-expires = After 24 h this is no proof of today.
report-history-only = This report comes from the history of that computer. Writing it asked neither Microsoft nor the keychain.

report-label-as-of = As of
report-label-computer = Computer
report-label-organization = Organization
report-label-failed = What failed
report-label-next = Who acts next
report-label-open-items = Open items
report-label-state-code = State code
report-label-account = Microsoft account
report-label-company = Company
report-label-route = Route
report-label-step = Step
report-label-environment = Environment
report-label-signed-in = Signed in
report-label-last-used = Sign-in last used
report-label-last-test = Last test
report-label-written = Written
report-label-why = Why
report-label-act = What to do on that computer
report-label-redo = Step to redo
report-label-when = When
report-label-details = For support

report-flow-new-users = New users
report-flow-migration = Migration from Power Automate
report-not-told = Not given
report-not-chosen = Not chosen yet
report-not-saved = Not saved yet
report-not-named = Not named
report-unnamed = not named
report-account = { $account } ({ $kind })
report-step = { $step }, { $title }

report-failed-nothing = Nothing. All { $total } checks passed
report-failed-partial = Nothing, but { $open } of { $total } checks could not be shown to pass
report-failed-no-sign-in = Nothing: there is no sign-in to check
report-failed-unchecked = Nothing known: no check has run yet
report-next = { $who } ({ $task })
report-next-check = check the connection again: the last check is too old to speak for today
report-next-begin = begin the setup: nothing was set up there yet
report-next-nobody = Nobody at that computer
report-open-items = { $count } ({ $items })
report-open-items-none = None

report-actor-user = The person at that computer
report-actor-tenant-admin = The company's Microsoft administrator
report-actor-partner-admin = The company's Partner Center administrator
report-actor-network = The company's network team
report-actor-contact = The contact at WorkSpan

report-question-new-users = Question to WorkSpan Professional Services: is anything still to be pressed on your side?
report-question-migration = Question to our contact at WorkSpan Support: is anything still to be pressed on your side?
report-question-either = Question to our contact at WorkSpan: is anything still to be pressed on your side?

## Report: the page alone

report-section-checks = Last checks
report-section-facts = About this connection
report-section-steps = Steps done
report-section-reading = How to read this
report-column-item = What is waited for
report-column-who = Who acts
report-column-since = Since
report-column-check = Check
report-column-result = Result
report-column-duration = Duration
report-column-step = Step
report-column-title = Title
report-column-done = Done
report-item-arrived = Settled { $time }
report-item-arrived-by = Settled { $time } by { $who }
report-item-note = Noted: { $note }
report-request = Request { $id }
report-step-not-done = Not yet
report-steps-none = No route was chosen on that computer yet, so there are no steps.
report-last-test = { $passed } of { $total } checks passed, { $time }
report-checks-ended = Ended { $time }
report-code-hint = Read this to support
report-footer = Written { $time } by MPC Connect { $version }.

report-reading-active = "Active" says one thing: at the time given, the computer named here could read co-sell referrals as the account named here. It speaks of no other computer and no other system.
report-reading-others = "Inactive" means that Microsoft refused or that the chosen organization was not there. "Can't check" means that nobody could find out; the last known status then stands beside it with its time.
report-reading-checks = "Not checked" is a result of its own and never counts as passed.
report-reading-items = Open items wait for other people. They stay in this report until they are settled.
report-reading-times = A time without an offset is the local time of the computer that wrote this; its offset stands at the top.
report-reading-masked = The account is masked, and ids of companies and people are left out. An id behind a check names one request; Microsoft's support can look it up.
report-reading-proof = This is a plain file. Anybody who holds it can change it, so it proves nothing about who wrote it.
report-reading-print = To keep it as a PDF, print it from the browser.

## Summary for support

summary-title = { $version }, environment { $environment }
summary-code = State code { $code }: { $status }
summary-checked = As of { $time }
summary-step = Step { $step }, { $title } ({ $flow })
summary-no-step = Step: setup has not begun
summary-failure = Failure: { $details }
summary-no-failure = Failure: none
summary-next = Next: { $who }
summary-next-task = Next: { $who }: { $task }
summary-open-items = Open items: { $items }
summary-about = Account: { $account }. Organization: { $organization }. Computer: { $computer }

## Text for IT. Names of Microsoft's arrive as arguments.

it-subject = MPC Connect: request to IT
it-subject-rehearsal = REHEARSAL. Nothing has to be done: { it-subject }
it-account = Account: { $account }
it-app = App: MPC Connect, application (client) ID { $id }
it-ask =
    .approval = We ask you to approve the app MPC Connect for our company, so that it may read our co-sell referrals in Microsoft Partner Center.
    .app = Microsoft says that MPC Connect is unknown or switched off in our directory. We ask you to approve the app, or to switch it on under Enterprise applications.
    .assign = Microsoft says that this account is not assigned to MPC Connect. We ask you to assign it: Enterprise applications, MPC Connect, Users and groups.
    .factor = Partner Center refuses sign-ins without a second factor, and our directory did not ask this account for one. We ask you to require multifactor authentication for this account. Leaving the account out of a policy does not help: Partner Center looks for the second factor itself.
    .register = Microsoft wants this account to have a second factor, and it has none that works. We ask you to let it be registered.
    .account = Microsoft does not let this account sign in. We ask you to look whether it is locked, switched off, or has an expired password.
    .policy = A policy of our directory stopped this sign-in. We ask you to look it up in the sign-in logs with the details below, and to allow MPC Connect for this account.
    .device = A policy of our directory accepts a managed device only. We ask you to say on which computer MPC Connect may be set up, or to register this one.
    .service = Microsoft says that Partner Center is not set up in the directory of this account. We ask you to say which of our directories is enrolled in Partner Center.
    .role = Partner Center did not let this account read co-sell referrals. We ask whoever manages users in Partner Center to give it the role described below.
    .network = Something on our network stopped MPC Connect on its way to Microsoft. We ask you to let this computer reach the addresses below over HTTPS, with Microsoft's own certificates.
it-addresses = Addresses: { $addresses }
it-details = Details: { $details }
it-approve =
    .heading = How to approve it
    .link = Open this link as an administrator who may approve apps for the whole company, such as a Cloud Application Administrator. Read the permissions and press Accept:
    .no-link = As an administrator who may approve apps for the whole company: Microsoft Entra admin center, Enterprise applications, MPC Connect, Permissions, Grant admin consent. Without a username no link can be made.
    .elsewhere = This environment is not Entra ID, so there is no approval link. Approve the app with this id in the way that your sign-in system has for it.
    .end = At the end the browser goes to { $address } and shows that it cannot open the page. That is the normal end: on your computer nothing listens there. The approval was given unless the address shown then contains "error=".
    .after = The approval is no sign-in. Tell the person who sent you this, who then signs in.
it-permissions =
    .heading = What it asks for
    .referrals = Partner Center, referrals: act as the signed-in account, within its roles. MPC Connect only reads. ({ $name })
    .profiles = Partner Center, profiles: the same for the company's own profile; MPC Connect reads its name and ids there. ({ $name })
    .sign-in = Know who signed in, and stay signed in between checks. ({ $names })
    .delegated = All are delegated permissions: the app can do nothing that the account cannot do, and nothing without it. It is a public client without a secret.
it-role =
    .heading = The role that the account needs
    .name = "Referrals admin" is Microsoft's name. The guide calls it "Referral Admin", and at the sign-in "Partner Center Admin". It is a role of Partner Center, not of Entra ID.
    .place = Partner Center, Account settings, User management: choose the account, then the role Referrals admin. Where it is given for some locations only, it shows the deals of those locations only.
it-does =
    .heading = What the app does and does not do
    .does = It reads co-sell referrals and the company profile as this account, on one computer, and shows whether that works. The sign-in stays in that computer's keychain.
    .does-not = It changes nothing in Partner Center and in your directory, never sees a password, and sends nothing to anybody but Microsoft.

## mpcctl: export

ctl-exported = The report was written: { $path }
ctl-export-exists = { $path } is there already. It was left as it is: choose another name.
ctl-export-not-written = The report could not be written to { $path } ({ $reason }).
ctl-export-format = The format { $format } is not available yet. Choose html or mail.

## Messages to others

message-greeting = Hello,
message-thanks = Thank you!
support-message =
    .subject = We are ready to start our migration to the Microsoft API from Power Automate.
    .company = Company: { $company }
    .contact = Our contact: { $contact }
    .question = What happens next on your side, and when should our Power Automate flows be turned off?
flows-message =
    .ask = our co-sell with Microsoft moves from Power Automate to the Microsoft API. The Power Automate flows for co-sell have to be turned off for that, and we think that they are in your hands.
    .ask-company = at { $company }, co-sell with Microsoft moves from Power Automate to the Microsoft API. The Power Automate flows for co-sell have to be turned off for that, and we think that they are in your hands.
    .not-yet = Do not turn them off yet: only when WorkSpan Support says so. If they are off too early, changes of deals get lost.
    .names = The flows:
    .no-names = We do not know the names of the flows. They belong to the solution "Partner Center Referrals Synchronization", or use a connection named "Partner Center Referrals" or "WorkSpan".
    .place = Where to find them: make.powerautomate.com, choose the environment, Solutions, the solution, Cloud flows. Flows outside a solution stand under My flows. Open the menu of each flow and choose Turn off.
    .order = The order: first the flows from Partner Center, then those to Partner Center, and the one for webhook registration last. A flow that is off may not go on again without its owner, so note which ones were on.
    .then = Afterwards Integrations have to be turned on. If that is not in your hands, ask your system administrator or WorkSpan Support (support.workspan.com, support@workspan.com).
    .answer = Write back who turned the flows off and when.
    .contact = Our contact at WorkSpan: { $contact }

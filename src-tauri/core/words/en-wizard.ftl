### The screens of the wizard: what their view models say.

wizard-flow-new-users = New users · 8 steps
wizard-flow-migration = Migration · 9 steps

## Buttons that many screens have

wizard-back = Back
wizard-continue = Continue
wizard-save = Save
wizard-save-and-continue = Save and continue
wizard-change = Change
wizard-edit = Edit
wizard-stop = Stop
wizard-close = Close
wizard-finish = Finish
wizard-try-again = Try again
wizard-authorize = Authorize
wizard-authorize-again = Authorize again
wizard-it-has-acted = IT has acted: authorize
wizard-ask-for-second-check = Ask Microsoft for a second check
wizard-check-now = Check now
wizard-check-again = Check again
wizard-test-connection = Test connection
wizard-reload = Reload the list
wizard-it-is-done = It is done
wizard-i-sent-it = I sent it
wizard-view-status = View status
wizard-disconnect = Disconnect
wizard-continue-setup = Continue the setup
wizard-leave-rehearsal = Leave rehearsal
wizard-rehearse-new-users = Rehearse as a new user
wizard-rehearse-migration = Rehearse a migration

## How far a step or a check is

wizard-rail-not-started = Not started
wizard-rail-current = Current
wizard-rail-done = Done
wizard-rail-needs-attention = Needs attention
wizard-rail-waiting = Waiting in browser
wizard-check-not-run = Not run yet
wizard-check-pending = Not finished yet

## What happened last

wizard-left-at = You left at step { $step }. Everything you saved is still here.
wizard-username-saved = Microsoft username saved.
wizard-company-noted = Noted as an open item. Send your company's name to WorkSpan Support.
wizard-item-asked = Noted as an open item. It stays here until it has arrived.
wizard-item-arrived = Noted as done.
wizard-flow-names-saved = The names of the flows are saved.
wizard-first-check = Checking…
wizard-first-check-sentence = Partner Center is being asked whether it lets this computer in.
wizard-checked = Checked. Connection status: { $status }.
wizard-disconnected = This computer has forgotten its sign-in.
wizard-copied-sign-in-link = Copied: the sign-in link. Paste it into a browser on this computer.
wizard-copied-it-text = Copied: the text for IT.
wizard-copied-approval-link = Copied: the approval link.
wizard-copied-addresses = Copied: the addresses for your network team.
wizard-copied-message = Copied: the message.
wizard-copied-email = Copied: the e-mail address.
wizard-copied-summary = Copied: the details for support.
wizard-copied-report = Copied: the report as text for a mail.
wizard-not-copied = Nothing was copied. Another program holds the clipboard; try again.
wizard-link-not-opened = The browser did not open. Copy the address instead.
wizard-report-saved = Report saved: { $path }
wizard-report-not-saved = The report could not be saved. Make room or allow writing to your documents, then try again.
wizard-account-question = Another account signed in than the saved one. Open step { $step } and choose which to use.
wizard-late-link = Your sign-in arrived after the app had closed. Press Authorize; Microsoft may not ask again.
wizard-old-sign-in = An older sign-in came back and was not used. Go on in the newest tab of your browser, or press Authorize.
wizard-already-running = MPC Connect is already running in this environment. Close it first to start it in "{ $asked }".
wizard-damaged-file = The history was damaged. The old file is kept as { $path }; entries saved from it: { $count }.
wizard-history-lost = { ctl-history-lost }
wizard-rehearsal-starting = The rehearsal is starting. This takes up to 20 seconds.
wizard-rehearsal-ended = The rehearsal has ended: its make-believe Microsoft stopped running.
wizard-rehearsal-not-started = The rehearsal could not be started. The program for it is missing or something stopped it.

## Start

wizard-start =
    .title = What would you like to do?
    .purpose = Connect your Microsoft Partner Center co-sell account, from this computer.
wizard-before-you-begin = Have the Microsoft account at hand that holds the Referrals admin role in Partner Center ("Referral Admin" in the guide), best a service account, and whoever holds its second check. You also need access to your WorkSpan account.
wizard-choice-continue-new-users = Continue: New users
wizard-choice-continue-migration = Continue: Migration
wizard-choice-continue-at = Step { $step } of { $of } ({ $code })
wizard-choice-continue-finished = All steps are finished: see the report.
wizard-choice-new-users =
    .label = Set up a new connection
    .detail = New users · 8 steps
wizard-choice-migration =
    .label = Move from Power Automate
    .detail = Migration for existing users · 9 steps
wizard-choice-review =
    .label = Review the connection status
    .detail = Works without a network. Shows the last results of this computer.
wizard-choice-rehearse =
    .label = Rehearse as a new user
    .detail = Every step against a make-believe Microsoft on this computer. Nothing real is touched.
wizard-choice-rehearse-migration =
    .label = Rehearse a migration
    .detail = The same with the 9 steps of the migration.

## Contact WorkSpan Support

wizard-contacted-support = I contacted Support
wizard-open-checklist = Open the checklist
wizard-flows-not-named = Power Automate flows: not named and not turned off yet.
wizard-flows-on = Power Automate flows named: { $count }. Not turned off yet.
wizard-flows-off = Power Automate flows: turned off, { $time }.
wizard-flows-off-by = Turned off by { $by }, { $time }.
wizard-checklist-find = Open Power Automate with the account that owns the flows, and look under My flows and Shared with me for those of co-sell.
wizard-checklist-not-before = Leave them on until WorkSpan Support says that the moment has come.
wizard-checklist-order = Turn off first the flows from Partner Center, then those to Partner Center, and the one for webhook registration last.
wizard-checklist-keep = Turn them off, and keep them until the migration is complete.
wizard-not-me-send-this = Not me: copy a message to send

## The MPC Connection page

wizard-path-company-profile = My Company Profile
wizard-path-applications = Applications
wizard-path-microsoft = Microsoft
wizard-path-partner-center = Microsoft Partner Center
wizard-path-connection = MPC Connection
wizard-check-computer = Check again
wizard-preflight-not-begun = This computer was not looked at yet.
wizard-preflight-running = Checking this computer…
wizard-preflight-ready = This computer is ready
wizard-preflight-one-warning = This computer is ready. One thing needs a look.
wizard-preflight-warnings = This computer is ready. { $count } things need a look.
wizard-preflight-one-failed = One thing stands in the way
wizard-preflight-failed = { $count } things stand in the way
wizard-preflight-timed-out = It did not answer in 10 seconds. You can go on; look again if the sign-in fails.
wizard-preflight-network =
    .label = Microsoft's sign-in
    .about = Whether Microsoft's sign-in answers this computer.
    .passed = It answers this computer.
    .warning = It answers, but not as usual. Your network team can look into it.
    .failed = It does not answer.
    .not-checked = It was not tried.
wizard-preflight-browser =
    .label = Browser
    .about = Whether something on this computer opens web addresses.
    .passed = A browser opens web addresses.
    .warning = No default browser is known. You can copy the sign-in link instead.
    .failed = No browser was found. You can copy the sign-in link instead.
    .not-checked = It was not looked for.
wizard-preflight-deep-link =
    .label = Way back from the browser
    .about = Whether this computer hands a link to this app.
    .passed = This computer hands a link to this app. The browser may ask first.
    .warning = It did not arrive here, so the other way is used by itself.
    .failed = It did not arrive here, so the other way is used by itself.
    .not-checked = Not set up on this computer, so the other way is used by itself.
wizard-preflight-loopback =
    .label = Other way back
    .about = Whether this computer can reach this app on its own address.
    .passed = This computer can reach this app on its own address.
    .warning = It is slow or unusual on this computer.
    .failed = This app cannot be reached on this computer's own address. A security program may be in the way.
    .not-checked = It was not tried.
wizard-preflight-keychain =
    .label = Keychain
    .about = Whether the keychain of this computer can keep the sign-in.
    .passed = It can keep the sign-in.
    .warning = It does not answer. Unlock it, or go on for one session only.
    .failed = It does not answer. Unlock it, or go on for one session only.
    .not-checked = It was not tried.
wizard-preflight-database =
    .label = History
    .about = Whether what happens is being saved.
    .passed = Everything is being saved.
    .warning = What happens is not being saved at present. A sign-in works all the same.
    .failed = What happens is not being saved at present. A sign-in works all the same.
    .not-checked = It was not looked at.

## Authorize

wizard-change-username = Change the Microsoft username
wizard-text-for-it = Text for IT
wizard-back-to-sign-in = Back to the sign-in
wizard-use-session-only = Go on for this session only
wizard-place-app = this app
wizard-place-browser = browser
wizard-happens-browser-opens = Your browser opens Microsoft's sign-in.
wizard-happens-log-in = You log in as { $username }. Your WorkSpan password does not work there.
wizard-happens-accept = You read the permissions and press Accept.
wizard-happens-verify = You come back here, and the connection status is checked.
wizard-surprise-second-check = Microsoft asks for a second check. Have whoever holds it at hand.
wizard-surprise-stay-signed-in = "Stay signed in?" is about the browser. Either answer works.
wizard-surprise-microsoft-asks = Microsoft may ask before it opens an app. Continue if it names MPC Connect.
wizard-surprise-browser-asks = The browser asks "Open MPC Connect?". Press Open.
wizard-surprise-blank-tab = Microsoft's tab may stay blank afterwards. You can close it.
wizard-surprise-share-screen = On a call? Share your whole screen now, or the others miss the browser.
wizard-permission-referrals = Read the co-sell deals and referrals that this account can see. Microsoft's page words it wider, as access as you; this app only reads.
wizard-permission-profile = Read your company's profile in Partner Center, to list its name.
wizard-permission-name = See the account's name and id, to be sure that it is the saved one.
wizard-permission-stay = Stay signed in on this computer until you disconnect, so that the connection can be checked later.

## In the browser

wizard-wait-opens = Your browser opens
wizard-wait-opened = Browser opened
wizard-wait-not-opened = No browser opened
wizard-wait-for-you = You log in (step { $log-in }) and accept (step { $accept }) in the browser
wizard-wait-came-back = The browser has come back
wizard-wait-return = Microsoft's answer returns to this app
wizard-wait-checking = Microsoft's answer is being checked
wizard-wait-keeping = The sign-in is being saved on this computer
wizard-wait-account = Another account answered: your choice is needed
wizard-wait-finished = Log in and permissions finished
wizard-wait-state-done = Done
wizard-wait-state-waiting = Waiting
wizard-wait-ends = The wait ends by itself at { $time }.
wizard-keep-waiting = Keep waiting
wizard-open-again = Open the browser again
wizard-copy-sign-in-link = Copy sign-in link
wizard-another-way = Use another way
wizard-browser-shows = What does the browser show?
wizard-nudge =
    .title = Nothing happened in the browser?
    .text = Look for a window behind this one. Or open the browser again, or copy the sign-in link.
wizard-nudge-long =
    .title = Still waiting for the browser
    .text = The page may have opened in another window or on another desktop. If it shows an error or a question, press "What does the browser show?".
wizard-nudge-ask =
    .title = Keep waiting?
    .text = This has taken 10 minutes. Nothing is wrong with that. Keep waiting if you are still signing in, or stop and begin again later.
wizard-question = You saved { $saved }, but { $signed-in } signed in.
wizard-question-replaces = This computer is connected as { $saved }. { $signed-in } signed in and would replace it.
wizard-answer-saved = Sign in as { $saved } in a private window
wizard-answer-saved-leads-to = A new sign-in begins. Copy its link into a private window and use { $saved } there.
wizard-answer-signed-in = Use { $signed-in }
wizard-answer-signed-in-leads-to = { $signed-in } takes the place of { $saved } on this computer. The connection is tested anew, and the organization has to fit.

## What does the browser show?

wizard-shows-approval = An administrator must approve
wizard-shows-form = A form that asks for approval
wizard-shows-number = An error with a number
wizard-shows-another-name = Another person's name
wizard-shows-denied = Permission denied
wizard-shows-nothing = Nothing
wizard-browser-number-empty = Type the number or paste the text of the page
wizard-browser-carries-a-code = This address carries a sign-in and was thrown away. Give it to nobody, and never paste it anywhere. Copy the text of the page instead.
wizard-end-sign-in = End this sign-in
wizard-way-again = Opens the same page once more, in case it went to a window you cannot see.
wizard-way-link = Paste it into any browser on this computer.
wizard-way-other = Begins anew and comes back without the browser's "Open MPC Connect?".
wizard-way-private = Open a private window and paste the link there. It knows no other name.
wizard-way-other-account = On Microsoft's page choose "Use another account", then the saved one.
wizard-way-sent = Send IT the text first. It is then listed as an open item, and this sign-in ends.
wizard-way-end-waits = The approval is listed as an open item. The reason stays on the Authorize step until you try again.
wizard-way-end = Nothing is changed. The reason stays on the Authorize step until you try again.
wizard-way-accept-this-time = Only if Cancel was pressed on the permissions page: this time press Accept.

## Connection status

wizard-status =
    .title = Connection status
    .purpose = What is known about the connection of this computer.
wizard-fact-account = Microsoft username
wizard-fact-kind = Kind of account
wizard-fact-organization = Organization
wizard-fact-computer = Computer
wizard-fact-directory = Directory id
wizard-fact-test = Last test
wizard-fact-status = Connection status
wizard-next-failure = { $who }: { $act }
wizard-next-begin = You: begin with New users or Migration.
wizard-next-step = You: go on with { $code }, { $title }.
wizard-next-check = You: check the connection again.
wizard-next-item = { $who }: { $what }
wizard-next-nobody = Nobody. Nothing is waited for.
wizard-disconnect-keep = Disconnect and keep the history
wizard-disconnect-wipe = Disconnect and delete the history

## Select Organization

wizard-not-listed = Mine is not listed
wizard-company-error-empty = Type the company's name
wizard-organization-error = Select an organization
wizard-organizations-loading = Loading the list…
wizard-organizations-not-read = The list was not read yet.
wizard-organizations-one = One organization found for this account.
wizard-organizations-count = { $count } organizations found for this account.
wizard-organizations-cut = Only the first 500 referrals were read, so the list may be incomplete.
wizard-evidence-one-referral = Seen in one referral
wizard-evidence-referrals = Seen in { $count } referrals
wizard-evidence-legal-business-profile = Named in the legal business profile
wizard-evidence-organization-profile = Named in the organization profile
wizard-evidence-not-in-a-deal = Not yet seen in any deal

## Test connection

wizard-test-then-passed = The connection worked when it was tested
wizard-test-then-partial = The sign-in worked when it was tested; { $open } of { $total } could not be checked
wizard-test-passed = All { $total } checks passed, { $time }.
wizard-test-partial = { $passed } of { $total } checks passed, { $time }. The sign-in worked; what could not be shown is listed with who can change it.
wizard-test-failed = { $passed } of { $total } checks passed, { $time }.
wizard-tested-account = Account: { $account }
wizard-tested-organization = Organization: { $name }

## Done

wizard-done = Your part is done.
wizard-done-one-open = Your steps are done. One thing is still waited for.
wizard-done-open = Your steps are done. { $count } things are still waited for.
wizard-done-not-active = Your steps were finished, but the connection does not show as Active now.
wizard-next-send-services = Send the report to your contact in WorkSpan Professional Services.
wizard-next-send-support = Send the report to your contact at WorkSpan Support.
wizard-next-send-to = Send the report to { $name }.
wizard-next-ask = Ask whether anything is still to be pressed on their side. They run their own test and tell you when everything is complete.
wizard-copy-report = Copy as mail text
wizard-save-report = Save the report

## Help and support

wizard-read-this = { $place } · Connection status: { $status }.
wizard-read-this-status = Connection status: { $status }.
wizard-copy-summary = Copy details for support
wizard-copy-email = Copy e-mail address
wizard-open-support = Open support.workspan.com
wizard-copy-text = Copy the text
wizard-copy-approval-link = Copy the approval link alone

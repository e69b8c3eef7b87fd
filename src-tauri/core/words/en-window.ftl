### What the page says by itself: labels of its own controls.

## On many screens

window-name = MPC Connect
window-status = Connection status
window-environment = Environment: { $environment }
window-managed = Managed by your organization
window-rehearsal = { ctl-rehearsal-stamp }
window-state-code = Read this to support
window-account = Microsoft username
window-account-none = Not saved yet
window-failure-who = Who fixes it
window-failure-do = What to do
window-failure-redo = Step to redo
window-failure-details = Details for support
window-open-items = Open items
window-open-items-none = Nothing is waited for.
window-open-item-who = Who acts: { $who }
window-open-item-arrived = Arrived { $time }
window-checks = Last checks
window-checks-none = No check has run yet.
window-check-duration = { $milliseconds } ms
window-refused = MPC Connect cannot start here
window-refused-place = Where: { $place }

## Around every screen

window-to-status = Status
window-to-help = Help
window-opens-browser = (opens your browser)
window-steps = Steps
window-step-number = Step { $number }
window-step-of = Step { $number } of { $of }
window-open-count = Open items: { $count }
window-actions = Back and next
window-title-wrong = Error: { $title }
window-close-dialog = Close
window-checking = Checking…
window-failure-addresses = Addresses to open

## Start

window-other-choices = Other choices
window-before-you-begin = Before you begin

## Contact WorkSpan Support

window-support-site = Web
window-support-email = E-mail
window-open-site = Open
window-copy-email = Copy
window-copy-message = Copy message
window-message-to-send = Message you can send
window-support-reference = Support's reference (optional)

## The MPC Connection page

window-path = Where this page is in the guide
window-your-company = Company name
window-contact = Your contact at WorkSpan
window-computer-label = Label of this computer
window-second-factor-holder = Who holds the account's second check?
window-rotation = Does a vault change the account's password from time to time?
window-rotation-stays = No
window-rotation-rotates = Yes
window-rotation-unknown = I don't know

## Authorize

window-what-happens = What will happen
window-surprises = What may surprise you
window-permissions = What the permissions mean
window-browser-question = Open MPC Connect?
window-browser-question-open = Open MPC Connect
window-browser-question-cancel = Cancel

## In the browser

window-browser-ways = Stuck in the browser?
window-browser-permissions = What the permissions page asks for
window-account-saved = On this computer
window-account-signed-in = Signed in now

## Select Organization

window-organization-choice = Select Organization
window-organization-none-chosen = Choose an organization
window-organization-filter = Find a name in the list
window-organization-shown = { $shown } of { $all } shown
window-organization-more = Type more of the name to see the others.

## Connection status, Test connection and Done

window-verify-checks = Checks: { $passed } of { $all } passed
window-test-about = You are about to test
window-test-tested = What was tested
window-test-checks = Checks
window-test-running = The test is running. Each result appears here.
window-test-open-checks = What did not pass
window-status-next = Who acts next
window-done-next = What happens next
window-done-report = The report
window-done-mail = Mail text

## Pop-ups

window-save = Save
window-cancel = Cancel
window-edit = Edit
window-edit-hint = It looks like an e-mail address, for example svc-cosell@contoso.com.
window-edit-kind = This account is
window-edit-service = A service account
window-edit-person = A person's account
window-help = Help and support
window-help-summary = Summary for support
window-help-site = Web
window-help-email = E-mail
window-help-contact = Your contact
window-help-data = Data folder
window-help-version = Version
window-help-recent = Recent messages
window-it-text = Text for your Microsoft administrator
window-it-text-why = Send this to whoever manages Microsoft accounts at your company. Nothing is sent by itself.
window-it-text-message = Message
window-power-automate = Power Automate flows
window-power-automate-names = Names of the flows
window-power-automate-names-hint = One a line, as they stand in Power Automate.
window-power-automate-save = Save the names
window-power-automate-by = Turned off by
window-power-automate-off = They are turned off
window-power-automate-send = Are the flows in somebody else's hands?
window-browser-shows = What does the browser show?
window-browser-shows-means = What it means
window-browser-shows-number = Number or text of the error
window-browser-shows-number-hint = It often begins with AADSTS. The whole text may be pasted.
window-browser-shows-look-up = Look it up
window-company = My company is not listed
window-company-why = Your company is noted as an open item, so that it is not forgotten. You can go on once it is in the list.
window-company-name = Company name
window-company-partner-id = Partner ID (optional)
window-company-partner-id-hint = Partner Center shows it in Account settings, under Identifiers.
window-company-note = Note it down
window-disconnect = Disconnect this computer?
window-disconnect-why = This computer then no longer reads co-sell referrals as
window-disconnect-keeps = The sign-in is removed from the keychain. What happened so far stays on this computer and can be reviewed.
window-disconnect-wipes = The sign-in is removed from the keychain, and everything that was noted on this computer is removed too. This cannot be undone.
window-disconnect-stay = Stay connected

window-already-running = MPC Connect is already running, but its window does not answer.
window-no-display = MPC Connect needs a display, and there is none here. In a terminal, mpcctl does the same without a window.
window-not-opened = The window could not be opened:

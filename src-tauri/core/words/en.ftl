### The words of MPC Connect in English.
###
### Ids follow the contract names, in lower case with hyphens. Arguments arrive as ready strings: dates, numbers and
### durations are formatted before they get here. Titles of steps and names of controls are the guide's own.

## Who fixes it

actor-user = You
actor-tenant-admin = Your Microsoft administrator
actor-partner-admin = Your Partner Center administrator
actor-network = Your network team
actor-microsoft = Microsoft
actor-us = The makers of MPC Connect
actor-support = WorkSpan Support

## Failures: what happened, why, who fixes it, what to do, and the one thing to press. At most 60 words each.

failure-sign-in-again =
    .what = Microsoft no longer accepts the saved sign-in.
    .why = The account's password changed, its access was withdrawn, or the sign-in was too old. Every password change causes this again.
    .who = { actor-user }
    .do = Authorize again. One new sign-in mends it until the next password change.
    .button = Authorize again

failure-restart-sign-in =
    .what = This sign-in did not finish.
    .why = The answer was late, incomplete, or belonged to an earlier attempt. Nothing is wrong with the account.
    .who = { actor-user }
    .do = Close old sign-in tabs and authorize again.
    .button = Authorize again

failure-sign-in-with-mfa =
    .what = Microsoft asked for a second check, and it was not completed.
    .why = Partner Center opens only after a second check, such as a code or a prompt on a phone.
    .who = { actor-user }
    .do = Authorize again, with the person at hand who holds the second check.
    .button = Authorize again

failure-register-mfa =
    .what = This account has no second check set up yet.
    .why = Microsoft wants one before the account may reach Partner Center.
    .who = { actor-user }
    .do = Authorize again and follow Microsoft's steps to add a phone or an authenticator app.
    .button = Authorize again

failure-mfa-not-enforced =
    .what = Partner Center refused this account although you signed in freshly.
    .why = Your company does not ask this account for a second check, and Partner Center insists on one.
    .who = { actor-tenant-admin }
    .do = Ask IT to require multifactor authentication for this account. Authorize after they confirm it.
    .button = Copy text for IT

failure-consent-needed =
    .what = A permission that MPC Connect needs is missing.
    .why = Nobody at your company approved it yet, or the approval was withdrawn.
    .who = { actor-tenant-admin }
    .do = Send IT the approval link and the text that explains it. Authorize again when they say it is done.
    .button = Copy request for IT

failure-consent-declined =
    .what = The permissions were not accepted.
    .why = Cancel was pressed on Microsoft's permissions page. Nothing was changed.
    .who = { actor-user }
    .do = Authorize again and press Accept. The Authorize step lists what each permission is for.
    .button = Authorize again

failure-user-cancelled =
    .what = The sign-in was cancelled.
    .why = It was stopped here, or somebody went back or pressed Cancel on Microsoft's page. Nothing was changed.
    .who = { actor-user }
    .do = Authorize again when you are ready.
    .button = Authorize again

failure-wrong-account =
    .what = A different account signed in than the one this connection needs.
    .why = It is a personal account, a guest, from another company, or not the Microsoft username you saved.
    .who = { actor-user }
    .do = Sign in with the saved account in a private window. If the saved name is wrong, change it first.
    .button = Authorize again

failure-account-disabled =
    .what = Microsoft does not let this account sign in.
    .why = It may be locked, switched off or unknown, or its password may be wrong or expired.
    .who = { actor-tenant-admin }
    .do = Ask IT to look at the account. Authorize again when they say it works.
    .button = Copy text for IT

failure-not-assigned =
    .what = This account is not on the list of people who may use MPC Connect.
    .why = Your company lets only chosen accounts use this app.
    .who = { actor-tenant-admin }
    .do = Ask IT to assign the account to MPC Connect. Authorize again when it is done.
    .button = Copy text for IT

failure-role-missing =
    .what = Partner Center did not let this account read co-sell referrals.
    .why = It lacks the Referrals admin role, or the role does not cover this location.
    .who = { actor-partner-admin }
    .do = Ask for "Referrals admin" in Partner Center, Account settings, User management. Wait a few minutes, then test again.
    .button = Test connection

failure-policy-blocked =
    .what = A rule of your company stopped this sign-in.
    .why = The rule applies to this account, place or network. Another sign-in would end the same way.
    .who = { actor-tenant-admin }
    .do = Send IT the details below. They can allow MPC Connect for this account.
    .button = Copy text for IT

failure-device-not-compliant =
    .what = Your company does not accept this computer for this account.
    .why = A rule asks for a computer that your IT manages.
    .who = { actor-tenant-admin }
    .do = Set up MPC Connect on a managed computer, or ask IT to register this one.
    .button = Copy text for IT

failure-tenant-not-found =
    .what = Microsoft does not know the company behind this username.
    .why = The part after the @ may be misspelled, the company may be gone, or it may live in another Microsoft cloud.
    .who = { actor-user }
    .do = Check the Microsoft username and save it again.
    .button = Change the Microsoft username

failure-app-not-in-tenant =
    .what = MPC Connect is unknown or switched off at your company.
    .why = IT has not added the app yet, or has blocked it.
    .who = { actor-tenant-admin }
    .do = Send IT the approval link, which adds the app. Authorize again when they say it is done.
    .button = Copy request for IT

failure-service-not-enabled =
    .what = Partner Center is not set up for the company of this account.
    .why = The account may belong to another part of your business, or the partner program may not be active.
    .who = { actor-user }
    .do = Use an account of the company that is enrolled in Partner Center. If this is the one, ask IT.
    .button = Change the Microsoft username

failure-no-relationship =
    .what = Partner Center sees no link between your company and what was asked for.
    .why = The chosen organization may belong to another partner account.
    .who = { actor-partner-admin }
    .do = Choose the organization again. If it stays, ask who looks after your partner account.
    .button = Select Organization

failure-app-misconfigured =
    .what = MPC Connect itself is set up wrongly, so Microsoft turned it away.
    .why = The fault is in the app or its registration. Nothing is wrong with your account.
    .who = { actor-us }
    .do = Send the details to whoever gave you MPC Connect. Trying once more will not help.
    .button = Copy details for support

failure-keep-waiting =
    .what = Microsoft is still waiting for the sign-in.
    .why = The sign-in has started and is not finished yet.
    .who = { actor-user }
    .do = Finish the sign-in in the browser. You can leave this open.
    .button = Check again

failure-retry-later =
    .what = Microsoft could not answer just now.
    .why = It is busy or has a fault of its own. Your connection is not the cause.
    .who = { actor-microsoft }
    .do = Wait a few minutes, then try again.
    .button = Try again

failure-retry-later-after =
    .what = Microsoft asked us to wait.
    .why = It is busy or has a fault of its own. Your connection is not the cause.
    .who = { actor-microsoft }
    .do = Wait { $seconds } seconds, then try again.
    .button = Try again

failure-retry-later-busy =
    .what = Another window or command on this computer is using this connection.
    .why = Only one at a time may renew the sign-in. Nothing is wrong with it.
    .who = { actor-user }
    .do = Wait until the other one has finished or close it, then try again.
    .button = Try again

failure-network-blocked =
    .what = Something on your network stands between this computer and Microsoft.
    .why = A proxy, a firewall, a Wi-Fi login page or a security program stopped the request.
    .who = { actor-network }
    .do = Send your network team the addresses that have to be open. Then try again.
    .button = Copy addresses for IT

failure-network-blocked-certificate =
    .what = The certificate that answered for Microsoft is not trusted on this computer.
    .why = A proxy or security program may show its own, or this computer's clock or list of issuers is off.
    .who = { actor-network }
    .do = Send your network team the issuer and the addresses. They can install the issuer here or leave these addresses unopened.
    .button = Copy addresses for IT

failure-network-blocked-proxy-sign-in =
    .what = Your proxy wants a user name.
    .why = The proxy (HTTPS_PROXY or the system's proxy setting) asks who you are. NTLM sign-in and setup scripts (PAC) are not supported.
    .who = { actor-network }
    .do = Ask your network team to let these addresses pass without a user name. Then try again.
    .button = Copy addresses for IT

failure-offline =
    .what = This computer has no network.
    .why = Wi-Fi, cable or VPN is off or not connected.
    .who = { actor-user }
    .do = Connect to the network, then try again.
    .button = Try again

failure-clock-wrong =
    .what = The clock of this computer is wrong.
    .why = Microsoft's answers carry the time and are good for a few minutes only.
    .who = { actor-user }
    .do = Switch on automatic date and time, then try again.
    .button = Try again

failure-unexpected-answer =
    .what = The answer could not be read or cannot be trusted.
    .why = It may come from something on the way, or Microsoft may have changed it.
    .who = { actor-support }
    .do = Try again once. If it happens twice, send the details to WorkSpan Support.
    .button = Copy details for support

failure-organization-missing =
    .what = The chosen organization is not visible to this account any more.
    .why = Others are visible. The organization may have been merged or renamed, or the account lost access to it.
    .who = { actor-user }
    .do = Select the organization again, then test.
    .button = Select Organization

failure-browser-not-opened =
    .what = No browser opened.
    .why = This computer has no default browser, or something stopped it from starting.
    .who = { actor-user }
    .do = Copy the sign-in link and open it in a browser on this computer.
    .button = Copy sign-in link

failure-return-blocked =
    .what = Microsoft's answer could not reach MPC Connect.
    .why = The browser or a security program did not hand it over.
    .who = { actor-user }
    .do = Use another way to come back from the browser.
    .button = Use another way

failure-keychain-locked =
    .what = The keychain of this computer is locked.
    .why = The saved sign-in lies in it and cannot be read until it is open.
    .who = { actor-user }
    .do = Unlock the keychain, then try again. You do not need to sign in anew.
    .button = Try again

failure-keychain-missing =
    .what = No keychain answers on this computer.
    .why = The keychain program is not installed or not running, so there is no safe place for the sign-in.
    .who = { actor-user }
    .do = Start the keychain, then try again. You can also go on for this session only.
    .button = Try again

failure-keychain-damaged =
    .what = The saved sign-in cannot be read.
    .why = The keychain entry is incomplete or was changed by something else.
    .who = { actor-user }
    .do = Authorize again. The new sign-in replaces the damaged one.
    .button = Authorize again

failure-keychain-damaged-elsewhere =
    .what = The saved sign-in belongs to another environment.
    .why = It was made at another address or for another app id than this environment names. It was not sent there.
    .who = { actor-user }
    .do = Authorize again for this environment, or go back to the one before.
    .button = Authorize again

failure-store-damaged =
    .what = The history on this computer was damaged.
    .why = The disk or a sudden stop may have harmed the file. It was put aside and a new history began.
    .who = { actor-user }
    .do = Go on as usual. Keep the old file if support asks for it.
    .button = Continue

failure-store-damaged-untouched =
    .what = The history on this computer is damaged.
    .why = The disk or a sudden stop may have harmed the file. Nothing was changed.
    .who = { actor-user }
    .do = Connect or test: that puts the damaged file aside and begins a new history.
    .button = Continue

failure-store-damaged-too-often =
    .what = The history on this computer is damaged again.
    .why = Three damaged files are kept already, so this one was left where it is. Nothing is being saved.
    .who = { actor-user }
    .do = Move the files with "damaged" in their names out of the data folder, then try again.
    .button = Try again

failure-store-not-writable =
    .what = The history cannot be saved.
    .why = The disk is full, or this folder is protected. The connection itself works on.
    .who = { actor-user }
    .do = Make room or allow writing to the folder, then try again.
    .button = Try again

failure-file-damaged =
    .what = This status file is damaged.
    .why = It was cut off or changed after it was saved.
    .who = { actor-user }
    .do = Ask the sender for a new copy, or choose another file.
    .button = Choose another file

failure-file-too-new =
    .what = This status file was saved by a newer MPC Connect.
    .why = This copy does not know the newer format.
    .who = { actor-user }
    .do = Update MPC Connect, or ask the sender for the HTML page.
    .button = Choose another file

failure-unknown =
    .what = Something stopped this step, and the cause is not known.
    .why = Microsoft's own words: "{ $quotation }"
    .who = { actor-support }
    .do = Try again once. If it happens twice, send the details to WorkSpan Support.
    .button = Copy details for support

failure-unknown-unquoted =
    .what = Something stopped this step, and the cause is not known.
    .why = No reason came with it.
    .who = { actor-support }
    .do = Try again once. If it happens twice, send the details to WorkSpan Support.
    .button = Copy details for support

## What others said about a failure, never as our own words

failure-certificate = Certificate issued by "{ $issuer }": { $reason }
failure-quotation = Microsoft's own words: "{ $quotation }"
failure-quotation-of-somebody = The answer said: "{ $quotation }"

## Connection status. $label names the computer; $was takes a contract word such as "active", or a ready label.

status-not-connected = Not connected
status-not-connected-sentence = This computer ({ $label }) holds no sign-in for Partner Center.
status-active = Active
status-active-sentence = This computer ({ $label }) can read co-sell referrals as this account.
status-inactive = Inactive
status-inactive-sentence = This computer ({ $label }) cannot use the connection as it is.
status-cant-check = Can't check
status-cant-check-sentence = This computer ({ $label }) could not find out whether the connection works.
status-stale = Not checked since { $date } (was { $was ->
        [active] { status-active }
        [inactive] { status-inactive }
        [not_connected] { status-not-connected }
       *[other] { $was }
    })
status-stale-sentence = When it was last checked, this computer ({ $label }) could read co-sell referrals as this account.
status-checked-at = Checked at { $time }
status-never-checked = Never checked
status-last-known = Last known status: { $was ->
        [active] { status-active }
        [inactive] { status-inactive }
        [not_connected] { status-not-connected }
       *[other] { $was }
    }, { $time }

qualifier-session-only =
    .label = Session only
    .sentence = The sign-in could not be saved. It lasts until MPC Connect closes.
qualifier-rights-not-proven =
    .label = Rights not proven
    .sentence = The read worked but returned no referrals. It shows neither the role nor the organization.
qualifier-mfa-not-proven =
    .label = MFA not proven
    .sentence = Partner Center did not confirm a second check for this sign-in.
qualifier-history-not-saved =
    .label = History is not being saved
    .sentence = What happens now is not written down. The connection itself works on.

## Checks: one sentence for each result, and the reasons that refine it

result-passed = Passed
result-warning = Warning
result-failed = Failed
result-not-checked = Not checked

check-metadata =
    .label = Reach Microsoft's sign-in
    .passed = Microsoft's sign-in answers this computer.
    .warning = Microsoft's sign-in answered in an unusual way; your network team can look into it.
    .failed = Microsoft's sign-in did not answer as it should; your network team can see whether something blocks it.
    .not-checked = Microsoft's sign-in was not tried; you can test again.
check-refresh =
    .label = Use the saved sign-in
    .passed = Microsoft accepted the saved sign-in.
    .warning = Microsoft accepted the sign-in, but it could not be saved anew; you can unlock the keychain.
    .failed = The saved sign-in could not be used; you or your Microsoft administrator can change that.
    .not-checked = The saved sign-in was not tried; you can test again.
check-identity =
    .label = Confirm the account
    .passed = The sign-in belongs to the account of this connection.
    .warning = The account is the right one, but its name has changed; you can update the Microsoft username.
    .failed = The account could not be confirmed as the one of this connection; you can sign in with the saved account.
    .not-checked = The account was not compared; you can test again.
check-referrals =
    .label = Read co-sell referrals
    .passed = This account can read co-sell referrals.
    .warning = The read worked but showed no referrals; your Partner Center administrator can confirm the role.
    .failed = Co-sell referrals could not be read; your Partner Center administrator can check the account's role.
    .not-checked = Co-sell referrals were not read; you can test again.
    .empty = The read worked but showed no referrals, so it proves neither role nor organization.
check-mfa =
    .label = Second check at sign-in
    .passed = Partner Center confirms a second check for this sign-in.
    .warning = Partner Center did not confirm a second check; your Microsoft administrator can require one.
    .failed = Partner Center refuses this sign-in for want of a second check; your Microsoft administrator can require one.
    .not-checked = The second check was not looked at; you can test again.
    .not-compliant = Partner Center saw no second check and may refuse this sign-in later; your Microsoft administrator can require one.
    .unknown = Partner Center did not say whether a second check was made; only Microsoft can change that.
check-role =
    .label = Role in Partner Center
    .passed = What this account sees fits the Referrals admin role.
    .warning = The Referrals admin role is not shown by what this account sees; your Partner Center administrator can confirm it.
    .failed = This account has no role for referrals; your Partner Center administrator can give it Referrals admin.
    .not-checked = The role was not looked at; you can test again.
    .user-only = This account looks like a Referrals user, who sees only some deals; your Partner Center administrator can make it Referrals admin.
    .unknown = No deal shows which role this account holds; your Partner Center administrator can look under User management.
check-organization =
    .label = Find the chosen organization
    .passed = The chosen organization is visible to this account.
    .warning = The chosen organization is known from the company profile only; your first co-sell deal shows it.
    .failed = Other organizations are visible but not the chosen one; you can choose again in Select Organization.
    .not-checked = The organization was not looked for; you can test again.
    .not-chosen = No organization is chosen yet; you can choose one in Select Organization.
    .not-seen = The chosen organization was not seen in any deal yet; your co-sell team can change that with a first deal.
check-referral-by-id =
    .label = Open one referral
    .passed = A single referral can be opened.
    .warning = A single referral opened with something missing; your Partner Center administrator can check the account's role.
    .failed = A single referral could not be opened; your Partner Center administrator can check the account's role.
    .not-checked = There is no referral to open yet; your co-sell team can change that with a first deal.
check-profile =
    .label = Read the company profile
    .passed = The company profile can be read.
    .warning = The company profile is incomplete; your Partner Center administrator can fill it in.
    .failed = The company profile could not be read; your Partner Center administrator can allow it.
    .not-checked = The company profile was not read; you can test again.
    .not-configured = This environment names no address for profiles; whoever set it up can add one.
    .refused = Partner Center does not show the company profile to this account; your Partner Center administrator can allow it.
check-webhook =
    .label = Power Automate registration
    .passed = No Power Automate registration was found.
    .warning = It is not clear who receives referral events; WorkSpan Support can help to find out.
    .failed = The registration for referral events could not be read; your Partner Center administrator can look it up.
    .not-checked = The registration for referral events was not looked at; you can test again.
    .elsewhere = Power Automate is still registered for referral events; whoever owns the flows can change that when WorkSpan Support says so.
check-not-reached = An earlier check failed, so this one did not run; mend that one first, then test again.

test-face-passed = Connection successful
test-face-failed = Connection test failed
test-face-partial = Sign-in works; { $open } of { $total } could not be checked yet

## Steps

step-contact =
    .title = Contact WorkSpan Support
    .rail = Contact Support
    .purpose = Ask WorkSpan Support to start your move away from Power Automate.
step-open =
    .title = Navigate to Microsoft Partner Center (MPC) in WorkSpan
    .rail = Open MPC Connection
    .purpose = This is the MPC Connection page, and the whole setup happens here.
step-username =
    .title = Add & Save the Microsoft Username
    .rail = Microsoft username
    .purpose = Save the Microsoft account that this computer connects as.
step-authorize =
    .title = Authorize the Connection
    .rail = Authorize
    .purpose = Allow this computer to read co-sell referrals with that account.
step-log-in =
    .title = Log in with MPC Admin Credentials
    .rail = Log in
    .purpose = Sign in with the saved account in your browser.
step-accept =
    .title = Accept Permissions
    .rail = Accept permissions
    .purpose = Read Microsoft's permissions page in your browser and press Accept.
step-verify =
    .title = Verify Connection Status
    .rail = Connection status
    .purpose = See whether Partner Center lets this computer in.
step-organization =
    .title = Select Organization Name
    .rail = Select Organization
    .purpose = Choose the company that this connection belongs to.
step-test =
    .title = Test Connection
    .rail = Test connection
    .purpose = Run every check and see each result.
step-done-new-users =
    .title = Setup steps finished
    .rail = Done
    .purpose = You have finished your steps. Send the report to your contact in WorkSpan Professional Services and ask what is left to do on their side.
step-done-migration =
    .title = Migration steps finished
    .rail = Done
    .purpose = You have finished your steps. Send the report to your contact at WorkSpan Support and ask what is left to do on their side.

## Notes on the steps

note-service-account =
    .heading = Choose a service account if you can
    .body = The connection lives no longer than the account behind it. A person's account is closed when they leave, and the connection then turns Inactive. A service account stays.
note-power-automate =
    .heading = Two things are left outside this app
    .body = The Power Automate (PA) flows for co-sell have to be turned off, and Integrations have to be turned on. If that is not in your hands, ask your system administrator or WorkSpan Support (support.workspan.com, support@workspan.com).
note-organization =
    .heading = Which name is yours?
    .body = Open Account settings in Partner Center. The Company name under Company details is the one to choose.

## Open items: what is waited for, who acts, and what "Check again" does

open-item-asked = Asked { $time }
open-item-waiting = Waiting since { $time }
open-item-consent =
    .what = Approval of the permissions
    .who = { actor-tenant-admin }
    .check = Opens your browser to authorize again and shows whether the approval has arrived.
open-item-role =
    .what = The Referrals admin role for this account
    .who = { actor-partner-admin }
    .check = Tests the connection again and shows whether the role has arrived.
open-item-flows-off =
    .what = Power Automate flows turned off
    .who = Whoever owns the flows
    .check = Asks Partner Center whether Power Automate is still registered. The flows themselves cannot be seen from here.
open-item-integrations-on =
    .what = Integrations turned on
    .who = { actor-support }
    .check = Cannot be seen from here. Mark it when somebody has confirmed it.
open-item-workspan-test =
    .what = WorkSpan's own test
    .who = Your contact at WorkSpan
    .check = Cannot be seen from here. Mark it when your contact has confirmed it.
open-item-support-contact =
    .what = Answer from WorkSpan Support about the migration
    .who = { actor-support }
    .check = Cannot be seen from here. Mark it when the answer has arrived.
open-item-company-not-listed =
    .what = Your company is missing from the list of organizations
    .who = { actor-support }
    .check = Loads the list of organizations again.

## Field messages

username-error-empty = Type the Microsoft username
username-error-no-domain = Type the whole Microsoft username, with the @ and the part behind it
username-error-spaces = Type the Microsoft username without spaces
username-error-not-a-username = This does not read as a Microsoft username. It looks like svc-cosell@contoso.com
username-warning-personal = This looks like a personal account. Partner Center needs a work account.

account-kind-service = service account
account-kind-person = a person's account
account-kind-unknown = kind not said

environment-error-unreadable = The environment file could not be opened. Check its name and whether you may read it.
environment-error-malformed = The environment file is not well formed. Check the place named here against the documentation.
environment-error-policy = The settings that your organization keeps on this computer cannot be used. Tell whoever looks after this computer.
environment-error-missing-key = The environment file lacks an entry that it must have. Add the one named here.
environment-error-name = The environment's name may have up to 32 small letters, digits and hyphens.
environment-error-reserved-name = The names "public" and "sandbox" are taken. Give the environment another name.
environment-error-unknown-name = No environment of this name was used on this computer yet. To read a file, give its folder too, such as ./lab.toml.
environment-error-name-in-use = Another environment of this name is known on this computer. Give this one another name, or disconnect the other and remove its copy.
environment-error-http-not-loopback = Addresses that start with http:// work for this computer only. Use https:// for every other host.
environment-error-no-client-id = The environment file names no client_id. Add the one of your registration.
environment-error-client-id = The client_id has to be an id such as 00000000-0000-0000-0000-000000000000.
environment-error-unsupported-cloud-us = Microsoft's US Government cloud is not supported. Its sign-in and its Partner Center have addresses of their own, and MPC Connect has not been tried there.
environment-error-unsupported-cloud-china = Microsoft's cloud in China is not supported. Its sign-in and its Partner Center have addresses of their own, and MPC Connect has not been tried there.
environment-error-metadata = The metadata address is not a web address that can be used.
environment-error-referrals = The referrals part needs a base address that starts with https:// and a permission name.
environment-error-profiles = The profiles part needs a base address that starts with https:// and a permission name.
environment-error-scope = The entry named here has to be one permission name without spaces.
environment-error-prompt = The prompt has to be select_account, login, consent or none.
environment-error-redirect = The deep_link or loopback address is not one that MPC Connect can listen on.
environment-error-unknown-key = The environment file has an entry that MPC Connect does not know. Check its spelling.
environment-error-sandbox-needs-file = The sandbox writes its own environment file. Start mpc-sandbox --write-environment FILE, then use --environment FILE.
environment-error-not-set-up = This copy is not set up yet: ask whoever gave it to you

## The page that the browser shows at the end

browser-page-received =
    .heading = You can go back to MPC Connect
    .body = The browser has handed over Microsoft's answer. MPC Connect is checking it now. You can close this tab.
browser-page-declined =
    .heading = The permissions were not accepted
    .body = Nothing was changed. Go back to MPC Connect and authorize when you are ready.
browser-page-failed =
    .heading = Microsoft did not complete the sign-in
    .body = Go back to MPC Connect. It shows what happened and who can help. You can close this tab.
browser-page-too-old =
    .heading = This answer is too old
    .body = It belongs to an earlier attempt, so nothing was changed. Close this tab and go on with the newest attempt.

## History

history-sign-in-started = A sign-in was started
history-signed-in = Signed in at Microsoft
history-sign-in-failed = The sign-in failed
history-sign-in-cancelled = The sign-in was cancelled
history-checked = The connection status was checked
history-tested = The connection was tested
history-organization-chosen = An organization was chosen
history-username-saved = The Microsoft username was saved
history-disconnected = The connection was forgotten on this computer
history-open-item-added = An open item was added
history-open-item-arrived = An open item was settled
history-account-question = Another account signed in than the saved one
history-credential-saved = The sign-in was saved in the keychain
history-credential-not-saved = The sign-in could not be saved in the keychain
history-not-disconnected = The sign-in could not be removed from this computer
history-organizations-not-read = The organizations could not be read
history-interrupted = The program ended before this step was finished

## mpcctl: signing in

ctl-environment-banner = Environment: { $environment }
ctl-rehearsal-stamp = Rehearsal: this is not a real connection.
ctl-opening-browser = Opening your browser for the sign-in.
ctl-address-to-open =
    If no browser opens, open this address on this computer:
    { $address }
ctl-browser-not-opened =
    No browser opened. Open this address on this computer:
    { $address }
ctl-waiting = Waiting for your browser, { $elapsed }
ctl-waiting-nudge = Nothing in the browser? Look for a window behind this one, or open the address above.
ctl-waiting-ask = This has taken 10 minutes. Keep waiting? Press Enter to go on, or Ctrl+C to stop.
ctl-cancelled = Stopped. The connection is as it was before.
ctl-account-question = You saved { $saved }, but { $signed-in } signed in.
ctl-account-private-window = 1. Sign in as { $saved } in a private window: run the command again and open the address there.
ctl-account-accept =
    2. Use { $signed-in }: add --accept-account { $signed-in } and run the command again.
    It replaces { $saved } on this computer. The organization has to be chosen and tested again.
ctl-account-replaces = This computer is connected as { $held }. { $signed-in } signed in and would replace it.
ctl-account-keep = 1. Keep { $held }. Nothing changes.
ctl-account-replace =
    2. Replace it by { $signed-in }: add --accept-account { $signed-in } and run the command again.
    The organization has to be chosen and tested again.
ctl-stopped-unchecked = Stopped. The new sign-in was kept, but the connection was not checked.
ctl-finishing = Finishing what was begun. This takes a moment.
ctl-no-data-folder = This computer names no folder for data. Set MPC_CONNECT_DATA to a folder of yours.
ctl-second-check-question = Partner Center asks for a second check that this sign-in did not have. Ask Microsoft for a second check? Your browser opens once more. [y/N]
ctl-second-check-opens = Partner Center asks for a second check that this sign-in did not have. Your browser opens once more to ask for it.
ctl-consent-link =
    Approval link for your Microsoft administrator:
    { $address }
ctl-session-only-offer = The keychain cannot save this sign-in. Add --session-only to go on without saving. The connection then ends with this program.
ctl-session-only-ends = Session only: the connection ends now, together with this program. The results stay in the history.
ctl-next-connect = Next: mpcctl connect --username NAME signs in.
ctl-next-organizations = Next: mpcctl organizations lists the companies to choose from.
ctl-next-select = Next: mpcctl select ID chooses one of them.
ctl-next-test = Next: mpcctl test runs every check.

## mpcctl: a failure card

ctl-failure-why = Why: { $text }
ctl-failure-who = Who fixes it: { $text }
ctl-failure-do = What to do: { $text }
ctl-failure-redo = Step to redo: { $step }
ctl-failure-addresses = Addresses that have to be open: { $addresses }
ctl-failure-details = For support: { $details }

## mpcctl: organizations

ctl-organizations-header = Organizations visible to this account: { $count }
ctl-organizations-row = { $id }  { $name }
ctl-organizations-names = Also spelled: { $names }
ctl-organizations-evidence = Seen in: { $evidence }
ctl-organizations-chosen = Chosen at present
ctl-organizations-profile-only = Known from the company profile only, not yet seen in any deal.
ctl-organizations-empty = No organization is visible yet. It appears with the first co-sell deal that this account can see.
ctl-organizations-page-limit = Only { $count } referrals were read. The list may be incomplete.
ctl-evidence-referrals = { $count } referrals
ctl-evidence-legal-business-profile = legal business profile
ctl-evidence-organization-profile = organization profile
ctl-selected = Organization chosen: { $name }
ctl-select-unknown = No visible organization has the id { $id }. Run mpcctl organizations to see the list.

## mpcctl: test

ctl-test-header = Connection test, { $time }
ctl-test-row = { $result }: { $check } ({ $duration })
ctl-test-row-untimed = { $result }: { $check }
ctl-test-reason = { $text }
ctl-test-details = For support: { $details }
ctl-status-change = Connection status: { $status }

## mpcctl: status

ctl-status-headline = Connection status: { $status }
ctl-status-account = Account: { $account } ({ $kind })
ctl-status-organization = Organization: { $name }
ctl-status-no-organization = Organization: not chosen yet
ctl-status-computer = Computer: { $label }
ctl-status-step = Step: { $step }, { $title }
ctl-status-qualifier = { $label }: { $sentence }
ctl-status-keychain = Read from the history. The keychain was not checked.
ctl-open-items-header = Open items: { $count }
ctl-open-items-none = Open items: none
ctl-open-item-row = { $what }. Who acts: { $who }. { $asked }.
ctl-open-item-arrived = { $what }. Arrived { $arrived }.
ctl-state-code = Read this to support: { $code }

## mpcctl: history

ctl-history-header = History, newest first
ctl-history-row = { $time }  { $step }  { $event }
ctl-history-row-failed = { $time }  { $step }  { $event } ({ $class })
ctl-history-empty = The history is empty.
ctl-history-lost = The history of this computer is gone: its file is missing or empty. What it held is lost, or could never be saved.
ctl-damaged-file-kept = The damaged file is kept as { $path }. Entries saved from it: { $count }.

## mpcctl: disconnect

ctl-disconnected = This computer has forgotten its sign-in. The local copy is gone.
ctl-disconnected-at-microsoft = Microsoft does not know that. To end the sign-in there too, open myaccount.microsoft.com with this account and choose "Sign out everywhere".
ctl-disconnected-unrecorded = The history knew of no sign-in, but the keychain held one. It was removed.
ctl-nothing-to-disconnect = There is nothing to disconnect. Neither the history nor the keychain of this computer holds a sign-in.
ctl-history-kept = The history was kept.
ctl-history-wiped = The history was deleted.
ctl-history-not-wiped = The history could not be deleted.
ctl-damaged-files-deleted = Damaged history files kept beside it were deleted too: { $count }
ctl-damaged-file-left = A damaged history file could not be deleted: { $path }

## mpcctl: usage

ctl-usage-not-connected = This computer is not connected.
ctl-usage-history-lost = This computer is not connected: its history is lost or was never saved. The keychain still holds a sign-in, which cannot be used without it. A new sign-in is needed.

## mpcctl: decode. What a state code says.

ctl-decode-header = State code { $code }
ctl-decode-step = Step: { $step }, { $title }
ctl-decode-status = Connection status: { $status }
ctl-decode-class = Reason: { $class }, { $what }
ctl-decode-no-class = Reason: none
ctl-decode-rehearsal = It comes from a rehearsal.
ctl-decode-wrong-check = One character is wrong, or two changed places. Ask to hear the code again.
ctl-decode-not-a-code = A state code has five characters: digits 2 to 9, and letters without I, L, O, S and U.
ctl-decode-too-new = This code comes from a newer MPC Connect. Update this copy to read it.

# Running the installation: people, invitations, what was done, break-glass, jobs, feeds, mail, health.

running-nav = Running
audit-nav = Audit

people = People
people-search = Part of a name
people-look = Look
people-invite = Invite someone
people-none = Nobody here has this name
people-none-more = Those who lead groups or run the place are listed here. Members of groups are not.
people-count = { $count ->
    [one] 1 person
   *[other] { $count } people
}
people-closed = Closed
people-organisation = the whole organization
people-a-group = a group
people-role = { $role }, { $where }: since { $from }
people-role-until = { $role }, { $where }: { $from } until { $until }
people-since = Here since
people-closed-on = Closed on
people-no-roles = No role now. Without one, this account sees nothing of the staff side.
people-held = Held before
people-end = End this role now
people-give = Give a role
people-give-act = Give this role
people-which = Role
people-where = Where
people-until = Until
people-until-hint = The last day. Empty: until someone ends it.
people-until-wrong = This is not a day. Write it as 2027-03-31.
people-until-past = This day is over. Choose today or a later one.
people-signing-in = Signing in
people-sign-out-more = They left a browser open somewhere, or somebody else has their phone: every browser of theirs is signed out.
people-sign-out = Sign them out everywhere
people-forget-second-more = They have lost their phone and their codes on paper. Be sure that it is they who ask: call them at a number you know. Their app, their codes and their passkeys go, they are signed out everywhere, and a letter tells them. They sign in by password or a mailed link and set up a second step anew.
people-forget-second = Take their second step away
people-close = Close this account
people-close-more = For someone who has left. It can be opened again.
people-close-act = Close the account
people-close-ask = Close the account of { $name }?
people-close-what = They are signed out everywhere at once and all their roles end. What they wrote and did stays. You can open the account again; roles are then given anew.
people-close-not = Leave it open
people-reopen = Open this account again
people-reopen-more = They can sign in as before. Roles stay ended: give those that are needed.
people-reopen-act = Open the account again

invitations = Invitations
invitations-what = The letter has a link that works once, for 7 days. It names neither the role nor a group.
invitations-act = Send the invitation
invitations-waiting = Waiting to be taken up
invitations-none = No invitation waits
invitations-none-more = Those you send are listed here until they are taken up or their time is over.
invitations-someone = Someone by mail
invitations-first = The link of the first start
invitations-row = { $role }, { $where }. Sent { $made }, works until { $until }.
invitations-again = Send a new link
invitations-withdraw = Withdraw

audit = What was done
audit-lead = Every act, by whom and when, the newest first. Nothing here says what it was about.
audit-installation = What was done to accounts and settings
audit-installation-lead = Sign-ins, roles, invitations, letters and settings, the newest first.
audit-any = Any
audit-by = By right of
audit-family = Kind of act
audit-class = Class of data
audit-where = Where
audit-from = From
audit-to = To
audit-look = Show these
audit-none = Nothing was done that fits
audit-none-more = Look for more days, or for any kind of act.
audit-wrong = No such value: { $fields }. Choose one from the list, and write days as 2027-03-31.
audit-older = Older ones
audit-at = When
audit-who = Who
audit-what = What
audit-number = No.
audit-visitor = a visitor
audit-operator = the console
audit-job = the program ({ $job })
audit-someone = a member
audit-own = their own
audit-break-glass = break-glass
audit-check = Is the record whole?
audit-check-more = Each row is signed with a key that is not in the database, numbered without a gap in its group or for the organization, and linked to the one before it. The key must be the one they were written with. What was kept elsewhere is compared at the console: sameboat audit verify --head FILE.
audit-compared = { $linked } rows are in the chain. Statements about its end that were compared: { $heads }.
audit-more = The first { $shown } are shown.
audit-whole = { $rows ->
    [one] 1 row, whole.
   *[other] { $rows } rows, all whole.
}
audit-broken = { $broken ->
    [one] 1 place of { $rows } rows is not as it was written.
   *[other] { $broken } places of { $rows } rows are not as they were written.
}
audit-broken-more = Someone went past the program, or a copy of another day was put back. Keep this database as it is, and compare it with the last copy.
audit-unnumbered = { $count } of them are from before rows were numbered; they are as they were when the chain began.
audit-changed = { $where }: row { $number } is not the one that was written.
audit-missing = { $where }: rows { $from } to { $to } are not there.
audit-without-number = A row without a number was put in after rows had numbers.
audit-link-changed = In the chain: link { $link }, or the row it names, is not the one that was linked.
audit-links-missing = In the chain: links { $from } to { $to } are not there.
audit-link-of-nothing = In the chain: the row that link { $link } names is not there.
audit-not-linked = { $where }: rows { $from } to { $to } were linked and are no more.
audit-head-wrong = The statement of { $at } about link { $link } is not true: { $wrong }
audit-head-forged = nobody signed it so.
audit-head-key = it is signed by a key that is not this server's.
audit-head-database = it is about another database.
audit-head-cut = the chain ends at link { $end }; what came after was taken away.
audit-head-differs = that link is another one now; what came before it was changed.
audit-head-fewer = there were more rows then; some that were not linked yet were taken away.
audit-chain = In the chain
audit-chain-to = { $links ->
    [one] One row
   *[other] { $links } rows
 }, the last of { $when }.
audit-chain-loose = { $loose ->
    [0] None waits.
    [one] One more waits.
   *[other] { $loose } more wait.
 }
audit-chain-none = No row yet.
audit-signed = Last signed
audit-signed-at = { $when }, up to link { $link }
audit-signed-never = Not yet: it is done each hour while the program runs.
audit-elsewhere = Put elsewhere
audit-elsewhere-file = In a file: { $when }.
audit-elsewhere-letter = In a letter to auditors: { $when }.
audit-elsewhere-nowhere = Nowhere yet. Whoever runs this site can name a file (--audit-head); where letters go out, one comes to each auditor once a day.
audit-export = Take these rows away (CSV, for a spreadsheet)
audit-export-more = At most { $most }, the newest first. That you did is written down.
audit-uncounted = { $where }: there are rows beyond the last that was counted.
class-listing = public listings
class-roster = who is in a group
class-contact = how to reach a person
class-screening = answers before joining
class-attendance = attendance
class-measures = answers to measures
class-group-note = notes of a group
class-individual-note = a member's part of a note
class-process-note = a therapist's own notes
class-room = the live room
class-audit = what was done
class-account = accounts and settings
class-consent = what was agreed to and given away
class-joining = who asks for a place
class-intake = decisions about who asks
class-coming = who comes to a support group
class-entrance = how one gets into a support group
class-plan = what is planned for sessions
class-released = notes released to whom they are about

running = Running
running-audit = Sign-ins, roles, invitations, letters and settings
running-version = Version
running-address = Public address
running-database = Database
running-size = { $size } MiB
running-listings = Listed
running-counts = { $groups ->
    [one] one group
   *[other] { $groups } groups
 }, { $providers ->
    [one] one provider
   *[other] { $providers } providers
 }
running-version-mend = Make a backup before you install another.
running-address-mend = Every link in a letter begins with it. If people type another one, set --public-url.
running-clock = Clock
running-clock-mend = Compare it with your own: six digits from an app fail when it is off by a minute. The host sets it (NTP).
running-key = Key
running-key-there = There, and read at the start
running-key-mend = Keep a copy of it apart from the copies of the database. Without it codes on paper no longer sign anyone in, and the record of what was done cannot be checked.
running-database-mend = “sameboat doctor” reads all of it through and says how to mend what it finds.
running-listings-mend = “sameboat listings stale” names those that nobody has checked for 90 days.
running-backup = Newest backup
running-backup-made = { $when }, { $hours ->
    [0] less than an hour old
    [one] one hour old
   *[other] { $hours } hours old
 }; { $rows ->
    [one] one row
   *[other] { $rows } rows
 }
running-backup-none = There is none
running-backup-mend = A backup that nobody has tried is a hope. Once a month, try the newest one where the identity is kept: “sameboat restore --drill”.
running-no-backup = There is no backup of the last day
running-backup-late = Look below at what the program does by itself: it says why the last one was not made. Or run “sameboat backup” on the machine.
running-backup-not-set-up = None is made by itself. Make a pair of keys with “sameboat backup keygen”, then start the program with --backup-to and --backup-recipient. The operating guide has it step by step (backup.md).
running-feeds = Last imports
running-feeds-late = Nothing has come for more than { $days } days. Look whether the timer that runs “sameboat import” still does.
running-never = never finished
running-no-mail = Letters wait until there is a mail server: start the program with --smtp and --mail-from, and look with “sameboat doctor”.
running-given-up = Look below why, mend it, and try them again.
running-jobs = What it does by itself
running-jobs-more = Work that comes back, or that something you did has caused.
running-no-jobs = No job is planned
running-no-jobs-more = They are planned when the program starts.
running-now = under way
running-due = Next: { $when }
running-last = last: { $when }
running-run = Do it now
running-letters = Letters
running-letters-more = { $many ->
    [0] None waits.
    [one] One waits.
   *[other] { $many } wait.
 } To whom they go and what they say is shown nowhere.
running-written = Written: { $when }
running-tries = { $many ->
    [one] tried once
   *[other] tried { $many } times
 }
running-sent = Went out
running-lost = Given up
running-waits = Waits
running-retry = Try again
job-searches = Tell those who saved a search that a group opened
job-reminders = Remind those who chose so of their next session
job-letters = Send letters
job-joining = End offers that nobody answered, and remind who owes a step on the way into a group
job-feed = Read a feed
job-backups = Make a backup
job-confirmations = Ask whether listings are still true
job-reviews = Ask those who look at opened records to do so

# How long things are kept, what must not go, one's own data and its deletion.

retention = How long things are kept
retention-link = How long things are kept, and what goes tonight
retention-lead = What has been kept for its days goes in the night. The record of what was done stays.
retention-days = Days
retention-limits = From { $least } to { $most }. Where you set nothing: { $days }.
retention-kept = Kept for { $days } days.
retention-due = { $rows ->
    [0] Nothing would go tonight.
    [one] 1 would go tonight. It was over on { $oldest }.
   *[other] { $rows } would go tonight. The oldest was over on { $oldest }.
 }
retention-held = { $held ->
    [one] 1 more stays because of a hold.
   *[other] { $held } more stay because of a hold.
 }
retention-save = Save the days
retention-wrong = Nothing was saved: a number of days is not one that may be set
kept-sessions = Browsers that were signed in
kept-letters = Letters that went out
kept-invitations = Invitations that are over
kept-links = Links in letters that are over
kept-import-rows = What imports left that broke off
kept-reports = Reports that were resolved, with their words
kept-applications = Ways into a group that ended before it
kept-guests = Who came to support groups, and under which name
kept-forms = Numbers of forms
kept-charts = Charts of members: attendance, their parts of records, goals
kept-session-records = Records of sessions that are in nobody's chart any more; ended goals of groups
kept-closed-accounts = Closed accounts
kept-ex-members = People whose last role has ended

holds = Holds
holds-link = Holds: what must not go
holds-lead = What a hold is on stays, whatever the days say and whoever asks for its deletion, until you end the hold. One on a group is on all who are or were in it.
holds-none = Nothing is held
holds-none-more = A court, an insurer or an open complaint may ask that something be kept. Put a hold on it here.
holds-new = Put a hold on something
holds-on = On what
holds-choose = Choose a group or a person
holds-group = Group: { $title }
holds-person = Person: { $name }
holds-reason = Why
holds-reason-hint = One line, for those who decide later whether it can end. It is kept sealed.
holds-nothing = Choose a group or a person
holds-act = Put the hold on
holds-since = Since { $day }
holds-end = End it

own-data = Take your data away
own-data-link = Take all of it away in a file
own-data-lead = One file (JSON) with all that is kept about you. It is for you, and for whatever other program you use.
own-data-in = In it: your name and address, your roles and groups, how and where you signed in, what you agreed to, how you were at sessions, your goals and the notes you were given, what was given to others, and what was done with what is kept about you.
own-data-not-in = Not in it: anything about other people. Whoever else took part is named by their role only. Passwords and codes are not in it either.
own-data-written-down = That you took it is written down. You are asked to show again who you are, because a file goes wherever it is carried.
own-data-act = Download my data

deletion = Delete your account
deletion-link = Delete your account and what is kept about you
deletion-lead = It is done at once and cannot be taken back. Nobody has to agree, and you need not say why.
deletion-goes = What goes
deletion-goes-account = Your name, your address, your ways to sign in, and where you are signed in
deletion-goes-groups = Your place in every group, and your roles
deletion-goes-letters = Letters to you that wait, and invitations to your address
deletion-stays = What stays, without your name
deletion-stays-audit = The record of what was done. It has a number in place of you, and nobody can find you by it.
deletion-stays-consents = What you agreed to, which ends today, and the list of what was given to others. The law asks that it can be shown for six years.
deletion-stays-work = What you wrote or decided for a group, such as its public page
deletion-chart = If you were in a therapy group
deletion-chart-more = Whoever treats you has to keep the record of your treatment, with your name, what you signed and which sessions you were at. Your account is closed all the same and you can sign in no more. The record goes by itself when it need not be kept any longer, and your name with it.
deletion-backups = Copies made before
deletion-backups-more = Copies of everything, which nobody here can read without a key kept elsewhere, still have you until they are replaced, after a year at most. If one is ever put back, the program deletes you again at once: it keeps a mark that says nothing of you but is known when you come back.
deletion-take-first = First take your data away
deletion-agree = I have read this. Delete my account.
deletion-agree-first = Say that you have read this, then delete
deletion-act = Delete it now
deletion-not = Keep my account
deletion-done = Your account is deleted
deletion-done-more = You are signed out everywhere. Groups are open to you as before, as to everyone; if you come back, you begin anew.

job-audit-head = Sign where the record of what was done ends
job-retention = Take away what was kept for its days
job-tombstones = Write beside the backups who was deleted

# One's own pages.

me = You
me-roles = Roles
me-role = { $many ->
    [one] { $role }
   *[other] { $role } ({ $many } groups)
 }
me-change = Change
me-set-up = Set up
me-change-what = { $act }: { $what }
me-add = Add one
me-save = Save
me-no-mail = None
me-on = Set up.
me-off = Not set up.
me-ways = How you sign in
me-passkeys = { $many ->
    [0] None.
    [one] One.
   *[other] { $many }.
 }
me-one-step = One step signs you in now. A passkey or an app with six digits keeps out who learns your password or reads your mail.
by-password = Password
by-link = Link by mail
by-code = Code of 16 digits
by-digits = Six digits
by-passkey = Passkey
by-openid = Your organization’s sign-in
by-invitation = Invitation
by-demo = One click of the demo

me-done-name = Your name is changed.
me-done-mail = Your address is changed. The old one was told.
me-done-password = Your password is changed. Every other browser is signed out.
me-done-session = It is signed out.
me-done-second-factor = Your second step is turned off.

me-name = Your name here
me-name-lead = This is what others see of you wherever you take part.
me-mail = Your mail address
me-mail-lead = We write to the new address first. Until you open the link in that letter, the old one counts.
me-mail-new = New address
me-mail-send = Write to it
me-mail-asked = A letter to { $mail } is on its way
me-mail-asked-more = Open the link in it within an hour. If somebody has this address here already, no letter comes.
me-mail-confirm = Make the address to which this link came yours?
me-mail-confirm-act = Yes, use it
me-mail-over = It was used already, its time is over, or it was written for somebody else. Your address is as it was.
no-letters = No letters go out here yet
no-letters-more = Whoever runs this site has not set up a mail server.
me-password = Your password
me-password-lead = A new one signs every other browser out.

me-code = Your code of 16 digits
me-code-lead = New digits take the place of the old ones, and every other browser is signed out.
me-code-renew = Give me new digits
me-code-new = Your new code
me-code-once = It is shown only now
me-code-once-more = Write it down or print it, and keep it where nobody looks. Without an address here there is no other way back.
me-code-kept = I have it

me-sessions = Where you are signed in
me-session-this = this browser
me-session-when = Since: { $begun } · last seen: { $seen }
me-session-end = Sign out there
me-sessions-end = Sign out everywhere else

passkeys = Passkeys
passkeys-lead = A passkey stays on your phone, computer or key and opens by finger, face or its own number. One counts as two steps, and nobody can guess it.
passkey-add = Add one
passkey-name = What to call it
passkey-name-hint = Such as: my phone
passkey-make = Make a passkey
passkey-made = Made: { $when }
passkey-used = last used: { $when }
passkey-remove = Remove
passkey-not-made = The device made none. Try again; if it says that it has one already, that one works.
passkey-nowhere = No passkeys on this address
passkey-nowhere-more = They need a name with https, or localhost. Whoever runs this site can set its public address.

me-kept = What is kept about you

looked = Who looked at what is kept about you
looked-link = See who looked
looked-lead = Every look of someone else at how to reach you, your answers, your attendance and the notes about you is written down and stands here. Nobody can take it away without being found out.
looked-nobody = Nobody has looked
looked-nobody-more = Each look appears here with its day and the role of whoever looked.
looked-saw = looked at
looked-changed = changed
looked-opened = opened in an emergency
looked-reviewed = someone else looked afterwards at why it was opened
looked-gave = given to someone outside
looked-break-glass = Supervisor, in an emergency
looked-program = The program itself
looked-older = Older ones

consents = What you agreed to
consents-link = See what you agreed to
consents-lead = What you agree to have given to someone outside stands here: to whom, what, for what, and until when. You can take each back at any time, and need not say why.
consents-none = You have agreed to nothing
consents-none-more = Nothing of yours is given to anyone outside because of a consent. You can allow it below.
consents-agreed = You agreed. It stands below, and you can take it back at any time.
consent-therapist = Let a therapist of your own know how you are doing
consent-therapist-text = I agree that those who lead my groups tell my own therapist or doctor, named below, when I attended and how my goals are going, and the plans that are made with me. They are told nothing about anybody else. Whoever gets it may not give it on unless I agree or a law allows it. I can take this back at any time; what was given by then stays with them.
consent-recipient = Who may know
consent-recipient-hint = The name of your therapist or doctor, and their practice.
consent-months = For how many months
consent-act = Agree
consent-therapist-missing = Write who may know, and choose for how long.
consents-signed = Since { $day }.
consents-until = Holds until { $day }.
consents-over = Over since { $day }.
consents-taken-back = Taken back on { $day }.
consents-revoke = Take it back
consents-revoke-means = If you take it back, nothing more is given to them because of it from that moment on. What they have by then stays with them.
consents-revoked = You took it back. Nothing more is given because of it.
purpose-care = so that they can treat or support you
purpose-payment = so that it is paid for
purpose-family = so that someone close to you knows
purpose-legal = because a court, an office or an employer asks
purpose-research = for research

disclosures = What was given to others
disclosures-link = See what was given to others
disclosures-lead = Each time something of what is kept about you was given to someone outside, or to you because you asked, it stands here. No line can be changed or taken away.
disclosures-none = Nothing was given to anyone
disclosures-none-more = Each time appears here with its day, to whom, what, and on what ground.
disclosures-more = The newest { $shown } are shown. The list that you download has all.
disclosures-download = Download this list (CSV, for a spreadsheet)
disclosures-inside = What people who work here see of you is not given to others; it stands elsewhere.
disclosures-you = You
disclosures-at = When (UTC)
disclosures-to = To whom
disclosures-what = What
disclosures-why = On what ground
disclosures-by = By whom
disclosures-hash = Fingerprint of what was given (SHA-256)
basis-own-request = You asked for it.
basis-consent = You agreed to it.
basis-danger = To keep someone from serious harm.
basis-law = A court or a law asked for it.
kept-account = Your account
kept-roster = Which group you are in
kept-contact = How to reach you
kept-screening = Your answers before joining
kept-joining = Your way into a group
kept-coming = Support groups you come to
kept-attendance = When you were there
kept-measures = Your answers and scores
kept-group-note = Notes about the group
kept-individual-note = Notes about you
kept-process-note = A therapist's own notes
kept-room = What was said in a room

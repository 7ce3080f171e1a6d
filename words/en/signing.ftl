# Signing in.

sign-in = Sign in
sign-in-lead = For members and for those who run groups. To find a group you need no account.
sign-in-act = Sign in
sign-out = Sign out
sign-in-password = With a password
sign-in-code = With your code
sign-in-code-act = Sign in with the code
sign-in-code-hint = The 16 digits you were given when you joined a support group without an address.
sign-in-wrong = The address and the password do not go together.
sign-in-wrong-more = Look at both again.
sign-in-wrong-code = No one has this code. It has 16 digits. If you lost it, ask whoever leads your group for a new one.
sign-in-link = With a link by mail
sign-in-link-hint = No password needed. The link works once, for 15 minutes.
sign-in-link-act = Send me a link
sign-in-passkey = With a passkey
sign-in-passkey-act = Use a passkey
sign-in-no-passkey = No passkey answered
sign-in-no-passkey-more = Try again, or sign in another way.
passkey-script = This needs a browser that runs scripts.
link-asked = Look at your mail
link-asked-lead = If somebody here has the address { $mail }, a letter with a link is on its way. It works once, for { $minutes } minutes.
link-asked-more = Nothing there? Look among the unwanted mail, and whether you have another address.
link-sign-in = Sign in here?
link-sign-in-lead = This link signs this browser in. It works once.
link-over-more = It was used already, or its time is over. Ask for a new one.
sign-in-no-mail = This is not a mail address.
sign-in-no-mail-more = Write it as name@example.org.
sign-in-kept = Signing in sets one cookie. It goes when you sign out or close the browser.

field-mail = Mail address
field-password = Password
field-new-password = A password for here
field-new-password-hint = At least 12 characters for staff, 8 for members. Four words you can remember do well.
field-code = Code
field-handle = What people call you here
field-handle-hint = It need not be your real name.

link-over = This link does not work any more

invitation = You are invited to { $organisation }
invitation-role = As: { $role }.
invitation-second = This role asks for a second step when you sign in: a passkey, or an app that shows six digits. You set it up next.
invitation-have-account = You have an account here already?
invitation-take-up = Take up the invitation
invitation-begin = Begin
invitation-over-more = It was taken up or withdrawn, or its time is over. Ask whoever invited you for a new one.


demo-sign-in = Look around as
demo-sign-in-more = This is the demo: one click signs you in as someone invented.

too-many-guesses = Too many tries for this account
too-many-guesses-more = Nothing is locked. Someone may be guessing at it. Try again in a quarter of an hour, from where you usually sign in, or sign in another way.
from-elsewhere = This did not come from a page of this site
from-elsewhere-more = Nothing was changed. Open the page here again and send it from there.
send-again = You were signed out meanwhile
send-again-lead = Nothing happened here for a while, so your session ended. What you typed is not lost:
send-again-sign-in = First sign in, in a new tab
send-again-send = Then come back here and send it
crowded = Many people are here at this moment
crowded-more = Wait a few seconds, then load the page again. Help in an emergency is always there.
no-room = Nothing can be saved right now
no-room-more = The disk of this site is full. Nothing was changed, and nothing that is kept here is lost; pages can still be read. It goes on by itself as soon as there is room. Go back: what you typed is still there. Send it again later.
done-before = This is done already
done-before-more = The same form was sent before, and what it asked for was done then. Nothing was done twice. Open the page it came from anew to see how things stand.
changed-meanwhile = Someone else changed this at the same moment
changed-meanwhile-more = Nothing of yours was saved. Go back: what you typed is still there. Send it again, and you see what is there now.
busy = Someone else is changing something right now
busy-more = Nothing was changed. Go back and try again in a moment; what you typed is still there.

role-member = Member
role-facilitator = Facilitator
role-leader = Leader
role-co-leader = Co-leader
role-coordinator = Coordinator
role-supervisor = Supervisor
role-admin = Admin
role-auditor = Auditor

second = One more step
second-lead = Your roles count once you have shown who you are in a second way.
second-wrong = These digits do not fit, or were used already. Wait for the next ones.
field-step = Six digits of your app, or a code on paper
field-step-hint = Each works once.
again = Show once more who you are
again-lead = What you are about to do asks for it. You are led on from here; send the form there once more.
again-wrong = This does not fit.
again-act = Go on
again-link = You sign in by links. A new one shows who you are.
demo-again = In the demo one click is enough.

second-factor = Second step
second-factor-lead = An app on your phone shows six digits that change every half minute. With them, someone who learns your password still does not get in.
second-factor-on = Your second step is set up.
second-factor-left = { $left ->
    [0] No codes on paper are left.
    [one] One code on paper is left.
   *[other] { $left } codes on paper are left.
 }
second-factor-begin = Set it up
second-factor-app = Open an app for one-time codes on your phone. Any of them will do.
second-factor-type = Add an account there and type this key:
second-factor-open = or open it on this device
second-factor-then = Type the six digits it shows here.
second-factor-first-code = Six digits
second-factor-confirm = Turn it on
second-factor-codes = Write these codes down
second-factor-codes-lead = Each lets you in once if you lose your phone. They are shown only now: write or print them and keep them apart from it.
second-factor-picture = or show a picture for another device
second-factor-or-passkey = Or use a passkey instead
second-factor-renew = New codes on paper
second-factor-renew-more = Lost your codes, or used most of them? New ones end the old ones.
second-factor-remove = Turn it off
second-factor-remove-more = For a new phone: turn it off here, then set it up anew. Roles that ask for a second step wait until then.
second-factor-done = I have them

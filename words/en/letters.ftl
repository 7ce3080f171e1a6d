# Letters. The first line of a letter stands on locked screens: it says as little as the subject.

letter-subject = A message for you
letter-foot = You need not answer this letter; nobody reads what is sent back to it.
letter-help = If you or someone else is in danger now: { $link }

letter-invitation = Someone has asked for your help with something. This link tells you more:
letter-invitation-more = It is for you alone, works once and for { $days } days. If you did not expect it, do nothing: it ends by itself.

demo-mail-nav = Its letters
demo-mail = Letters of the demo
demo-mail-more = No letter leaves this machine. Here is what would have gone out, the newest first.
demo-mail-none = No letter yet
demo-mail-none-more = Invite someone, or ask for a link to sign in: the letter appears here.
demo-mail-to = To { $mail }

# Letters. The first line of a letter stands on locked screens: it says as little as the subject.

letter-subject = A message for you
letter-foot = You need not answer this letter; nobody reads what is sent back to it.
letter-help = If you or someone else is in danger now: { $link }

letter-invitation = Someone has asked for your help with something. This link tells you more:
letter-invitation-more = It is for you alone, works once and for { $days } days. If you did not expect it, do nothing: it ends by itself.

letter-sign-in = Here is the link you asked for:
letter-sign-in-more = It works once and for { $minutes } minutes. If you did not ask for it, do nothing.
letter-new-mail = This link makes this address yours:
letter-changed = Something about how you sign in was changed. You can look at it here:
letter-changed-more = If it was not you, sign in and end all other sessions, and tell whoever runs this site.

letter-asking = You left a note with us. This link goes on from there:
letter-news = There is something for you to read. It is here:
letter-news-more = You sign in with this address, or with your password. Nobody else can read it.
letter-reminder = You wanted to be reminded. What of stands here:
letter-reminder-more = You can change this there, or have no reminders at all.
letter-look = Something waits for you to look at it. It is here:
letter-look-more = It may be that someone waits for an answer.

letter-search-asked = You asked us to tell you something. This link starts it:
letter-search-asked-more = It works for { $days } days. If you did not ask for it, do nothing: it ends by itself, and we do not write again.
letter-search-found = A group has opened. It is here:
letter-search-found-more = You asked us to tell you. The page behind the link also ends these letters, with one click.
letter-search-ends = Shall we go on telling you? You say so here:
letter-search-ends-more = If you do nothing, it ends by itself in two weeks, and we delete your address.

letter-confirm = Is this page still true? One click says so:
letter-confirm-more = You need no account for it. If something has changed, the page tells you what to do.
letter-broken = Something was done that you should look at. It is here:
letter-broken-more = Please look at it within 72 hours.
letter-unreviewed = Something still waits for you to look at it. It is here:
letter-unreviewed-more = Its time is over. You are asked again each day until someone has looked at it.
letter-head = Here is a line to keep. Where it belongs:
letter-head-more = Keep this letter where nobody who runs the site can change it. With it, what was done there up to now can be checked later.

 { $line }

demo-mail-nav = Letters of the demo
demo-mail = Letters of the demo
demo-mail-more = No letter leaves this machine. Here is what would have gone out, the newest first.
demo-mail-none = No letter yet
demo-mail-none-more = Invite someone, or ask for a link to sign in: the letter appears here.
demo-mail-to = To { $mail }

# What visitors say is wrong with a page.

report = Something wrong here?
report-back = Back to the group
report-what = What is wrong?
report-time = The day or the time
report-place = The place, or how to get there
report-link = A link does not work
report-over = It does not meet any more
report-no-answer = Nobody answers
report-hurt = Someone was hurt or frightened there
report-other = Something else
report-choose = Choose what is wrong.
report-words = In your own words, if you like
report-words-hint = Please write nothing about yourself and no names. Only those who look after this page can read it.
report-long = That is more than { $most } characters. Please make it shorter.
report-kept = Nothing about you is kept, so nobody can answer you here.
report-act = Send
report-thanks = Thank you
report-unsafe = You did right to say so. If you need someone now:
report-own = It goes to { $organisation }, who look after this page. You can also tell them yourself:
report-feed = This page comes from { $programme }; { $organisation } will see what you said and pass it on. You can also tell them yourself:

reports = What visitors say is wrong
reports-lead = About pages that you look after. Nobody knows who said it.
reports-none = Nobody said that anything is wrong
reports-none-more = What visitors send from a group’s page is listed here.
reports-resolved = It is off the list.
reports-mend = Change it
reports-times = { $times ->
    [one] Said once
   *[other] Said { $times } times
 }, first: { $first }
reports-feed = from { $programme }: only they can change it; tell them
reports-who = Who leads it
reports-looked-after = I have looked after it
reports-done = It is mended
reports-not-so = It is not so

confirm = Is this still true?
confirm-page = See the whole page as visitors see it
confirm-act = Yes, all of it is true
confirm-changed = Something has changed?
confirm-changed-more = Sign in and change it, or say what is wrong and someone else will.
confirm-edit = Sign in and change it
confirm-say = Say what is wrong
confirm-done = It says now that it was checked today.
confirm-over = It counts for a while, and for as long as you lead the group. Sign in to confirm a group of yours, or wait for the next letter.

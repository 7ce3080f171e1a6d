# The staff side and one's own pages.

staff-home-nav = Today
me-nav = You
staff-nothing = Nothing waits for you
staff-nothing-more = What needs a decision of yours is listed here, the most pressing first.
staff-morning = Good morning, { $name }
staff-afternoon = Good afternoon, { $name }
staff-evening = Good evening, { $name }
staff-waits = { $day }. { $many ->
    [0] Nothing waits for you.
    [one] One thing waits for you.
   *[other] { $many } things wait for you; the first one is best done now.
 }
staff-backup = Newest backup: { $when }, { $hours ->
    [0] less than an hour old
    [one] one hour old
   *[other] { $hours } hours old
 }.
staff-groups = See your groups
staff-decide = Decide
staff-look-after = Look after
staff-today = Your groups today
staff-today-more = and { $many } more later today
need-read = Read
need-look = Look at it
need-check = Check
need-go-on = Go on
need-danger = { $many ->
    [one] Someone said that a person was hurt or frightened in a group
   *[other] { $many } times someone said that a person was hurt or frightened in a group
 }
need-danger-more = Read it today, and speak with whoever leads. Who said it is not known.
need-broken = { $many ->
    [one] A record was opened in an emergency
   *[other] { $many } records were opened in an emergency
 }
need-broken-more = Someone other than who opened it looks at it within 72 hours.
need-overdue = { $many ->
    [one] Nobody has looked for 72 hours at a record that was opened in an emergency
   *[other] Nobody has looked for 72 hours at { $many } records that were opened in an emergency
 }
need-overdue-more = Look at it today, and say what came of it.
need-reports = { $many ->
    [one] Visitors say that something is wrong with a page
   *[other] Visitors say that something is wrong with { $many } pages
 }
need-reports-more = Mend it, or say that it is not so.
need-confirm = { $many ->
    [one] A group was not checked for 90 days
   *[other] { $many } groups were not checked for 90 days
 }
need-confirm-more = One click each if nothing has changed.
need-leader = { $many ->
    [one] Nobody with an account leads one group
   *[other] Nobody with an account leads { $many } groups
 }
need-leader-more = Invite whoever leads it, so that it can be confirmed and run by them.
need-drafts = { $many ->
    [one] A change is not published
   *[other] { $many } changes are not published
 }
need-drafts-more = Visitors see the page as it was before.
need-letters = { $many ->
    [one] A letter did not go out
   *[other] { $many } letters did not go out
 }
need-letters-more = Whoever it was for waits in vain.
need-jobs = { $many ->
    [one] Something that the program does by itself fails
   *[other] { $many } things that the program does by itself fail
 }
need-backup = There is no backup of the last day
need-backup-more = If this machine fails, what was written since is lost. The page says what to do.
need-jobs-more = It is tried again; the page says why.

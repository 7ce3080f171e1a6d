# The people of a group, and records opened by break-glass.

roster = People
roster-leaders = Who leads
roster-no-leaders = Nobody yet. Invite someone: until then nobody can confirm this group or answer for it.
roster-members = { $many ->
    [0] Members
    [one] One member
   *[other] { $many } members
 }
roster-brought = { $brought ->
    [one] One of them was brought in; they talked and said yes elsewhere.
   *[other] { $brought } of them were brought in; they talked and said yes elsewhere.
 }
roster-nobody = Nobody is in this group yet
roster-nobody-more = Whoever is taken in stands here under the name they go by.
roster-since = Since { $when }
roster-reach = How to reach
roster-remove = Take out of the group
roster-remove-more = This says that they came no more. Who says goodbye, or has completed, is written down under “Members”.
roster-end = End this role
roster-ended = The role is ended.
roster-removed = They are not in this group any more.
roster-invited = A letter is on its way.
roster-invited-more = Until its link is opened, it stands under “Invited, not here yet”.
roster-invite-leader = Invite someone to lead
roster-add-handle = Take someone in by a name they choose
roster-add-mail = Invite someone by mail
roster-handle = The name they go by in this group
roster-handle-hint = No address is needed. You get 16 digits for them: their way to come back.
roster-add-act = Take in
roster-therapy = People come into a therapy group by asking on its page: they talk with a leader, both say yes, and they sign. Who was in it already, elsewhere, is brought in here:
roster-waiting = Invited, not here yet
roster-until = The link works until { $when }
roster-code = The code of { $name }
roster-code-once = It is shown only now.
roster-code-more = Give it to them on paper, and keep no copy: whoever has it comes in as them.
roster-code-given = I gave it to them

contact-none = They gave none.
contact-written-down = That you looked is written down, and they can see it.

broken = Opened in an emergency
broken-lead = Someone opened how to reach a person, without being in charge of that otherwise. Someone else looks at each of these within 72 hours.
broken-none = Nothing waits to be looked at
broken-none-more = What is opened is listed here until someone else has looked at it.
broken-when = Opened: { $from } · until: { $to }
broken-reviewed = Looked at
broken-looked = Looked at: { $when }
broken-overdue = Over 72 hours
broken-right = It was right
broken-not-needed = It was not needed
broken-follow-up = It must be followed up
broken-open = Open in an emergency
broken-first = Others are told at once.
broken-first-more = The other supervisors of this group and the auditors get a letter; the person sees it on their page. It opens how to reach this one person in this one group, for an hour at most. A therapist's own notes are never opened.
broken-reason = Why
broken-danger = Someone may be in danger
broken-leader-absent = Whoever leads cannot be reached
broken-complaint = A complaint has to be looked into
broken-words = What has happened
broken-words-hint = At least 15 characters. Supervisors of this group read it, nobody else.
broken-act = Open for an hour
broken-close = Close it now
broken-banner = { $minutes ->
    [0] A record is open for less than a minute more.
    [one] A record is open for one minute more.
   *[other] A record is open for { $minutes } minutes more.
 }

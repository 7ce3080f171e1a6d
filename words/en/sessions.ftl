# Sessions, for who leads them and for who is in the group.

sessions = Sessions
sessions-ahead = Coming up
sessions-past = Before
sessions-none = No session is planned
sessions-none-more = Sessions come from the schedule of the group. Plan there when it meets.
entrance-members = Members are told the address from a day before a session, and let in by the link from half an hour before until it ends.
session-up = The session
session-plan = Plan
session-cancelled = Cancelled
session-covered = Led by { $name } this time
session-marked = Written down
session-unmarked = Not written down yet
session-topic = Topic:
session-presentation = Presentation:
session-after = When everyone has gone:
session-after-more = write down what the group did, and each person’s own part.
session-record = Write the records
session-record-on = Save and go on to the whole record
session-happens = As it happens
session-happens-more = Part of the record of this session: it names nobody, and is saved as you type. The rest of it can wait.
leading-not-done = That was not done
leading-back = Back

seats = Who is here
seats-here = { $many } here
seats-excused = { $many } excused
seats-missed = { $many } missed
seats-open = { $many } not marked
seats-tap = Saves as you tap. Tap again to take it back.
seats-before = Before the session only “Excused” can be marked.
seats-saving = Saving …
seats-saved = Saved on the server
seats-nobody = Nobody is in the group on this day
seats-nobody-more = Whoever had joined by then, and had not left, stands here.
seat-first = New: first session
seat-second = New: second session
seat-paused = Paused: not expected
seat-excuse = Cannot come, said { $when }
seat-where = Where they are
presence-present = Here
presence-late = Late
presence-left-early = Left early
presence-online = Online
presence-excused = Excused
presence-missed = Missed

agenda = What we do
agenda-elapsed = { $elapsed } of { $length } minutes
agenda-over = The session is over
agenda-into = { $into } of { $minutes } minutes
agenda-minutes = { $minutes } min
agenda-none = Nothing is planned. Groups that talk freely need no agenda.
agenda-materials = To bring
agenda-change = Change the plan

count = How many came
count-lead = In a support group nobody is marked. Count heads; names are for who wants to be remembered by one.
count-expected = Who said they come
count-room = In the room
count-online = Online
count-new = Of all, here for the first time
count-handles = Names they go by
count-handles-hint = One on each line. Leave it empty if nobody asked for it.
count-act = Save the count
count-all = { $many ->
    [one] One person came.
   *[other] { $many } people came.
 }
count-not-a-number = Write a whole number, such as 12.

reach-where = Where they are
reach-whom = Whom to call
reach-unsaid = They have not said.

plan = Plan of the session
plan-wrong = Something needs another look
plan-topic = What it is about
plan-agenda = Agenda
plan-agenda-hint = The session lasts { $minutes } minutes. A technique fills in its own name and shortest time where you leave them empty.
plan-step = What we do
plan-step-nth = Step { $nth }
plan-minutes = Minutes
plan-minutes-missing = Say how many minutes it takes, such as 15.
plan-technique = Technique
plan-technique-none = None
plan-technique-named = { $name } ({ $least } to { $most } min)
plan-more = More steps
plan-materials = To bring
plan-materials-hint = One thing on each line.
plan-presentation = A presentation
plan-presentation-title = Its title
plan-presentation-speaker = Who presents
plan-presentation-both = Write both the title and who presents, or neither.
plan-meanwhile = Below is what you wrote; nothing of it is saved yet. Save again to put it in place of theirs, which is:
plan-save = Save the plan
technique-thinking = Thinking and doing (CBT)
technique-mindfulness = Mindfulness
technique-role-play = Role-play
technique-talk = Talk
technique-art = Art
technique-music = Music
technique-movement = Movement
technique-frame = Beginning and closing

cover = Who leads this session
cover-lead = If those who usually lead cannot, name someone who leads another group here.
cover-who = In their place
cover-nobody = Nobody: those who usually lead do
cover-act = Save who leads
cover-let-in = Let them in for this session
cover-let-in-more = { $name } sees the group from two hours before until a day after the session, and no longer. End it any time under “People”.

changes = If it cannot be
changes-lead = The group’s page and its calendar say it at once, and members get a letter that there is something to read.
changes-restore = Back to the usual time
changes-cancel = Cancel this session
changes-plans = What was planned for it
changes-plans-move-on = comes one session later, with everything planned after it
changes-plans-stay = stays with this date
changes-cancel-act = Cancel the session
changes-move = Move this session
changes-move-act = Move the session

curricula = Curricula
curricula-lead = Plans in order, for groups with a set number of sessions. Lay one onto the coming sessions; when one is cancelled, the rest can come later.
curricula-none = No curriculum yet
curricula-none-more = Write one below, or make one from sessions that were planned.
curriculum-many = { $many ->
    [one] One session
   *[other] { $many } sessions
 }
curriculum-sessions = What the sessions are about
curriculum-no-topic = No topic
curriculum-lay = Lay it onto the coming sessions
curriculum-lay-more = What was planned for these sessions is replaced.
curriculum-first = Begin with number
curriculum-from = First session
curriculum-lay-act = Lay it
curriculum-left = { $many ->
    [one] It is laid. The schedule has no session left for the last one of it.
   *[other] It is laid. The schedule has no session left for the last { $many } of it.
 }
curriculum-remove = Take this curriculum away
curriculum-new = Write a curriculum
curriculum-name = What it is called
curriculum-name-missing = Say what it is called, and choose both days where there are two.
curriculum-topics = What each session is about
curriculum-topics-hint = One session on each line, the first on top.
curriculum-edit = Change this curriculum
curriculum-edit-lead = Each session keeps its agenda and what to bring, wherever you put it. What was laid onto dates stays as it is there.
curriculum-session-nth = Session { $nth }
curriculum-topic = What it is about
curriculum-topic-nth = What session { $nth } is about
curriculum-place = Place
curriculum-place-nth = Place of session { $nth }
curriculum-place-wrong = Say its place by a number: 1 comes first.
curriculum-out = Leave it out
curriculum-out-nth = Leave session { $nth } out
curriculum-more = More sessions at the end
curriculum-meanwhile-yours = Below is what they wrote. This is what you had written; nothing of it is saved yet:
curriculum-copy = Take one from another group
curriculum-copy-more = What its sessions are about, their agendas and what to bring come along. Who presents and who leads them does not, and what you change here changes nothing there.
curriculum-copy-which = Curriculum
curriculum-copy-one = { $group }: { $name } ({ $many ->
    [one] one session
   *[other] { $many } sessions
})
curriculum-copy-act = Take it
curriculum-copy-missing = Choose a curriculum of another group.
curriculum-gather = Make one from planned sessions
curriculum-gather-more = The plans of the sessions between two days, both with them. Who led them is left out.
curriculum-gather-from = From
curriculum-gather-until = Until
curriculum-save = Keep this curriculum

prompts = Whom to ask after
prompts-lead = Someone who misses without a word may be about to leave, most of all at the beginning. These are rules you can check, not a score.
prompts-none = Nobody needs asking now
prompts-none-more = Whoever misses one of their first two sessions, two in a row, or two of the last six without a word stands here.
prompt-beginning-missed = Missed one of their first two sessions.
prompt-two-in-a-row = Missed two in a row.
prompt-third-of-last-six = Missed a third of the last six.
prompt-since = Because of { $day }
prompt-done = I have asked

advice = What helped us
advice-lead = From people of this group, for people of this group. Nobody’s name stands beside it.
advice-staff-lead = People of the group wrote this for each other. Show what is kind and safe; hide what names someone, or could harm.
advice-none = Nothing yet
advice-none-more = What people of the group write for each other waits here until you have looked at it.
advice-waiting = Waits for you
advice-shown = Shown
advice-hidden = Hidden
advice-show = Show
advice-hide = Hide
advice-helped = { $many ->
    [0] Helped nobody else yet
    [one] Helped one other person
   *[other] Helped { $many } others
 }
advice-helped-me = Helped you too
advice-thank = This helped me too
advice-give = Say what helped you
advice-words = What helped you?
advice-words-hint = No names, please. Whoever leads the group reads it first.
advice-give-act = Give it to the group
advice-mine-waiting = Yours waits until whoever leads the group has read it.
advice-mine-helped = { $many ->
    [0] The group sees yours now.
    [one] Yours helped one other person.
   *[other] Yours helped { $many } others.
 }
advice-mine-hidden = Yours is not shown. Ask whoever leads the group why.

mine = My group
mine-groups = Groups you are in
mine-next = Next time
mine-later = After that
mine-none-more = When the next one is planned, it stands here.
mine-cannot = I can’t come
mine-cannot-words = Say a few words with it
mine-cannot-words-label = For whoever leads the group
mine-excused = You said you can’t come
mine-come-after-all = I’m coming after all
mine-papers = Papers
mine-goals = Your goals
mine-goals-lead = What you wrote down together, and how far it was reached. Zero is what was expected.
mine-notes = { $many ->
    [0] none yet
    [one] one note
   *[other] { $many } notes
 }

safety = If something happens during a session
safety-lead = You meet online, so nobody could knock at your door. Whoever leads the group looks at this only if you may be in danger; you see each look.
safety-where = Where you are on { $day }
safety-where-hint = An address where help would find you. It is deleted after the session.
safety-where-act = Save where I am
safety-whom = Whom to call for you
safety-whom-hint = A name and a number. Ask them first whether they agree.
safety-whom-act = Save whom to call

reminder = Reminders
reminder-lead = A letter to your address that says only that there is something to read. None for a session that is cancelled.
reminder-when = Remind me
reminder-none = not at all
reminder-hours = { $hours ->
   *[other] { $hours } hours before
 }
reminder-act = Save

certificate = Certificate of attendance
certificate-lead = For a court, a workplace or a school that asks for proof. It names no group and no topic.
certificate-none = No session was written down yet
certificate-none-more = Whoever leads the group writes down who was there.
certificate-name = Name as it shall stand on it
certificate-name-missing = Write the name that shall stand on it.
certificate-from = From
certificate-until = Until
certificate-day = { $day }, { $year }
certificate-day-missing = Choose both days.
certificate-act = Show the certificate
certificate-text = Take it as text
certificate-title = Certificate of attendance
certificate-said = { $name } attended { $attended } of { $held } group sessions at { $organisation } from { $from } to { $until }.
certificate-time = Hours in all, as the sessions were planned: { $hours }.
certificate-issued = Issued on { $issued } by { $organisation }.
certificate-signature = Signature
certificate-other = Another time

need-prompts = { $many ->
    [one] One person to ask after in { $group }
   *[other] { $many } people to ask after in { $group }
 }
need-prompts-more = They missed without a word.
need-marks = { $group }: nothing written down for { $day }
need-marks-more = Who was there?
need-marks-act = Write it down
need-advice = { $many ->
    [one] One piece of advice waits in { $group }
   *[other] { $many } pieces of advice wait in { $group }
 }
need-advice-more = It is shown once you have read it.
staff-next = Your next sessions

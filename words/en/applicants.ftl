# People on the way into therapy groups, as staff see them.

applicants = Applicants
applicants-lead = { $number ->
    [0] Nobody is on the way into a therapy group.
    [one] 1 person is on the way into a therapy group. Longest wait first in every column; before them, who was promised to be first.
   *[other] { $number } people are on the way into a therapy group. Longest wait first in every column; before them, who was promised to be first.
 }
applicants-none = Nobody here
applicants-none-more = Who asks for a place on the page of a therapy group appears here.
applicants-filter = Whose turn it is
applicants-all = All
applicants-every-group = Show every group
applicants-more = { $number } more
applicants-lately = In the last 30 days: { $members } became members, { $over } ended otherwise. Who was brought in is not among them.
applicants-name = Name
applicants-group = Group
applicants-waits = Waits
applicants-next = Next
applicants-risk = Answer about safety, unread
owed-person = Theirs
owed-leader = The leader's
owed-coordinator = The coordinator's
owed-talk = Talk { $when }
owed-offer = Offer ends { $when }
owed-late = late
waits-days = { $days ->
    [0] today
    [one] 1 day
   *[other] { $days } days
 }
waits-weeks = { $weeks } weeks

column-asked = Asked
column-asked-more = No talk booked yet
column-screening = Screening
column-screening-more = Questions and the talk
column-waiting = Waiting list
column-waiting-more = Each has an option meanwhile
column-options = Other ways
column-options-more = They choose
column-offered = Offered
column-offered-more = They decide
column-to-sign = To sign
column-to-sign-more = Accepted on both sides

step-answer = Read and see to a time to talk
step-answer-forms = Answers the questions
step-pick-time = Picks a time
step-talk = Talk is booked
step-record-talk = Write the talk down
step-decide = Decide
step-find-place = Find a place
step-choose = Chooses a way
step-answer-offer = Answers the offer
step-sign = Signs
step-start = Start the group
step-nothing = Nothing

risk = First: an answer about safety
risk-when = Answered { $when }. The page with help was shown at once.
risk-seen = Read { $when }.
risk-unseen = Nobody has said that they read it. After two hours supervisors and coordinators are told as well.
risk-act = I have read this and will call

applicant-words = In their words
applicant-words-of = In { $name }'s words
applicant-words-when = Answered { $when }
applicant-chosen = What they answered in the chooser
applicant-chosen-more = They sent this along when they asked. Whether they are safe is never part of it.
applicant-words-not-yours = Only those who lead the group and who supervises them read the answers.
applicant-no-words = Nothing was answered yet.
applicant-talk-booked = Booked for { $when }
applicant-talk-held = Written down { $when }
applicant-signed = { $signed } signed, { $missing } to sign.
applicant-history = What happened
applicant-letters = Letters to them
assignment = Who answers
assignment-anyone = Whoever leads the group
assignment-act = Have them answer
assignment-only-reads = Co-leaders read along: they can neither decide nor say that an answer about danger was read. Choose a leader.
applicant-back = Back to the applicant
waits-first = Promised to be first
waits-this-group = waits for this group only
waits-any-fitting = waits for any group that fits
guardian = A parent or guardian signs
guardian-name = Their full name
guardian-hint = Read the text with them. Your name is kept as that of the witness.
guardian-act = Signed before me

point-readiness = Readiness
point-readiness-more = Wants to take part, and can say what for
point-expectations = Expectations
point-expectations-more = How the group works, and what it asks
point-attendance = Attendance
point-attendance-more = Every session; says so when they cannot come
point-confidentiality = Confidentiality
point-confidentiality-more = And its limits; members are not bound by law
talk-points = Tick what you spoke about
talk-notes = Notes
talk-notes-hint = Yours and those who lead with you; supervisors can read them. The person cannot, and coordinators cannot.
talk-notes-long = Nothing was kept. These notes have { $has } characters; at most { $most } can be kept. Shorten them and send them again.
talk-forget = Delete my notes
talk-forget-more = Nothing else does: a field that is only emptied leaves them as they were.
talk-act = Keep this
talk-spoken = spoken about
talk-open = open

decide = Your decision
decide-more = After the talk. { $name } decides, too.
decide-what = What do you decide?
decide-missing = Choose what you decide.
decide-offer = Offer a place
decide-offer-more = { $left } of { $most } left, { $held } kept by offers
decide-waiting = Waiting list
decide-waiting-more = Needs an option meanwhile; pick one below
decide-options = Offer other ways
decide-options-more = Pick them below; the person chooses
decide-not-now = Not now
decide-not-now-more = Needs an option; pick one below
decide-answers = Ask for answers
decide-answers-more = The questions once more
decide-until = An offer is open until the end of
decide-until-missing = Say until which day the offer is open.
decide-first-come = Keeps no place: first come, first served
decide-any = Waits for any group that fits
decide-ways = Other ways
decide-ways-hint = Groups are proposed by the finder, with its reasons.
decide-again = Ask again from (may be left open)
decide-no-such-group = A group that you chose is listed no more. Look again.
decide-letter = The letter
decide-letter-to = Letter to { $name }
decide-letter-hint = They read it here; the mail says only that there is news. Words to begin with, one for each decision, are below: copy yours and make them your own.
decide-letter-missing = Write a few words to the person.
decide-letter-other = Nothing was sent. You chose “{ $chosen }”, and these are the words for “{ $of }”. Write a letter that says what you decided, or choose the other decision.
decide-letter-gap = Nothing was sent. The letter still has a gap: “…”. Write there what you want to say, or take that sentence out.
decide-drafts = Words to begin with
decide-act = Send
moving = On to another group
moving-more = They wait for any group that fits. Their request ends here and begins there, and they keep when they asked. Answers, notes and the talk stay here: who leads that group talks with them, and can then offer a place.
moving-to = Groups of ours that take people now
moving-none = No other group fits in which you decide as well. A coordinator can take them on to any.
moving-missing = Choose the group to which they go on.
moving-letter-hint = They read it where their request goes on, and so does who leads that group. The mail says only that there is news.
moving-act = Take them on to this group
proposal-about = also about { $topic }

letter-draft-offer = Dear { $name }, thank you for talking with me. I would like to offer you a place in "{ $group }". Please read how the group works, and tell us whether you want it.
letter-draft-waiting = Dear { $name }, thank you for asking. There is no place in "{ $group }" right now. You are on the waiting list, and we write to you as soon as there is one. Until then, these could help:
letter-draft-options = Dear { $name }, thank you for talking with me. I believe that something else could help you more than "{ $group }" right now. Please look at these ways; you choose.
letter-draft-not-now = Dear { $name }, thank you for talking with me. "{ $group }" is not the right group now, and I want to say why: … This is no verdict about you. These ways are open to you:
letter-draft-move-on = Dear { $name }, you wait for a place in any group that fits. There may be one in another group, and your request goes on there. Who leads it talks with you first; then both of you decide.
letter-draft-answers = Dear { $name }, before we talk, it would help me to read a few words from you. Leave out whatever you would rather say.

asks = Joining this group
asks-back = Back to the group
times = Times for a talk
times-lead = Who asks for a place picks one of the times that you open here.
times-day = Day
times-time = Time
times-minutes = Minutes
times-how = How
times-with = With
times-how-choose = Choose
times-with-only-reads = Co-leaders read along and cannot write a talk down. Choose a leader.
times-no-leader = Nobody leads this group yet who could talk with people. Invite a leader under People first.
times-open = Open this time
times-close = Close
times-booked = Booked: see who
times-wrong = Give a day, a time, the minutes and how you talk.
start = Start
start-none = No start is planned. Who has signed everything becomes a member at once, or, in a closed group, waits.
start-on = First session
start-least = With at least
start-plan = Plan this start
start-planned = Planned for { $day }, with at least { $least }
start-confirmed = Confirmed for { $day }
start-began = The group began on { $day }
start-confirm = Confirm the start
start-confirm-more = Everyone with a place gets a letter. Who has signed everything is a member from that day on.
start-put-off = Put it off
start-put-off-to = To another day
start-least-missing = Say with how many people the group begins.
start-day-missing = Choose a day.
questions = Questions before the talk
questions-lead = One question about safety is always there. No other answer is needed to go on.
questions-lines = Questions
questions-hint = One a line. Leave it empty for those that came with the program.
questions-measures = Forms to answer before the talk
questions-measures-hint = Each is answered on the site. You see its score here; an answer that tells of danger is told to you at once.
applicant-measure-answers = All answers
applicant-measure-unscored = Could not be scored: look at the answers.
applicant-measure-estimated =
    { $missing ->
        [one] an estimate: one question has no answer
       *[other] an estimate: { $missing } questions have no answer
    }
applicant-measure-left-out =
    { $kind ->
        [self-harm] The question about harming oneself was not answered: ask.
        [harm-to-others] The question about harming others was not answered: ask.
       *[being-harmed] The question about being harmed was not answered: ask.
    }
questions-part-2 = 42 CFR Part 2 applies to this group
questions-wrong = A question has at most 300 characters.
questions-act = Keep these
texts = Agreements
texts-lead = What is signed before joining. Once you change a text, everybody signs it anew. Have a lawyer read what you use.
texts-own = your own
texts-default = came with the program
texts-title = Title
texts-words = Text
texts-missing = A text needs a title, and words of at most 5,000 characters.
texts-act = Ask for this text from now on

members = Members
members-counted = { $here } came by asking and talking here, { $brought } were brought in.
members-none = Nobody yet
members-none-more = Who has signed everything appears here, and who is brought in.
members-goodbye = Says goodbye on { $day }
members-brought = Brought in; screened elsewhere by { $by }
members-change = Change
members-pause = Pause
members-return = Comes back
members-announce = Will leave
members-take-back = Stays after all
members-left = Has said goodbye
members-complete = Has completed
members-drop-out = Came no more
members-reason = Why
drop-no-fit = The group did not fit
drop-other-treatment = Other treatment
drop-practical = Time, cost or distance
drop-got-better = Felt better
drop-got-worse = Felt worse
drop-unknown = Asked, and nothing was said
bring = Bring someone in
bring-lead = For who is in this group already, elsewhere. They are counted apart, and asked for the agreements when they next sign in.
bring-one = One person
bring-since = Member since
bring-screened-by = Screened by
bring-screened-by-hint = Who talked with them before they joined, and where.
bring-act = Bring them in
bring-many = Many, by a sheet
bring-many-more = Paste lines of comma-separated values, with these names on top. Age is "minor" for someone under 18, else it is left out. At most 200 at a time.
bring-sheet = Lines
bring-many-act = Bring them in
bring-sheet-empty = The sheet has no line below its names.
bring-sheet-long = Nobody was brought in. The sheet has { $rows } lines, and at most { $most } can come at once: send the first { $most }, then the rest as another sheet with the same names on top.
bring-fault = Not brought in: something went wrong here. Send this line again.
bring-age-wrong = The age is "adult", "minor" or nothing.
bring-report = { $done } of { $all } were brought in
bring-report-table = What became of each line
bring-row = Line
bring-became = What became of it
bring-done = Brought in

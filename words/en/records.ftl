# Records of sessions.
another-member = another member
need-cosign = { $many ->
    [one] { $group }: one record waits for a second signature
   *[other] { $group }: { $many } records wait for a second signature
}
need-cosign-more = They are not in force before.
record-session = Session
record-title = Session record
record-lead = What the group did. It stands in the chart of everyone who was there, so it names nobody.
record-not-begun = Not begun
record-not-begun-more = Nobody has begun this record yet.
record-draft = Draft
record-awaiting = Waits for a second signature
record-signed = Signed
record-amended = Signed, and amended
record-themes = Themes
record-themes-hint = What the group spoke about.
record-interventions = What we did
record-interventions-hint = Techniques, activities, what you said or offered.
record-dynamics = How the group was together
record-dynamics-hint = Who-with-whom without names: warmth, tension, roles, silence.
record-next = For next time
record-next-hint = What the group agreed on, and what to bring.
record-participation = Taking part
record-participation-hint = How they took part. Nobody else is named in it.
record-response = Response
record-response-hint = How they took what was done.
record-progress = Progress
record-progress-hint = Towards their own goals.
record-risk = Risk
record-risk-hint = Danger to themselves or others that was seen or told, and what was done. If none was seen, say so.
record-plan = Plan
record-plan-hint = What is agreed for them until next time.
record-helped = What helped
record-helped-hint = What they said helped them, in this session or since the last.
record-own = For yourself
record-own-hint = Not for treatment: what belongs into the record goes there.
record-save = Save
record-saved = Saved { $when }
record-saved-by = Saved { $when } by { $name }
record-unsaved = Not saved yet
record-failed = Not saved. Is there a connection? Your words stay on this page; they are sent again in a moment.
record-both = { $name } wrote in the same place at the same moment. Both are here, one below the other: make one text of them.
record-both-own = You wrote in the same place in another window. Both are here, one below the other: make one text of them.
record-base-gone = Others wrote here since you opened this page, long ago. In the fields is what is kept now, and here is what you wrote: put in what is to stay, then save.
record-base-gone-script = Not saved: others wrote here since you opened this page, long ago. Press Save; you will see both texts and choose.
record-yours = What you wrote
record-sign = Sign
record-to-parts = Individual parts
record-too-long = One of the texts has { $has } characters. 20,000 are the most: shorten it.
record-was-not-there = A part is written of who was there. Mark in the session that they were, then write.
record-not-yet = This session has not begun. Its record is written from an hour before it on.
record-empty = Nothing is written yet. Write it, then sign.
record-text-changed = The text was changed since you looked at it. Look at it again, then sign.
record-does-not-lead = They do not lead this group. Choose someone who does.
record-writes-none = They lead this group, and may not write individual parts. Choose its leader or a co-leader.
record-keeps-nothing = They keep no record in this group.
record-marks-open = { $open ->
    [one] One mark has no reason yet. Change the words, or say why they stay, and sign again.
   *[other] { $open } marks have no reason yet. Change the words, or say for each why they stay, and sign again.
}
record-alike-unseen = { $unseen ->
    [one] This part is nearly the same as another one. Look at what differs, and sign again.
   *[other] This part is nearly the same as { $unseen } others. Look at what differs, and sign again.
}
record-locked = This record is locked since { $since }. A supervisor can open it for some days.
record-not-yours = This record is somebody else’s to write. Ask who keeps it, or have it handed over.
record-is-private = A note of your own is not signed, shown or handed over.
record-is-signed = This record is signed. Amend it: what was signed stays as it is.
record-awaits = This record waits for a second signature. Take it back to write in it.
record-not-signed = This record is not signed yet. Write in the draft.
record-not-awaiting = No second signature is waited for.
record-own-signature = The second signature is somebody else’s than the first.
record-not-cosigner = The second signature is not yours to give here.
record-not-locked = This record is not locked.
record-unlock-past = That time is over already. Choose a later one.
record-not-supervisor = Only a supervisor opens a locked record.
record-keeps-already = They keep this record already.
record-is-discarded = This draft was thrown away. Begin a new one.
record-reason-missing = Something is missing: write a reason of at least 10 characters, and choose what is to be done.
record-signed-by = Signed by { $name }, { $when }
record-cosigned-by = Signed second by { $name }, { $when }
record-signed-over = “{ $words }” stays: { $reason }
record-amended-why = Amended because: { $reason }
record-opened-by = It was locked, and { $name } opened it until { $when }:
record-versions = { $number ->
    [one] Amended once: see both versions
   *[other] Amended { $number } times: see all versions
}
record-amend = Amend
record-amend-hint = What was signed stays and can be seen. What you write here takes its place in the chart.
record-amend-why = Why it is amended
record-amend-act = Sign the amendment
record-kept-by = { $name } answers for this record.
record-is-locked = This record is locked. A draft can still be signed as it stands; a supervisor can open it.
record-locks-on = It is locked from { $day } on.
record-take-back = Take back, to change it
record-cosign = Sign as the second
record-send-back = Send back, to be changed
record-discard = Throw this draft away
record-hand-over = Hand over
record-hand-over-to = To
record-hand-over-act = Hand over
record-unlock = Open it
record-unlock-days = For how many days
record-unlock-why = Why it is opened
record-unlock-act = Open it

mark-name = “{ $words }” is another member’s name.
mark-nickname = “{ $words }” is what another member is called.
mark-initials = “{ $words }” are another member’s initials.
mark-misspelling = “{ $words }” reads like another member’s name.
mark-handle = “{ $words }” is what another member goes by.
mark-phone = “{ $words }” is another member’s phone number.
mark-mail = “{ $words }” is another member’s mail address.
mark-fact = “{ $words }” may point to another member.
mark-more = A record may be read by others one day.
mark-replace = Write “another member”
mark-reason = Or keep it, and say why

alike = This is nearly the part of { $name } of { $day }.
alike-more = Copied words are seldom true twice.
alike-show = See what differs
alike-seen = I looked at what differs

each-part-title = Individual parts
each-part-lead = { $there ->
    [one] One person was there · one part, and nobody else is named in it
   *[other] { $there } people were there · one part each, and nobody else is named in it
}
each-part-nobody = Nobody is marked as having been there yet. Parts are written of those who were.
each-part-mark = Mark who was there
each-part-people = Who was there
each-part-keys = Next person: Alt and ↓. Sign and go on: Ctrl and Enter.
part-sign = Sign
part-sign-next = Sign and go on to { $name }
part-goals = Goals
part-chart = Chart
part-last-plan = Last plan
part-no-plan = None was written yet.
part-level = Progress: { $goal }
part-release = Give it to them to read
part-release-hint = They see what you choose on their own page. You can change it later.
part-release-act = Save what they see
phrase-no-risk = No risk seen or told today.

note-title = Note for yourself
note-lead = Only you can open this, after showing who you are. It is no part of any record, chart or export.

records-title = Records
records-none = No session has anything written about it yet.
records-charts = Charts
records-left = was in the group before
records-left-behind = Left behind
records-left-behind-more = Who kept these leads the group no more. A supervisor of the group hands each over to who leads it now, or all at once below.
handover-title = Hand over all records of someone
handover-more = When someone leaves: drafts, what waits for a second signature, and what is signed and may have to be amended. Who began it stays written on each. Notes for oneself are not handed over: they are their author’s alone.
handover-nobody = Nobody leads this group now. Once somebody does, records are handed over to them here.
handover-from = Of
handover-keeps = { $name }: { $sessions ->
    [one] one session record
   *[other] { $sessions } session records
}, { $parts ->
    [one] one individual part
   *[other] { $parts } individual parts
}
handover-act = Hand all of it over
handover-done = Handed over: { $sessions ->
    [one] one session record
   *[other] { $sessions } session records
}, { $parts ->
    [one] one individual part
   *[other] { $parts } individual parts
}.
handover-none = Nothing was handed over.
records-line = Session record: { $session } · { $signed } of { $there } parts signed

chart-goals = Goals
group-goals-title = Goals of the group
group-goals-lead = What you work towards together. How far it was reached is written with the record of each session. Name nobody.
chart-no-goals = No goals are written down yet.
chart-goal-ended = ended
chart-goal-add = Write a goal down together
chart-goal-hint = What would it look like? Say all five together; zero is what you both expect to reach.
chart-goal = Goal
chart-level-2 = −2: much less than expected
chart-level-1 = −1: less than expected
chart-level0 = 0: as expected
chart-level1 = +1: more than expected
chart-level2 = +2: much more than expected
chart-importance = How important it is (1 to 3)
chart-difficulty = How hard it is (1 to 3)
chart-goal-act = Write it down
chart-goal-end = End this goal
chart-levels = Its levels
chart-no-progress = No progress is written down yet.
chart-t = All goals together: T = { $t }. 50 is as expected.
chart-t-source = Goal Attainment Scaling: Kiresuk and Sherman 1968.
chart-being-there = Being there
chart-there = Here { $there } of { $held } times.
chart-ask = You may want to ask after them.
chart-ask-more = They missed sessions in a way that often comes before leaving. It is a prompt to talk, nothing more.
chart-sessions = Sessions and parts
chart-no-sessions = No session is marked yet.
chart-no-part = No part is signed.
chart-by = Written by { $name }
goal-missing = Write what they want to reach, on one line.
goal-level-missing = Say of each of the five levels what it would look like.
goal-same-levels = Two levels read the same. Say of each what it would look like.
goal-marked = { $words } may tell somebody in the group. Change the words, or look at them and tick below that they tell nobody.
goal-tells-nobody = I looked at it: this is not about somebody in the group.
goal-weight = Importance and difficulty go from 1 to 3.

known-title = What else could tell them
known-lead = The guard looks for these in the records of others. One a line.
known-names = Full names
known-names-hint = As on their papers, if they go by another name here.
known-nicknames = What they are called
known-nicknames-hint = The usual short forms of their name are known.
known-phones = Phone numbers
known-phones-hint = In any spelling.
known-facts = Facts that point to them
known-facts-hint = A town, an employer, a school, as one would write it.
known-act = Save
known-meanwhile = Someone else changed “What else could tell them” while you had it open. What they wrote stands there now. You wrote: { $yours }. Put in what is missing, and save once more.
known-too-many = At most { $most } lines of each, up to 300 characters a line.

billing-title = Sessions for billing
billing-lead = One row for each session a member attended. Sameboat bills nobody and does not know what a payer pays for.
billing-from = From
billing-until = Until
billing-code = Code
billing-code-hint = The procedure code that you and your payer use. { $usual } if you leave it empty.
billing-show = Show
billing-day = Write a day as 2026-11-28.
billing-order = The time ends before it begins. Correct one of the two days.
billing-number = { $name }: number in billing
billing-number-hint = They have attended and no number is known, so they have no row.
billing-number-act = Save
billing-none = No row: nobody with a number attended in this time.
billing-download = Download the sheet
billing-head-date = Date
billing-head-member = Member
billing-head-code = Code
billing-head-minutes = Minutes
billing-head-leader = Leader

my-notes-title = Notes for you
my-notes-lead = What those who lead the group wrote about you and gave you to read. Ask them if something is not right.
my-notes-none = Nothing was given to you to read yet. You may ask for it.

summary-title = Tell a therapist of theirs
summary-no-consent = They have not agreed that anyone outside is told. They can on their own page, under “What you agreed to”.
summary-act = Give attendance and progress to { $name }
summary-refused = They did not agree to this, or not any more. Ask them.
summary-of = Progress and attendance: { $name }
summary-for = For { $name }
summary-print = Print
summary-consent = Given with consent
summary-consent-more = Agreed on { $day }, holds until { $until } (consent { $number }). That it was given is written down; the person sees it.
summary-notice = Do not give this on without the person’s written consent, unless the law allows it. Where it comes from a program for substance use, federal rules (42 CFR Part 2) forbid using it in a case against the person without their consent or a court order.

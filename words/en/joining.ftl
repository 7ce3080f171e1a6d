# Joining a therapy group, as the person who joins reads it.

joining = Joining a group
joining-nav = Joining
joining-back = Back to where I stand
joining-none = You have not asked for a place
joining-none-more = A therapy group is joined by asking on its page. You talk with a leader, and both of you decide.
joining-asked-on = Asked on { $day }
joining-next = What comes next:
joining-memberships = Where you are a member
joining-since = since { $day }
joining-agreements = What you signed
joining-owing = { $missing ->
    [one] There is 1 text for you to read and sign.
   *[other] There are { $missing } texts for you to read and sign.
 }
joining-owing-read = Read and sign
joining-leave = Leave this group
joining-leave-more = You may leave at any time. We ask you to come once more and say goodbye, for yourself and for the others.
joining-goodbye = Day of the session at which you say goodbye
joining-goodbye-hint = Today or later.
joining-leave-act = Say that I leave

asking = Ask to join
asking-what = You ask; nobody is told but those who lead the group and who runs intake. A leader talks with you. Then both of you decide.
asking-handle = What shall we call you?
asking-handle-hint = A first name is enough for now.
asking-mail-hint = We send a link there. It works for { $days } days; your request is made when you open it. The letter does not say what it is about.
asking-as = You ask as { $name }.
asking-age = How old are you?
asking-age-adult = 18 or older
asking-age-minor = Under 18
asking-age-missing = Choose one. For someone under 18, a parent or guardian agrees, too.
asking-kept = Nothing else is asked now. You can take your request back at any time.
asking-act = Ask to join
chosen-in-chooser = What you answered in “Which is right for me?”
chosen-send = Also send what you answered in the chooser
chosen-send-more = Only if you want. It is kept sealed with your request. Those who lead the group and who supervises them can read it, and you find it on your page. Whether you are safe is not among it. If you leave this box empty, nothing of it is kept.
chosen-sign-in = Sign in in another tab; your answers stay on this page.
chosen-signed-in = I have signed in
chosen-sent = What you sent from the chooser
chosen-sent-more = Those who lead the group and who supervises them can read this, and you. If you do not join, it is deleted after a while.
asking-have-account = You have been here before?
asking-sent = Look into your mail
asking-sent-more = A letter with a link is on its way. It works once and for { $days } days. Your request is made when you open it.
asking-open = Ask to join
asking-open-more = One more step: press the button, and your request is made. You are signed in by it.
asking-over-more = You can ask again on the page of the group.

state-asked = You have asked
state-screening = Getting to know each other
state-waiting = On the waiting list
state-options = Other ways were offered
state-not-now = Not this group now
state-offered = A place is offered
state-accepted = Both said yes
state-signed = All is signed
state-member = Member
state-over = Ended

way-step-asked = Asked
way-step-talk = Talk
way-step-decide = Both decide
way-step-sign = Sign
way-step-member = Member
way-step-done = done:

mine-answer = A leader reads your request and sees to it that there is a time to talk. You can answer the questions already, and pick a time if there is one.
mine-answer-forms = You answer a few questions. Leave out what you would rather say in the talk.
mine-pick-time = You pick a time to talk with a leader.
mine-talk = You talk with a leader at the time you picked.
mine-decide = The leader decides and writes to you. You decide, too.
mine-find-place = You wait for a place. We write to you when there is one. Look at what you can do meanwhile.
mine-first = The last place was taken a moment ago. Your name is first on the waiting list.
mine-choose = You choose one of the ways below, or none.
mine-not-now = This group is not the right one now. You choose one of the ways below, or none.
mine-answer-offer = You read how the group works and say yes or no.
mine-sign = You read the agreements and sign them. With the last one you have your place.
mine-start = The group begins on a set day. We write to you as soon as it is sure.
mine-member = You are in. The leader tells you how to come the first time.
mine-withdrawn = You took your request back. Nothing more is done with it.
mine-declined = You said no to the place. That is all right.
mine-took = You chose another way.
mine-moved-on = You wait for any group that fits. Your request goes on in another one, and you keep when you asked.

joining-offer = The place
joining-offer-held = A place is kept for you until { $when }.
joining-offer-first-come = There are fewer places than people we wrote to: who says yes first has one. The offer ends { $when }.
joining-read-before = Before you say yes, read how the group works.
joining-read = How the group works, and its rules
joining-read-on = (you read it on { $day })
joining-accept = Yes, I want this place
joining-decline = No, not this group
joining-read-and-sign = Read and sign
joining-answers = Answer the questions
joining-answers-again = Read or change my answers
joining-letter = Written to you
joining-letters-before = Earlier letters
joining-talk = The talk
joining-talk-pick = Pick a time
joining-talk-book = Take this time
joining-talk-give-back = Give this time back
joining-talk-held = You have talked with a leader.
joining-talk-none = No time is open right now. The leader has been told that you ask. You can call or write, too:
talk-said = { $when }, { $minutes } minutes, { $how }, with { $leader }
talk-in-person = in person
talk-video = by video
talk-phone = by phone
joining-ways = What you can do
joining-ways-over = What is open to you
joining-take = Choose this
joining-withdraw = Take my request back
joining-withdraw-more = You can do this at any time, and you need give no reason. What you wrote is deleted after a while. You can ask again.
joining-withdraw-act = Take my request back

joining-moved-on-see = See where it stands now
way-group = Another group
way-any-fitting = The first place that fits, in any group
way-individual = Therapy with one therapist
way-individual-more = They are shown who offers it here. Nothing is handed on by itself: agree with them whom you call or write to.
way-support = A support group
way-look-around = Look around for groups
way-ask-again = Ask here again
way-see-group = See the group
way-from = From { $day } on.

rules = How this group works
rules-size = How many
rules-size-said = At most { $most } members
rules-talk = Talking
rules-talk-said = You share something of yourself, at your own pace. You may pass.
rules-attendance = Coming
rules-attendance-said = You come to every session, and say so when you cannot.
rules-then = Nothing is signed here. The texts are asked for once both of you have said yes.
rules-read = I have read this

answers = Before the talk
answers-lead = The leader reads this before you talk. No answer is needed, but for the first question.
answers-safety = Do you think about ending your life, or about harming yourself or someone else?
answers-safety-hint = If you are in danger now, call the number at the top of this page. Nobody watches these answers at every hour.
answers-safety-missing = Choose one answer to the first question. "I would rather say it in the talk" is one.
safety-none = No
safety-thoughts = Yes, thoughts of it
safety-danger = Yes, and I am not sure that I am safe
safety-unsaid = I would rather say it in the talk
answers-kept = Only those who lead the group and who supervises them can read this. If you do not join, it is deleted after a while.
answers-act = Send my answers
answers-help = First, please look at this
answers-help-lead = Thank you for saying it. You need not wait for us: someone answers here now.
answers-help-told = Your answers are with the leader, who has been told to read them. Nobody here watches at every hour.

agreements = Agreements
agreements-lead = { $missing ->
    [0] You have signed everything.
    [one] 1 text is to be read and signed.
   *[other] { $missing } texts are to be read and signed.
 }
agreements-name = Your full name, as your signature
agreements-name-hint = By writing your name you say that you have read this and agree.
agreements-name-missing = Write your name to sign.
agreements-sign = Sign
agreements-signed = What you signed
agreements-keep = These are your copies. Print the page, or take them away with all your data.
agreements-signed-by = Signed as { $name }, { $when }.
agreements-witness = Signed before { $name }.
agreements-hash = Fingerprint of these words (SHA-256):
agreements-guardian = Your parent or guardian signs this.
agreements-guardian-more = They sign at the talk or on the phone with the leader, who writes it down here.
agreements-not-reviewed = The organization answers for these texts. Those that came with this program have been read by no lawyer.
agreement-treatment = Consent to treatment
agreement-confidentiality = Confidentiality
agreement-ground-rules = Ground rules
agreement-peer-rules = Ground rules
agreement-telehealth = Meeting by video or phone
agreement-substance-use = Records of substance use (42 CFR Part 2)
agreement-guardian = Consent of a parent or guardian
agreement-assent = Assent of a young person

standing-joined = Member
standing-paused = Pausing
standing-leaving = Says goodbye soon
standing-left = Left, with a goodbye
standing-completed = Completed
standing-dropped-out = Came no more

joining-not-done = This was not done
joining-asked-already = There is an open request for this group already.
joining-in-already = This person is in the group already.
joining-leads = Who leads a group cannot be its member.
joining-time-taken = Somebody else took this time a moment ago.
joining-text-changed = The text has changed since it was read.
joining-no-place = No place is left: the group has { $most }, and all are taken or kept for someone.
joining-account-closed = The account with this address is closed.
joining-walk-in = One walks into a support group; nobody is asked.
joining-takes-nobody = This group takes nobody now.
joining-ended = This group has ended.

refused-talk-missing = There was no talk yet, or nobody has written it down.
refused-points-open = { $open ->
    [one] One point of the talk is open.
   *[other] { $open } points of the talk are open.
 }
refused-read-first = How the group works was not read yet.
refused-full = No place is left. The group has { $most }.
refused-offer-ended = The offer ended { $when }.
refused-offer-out = An offer is out and waits for an answer.
refused-no-offer = There is no offer to answer.
refused-offer-too-short = The offer would be over before it begins.
refused-offer-holds = The offer waits for its answer until { $when }.
refused-nothing-booked = No time is booked.
refused-time-past = This time is over.
refused-accepted-already = The person has said yes already.
refused-sign-first = { $missing ->
    [one] One agreement is not signed.
   *[other] { $missing } agreements are not signed.
 }
refused-not-both-yes = Not both sides have said yes.
refused-starts-later = The group takes people in on { $when }.
refused-admits-nobody = The group takes nobody in now.
refused-no-such-option = This was not among the ways that were offered.
refused-not-for-any = The person does not wait for any group that fits.
refused-is-member = The person is a member already.
refused-is-over = This request has ended.

joining-instead-record-talk = Write down what you spoke about; an offer can go out once all four points are ticked.
joining-instead-read-rules = Read it first; it takes a few minutes.
joining-instead-waiting-list = Put the person on the waiting list, or offer another way.
joining-instead-new-offer = Ask the leader for a new offer; you are on the waiting list.
joining-instead-wait-for-answer = Wait for the answer, or put the person on the waiting list.
joining-instead-where-i-stand = See where it stands.
joining-instead-later-day = Choose a later day.
joining-instead-pick-time = Pick another time.
joining-instead-sign = Read the texts once more and sign.
joining-instead-offer-first = First an offer goes out, and the person says yes.
joining-instead-wait-for-start = Wait for that day; the place is kept.
joining-instead-plan-start = Plan a start on the page of the group.
joining-instead-see-options = See which ways are open.
joining-instead-announce-leaving = A member leaves by saying so, and says goodbye.
joining-instead-ask-again = Ask for a place again, or look at other groups.
joining-instead-look-around = Look at other groups.
measures-answered = Answered

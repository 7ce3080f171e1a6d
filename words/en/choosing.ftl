# The chooser: /choose. Questions, answers and reasons are in content/chooser.toml.

choosing-nav = Which is right for me?
choosing-back = Back
choosing-back-home = Back to the first page
choosing-progress = Question { $at } of at most { $most }
choosing-next = Next question
choosing-to-answer = Show the answer
choosing-skip = Skip this one
choosing-why-ask = Why do we ask this?
choosing-kept = Your answers travel in the page itself and are gone when you close it. They stand in no address and no history. We keep nothing, unless you send your answers along yourself when you ask to join a group.
choosing-honest = The questions and rules are ours. No clinician has reviewed them yet. The answer is not a diagnosis.
choosing-just-compare = Just compare the two kinds
choosing-not-alone = “{ $choice }” stands alone. Take it away, or take the others away.
choosing-too-many = Please choose one answer here.
choosing-unknown = An answer came in that this page does not have. We left it out.
choosing-help-first = Someone can talk with you today.

choosing-crisis = Please talk to someone now.
choosing-crisis-lead = You do not have to be sure, and you do not have to explain it well.
choosing-misread = Did we misread you?
choosing-change-that = Change that answer
choosing-go-on = Go on with the questions
choosing-go-groups = go on to the groups
choosing-stays = This help stays at the top of every page.
choosing-rule-from = This page comes up by a rule after
choosing-rule-ours = This page comes up by a rule of our own.

choosing-title-either = Both could be right. Here is how they differ.
choosing-title-medical = See a doctor first. A group can come after that.
choosing-title-medical-support = See a doctor first. A recovery support group can begin at once.
choosing-title-individual = Talking with one person first looks right.
choosing-title-individual-support = Talking with one person first looks right, with a support group beside it.
choosing-title-individual-therapy = Talking with one person looks right, and a therapy group could be part of it.
choosing-title-therapy = A therapy group looks like the better fit.
choosing-title-therapy-support = A therapy group looks like the better fit, with a support group beside it.
choosing-title-support = A support group looks like the better fit.
choosing-title-support-therapy = A support group looks like the better fit, and a therapy group may come too.
choosing-title-class = A class or workshop could be the place to begin.
choosing-lead =
    { $answers ->
        [0] You skipped every question, and that is fine. Nothing here is a diagnosis.
        [one] This follows from one answer you gave. It is not a diagnosis, and you may choose otherwise.
       *[other] This follows from { $answers } answers you gave. It is not a diagnosis, and you may choose otherwise.
    }
choosing-why = Why
choosing-why-not = Why not
choosing-note = Good to know
choosing-fit-better = Fits better
choosing-fit-beside = Good beside it
choosing-fit-could = Could fit
choosing-fit-later = Later
choosing-fit-less = Fits less
choosing-your-answers =
    { $count ->
        [one] Your answer { $numbers }
       *[other] Your answers { $numbers }
    }
choosing-source = source { $number }
choosing-ours = our rule, not yet reviewed
choosing-see-therapy =
    { $count ->
        [one] See 1 therapy group
       *[other] See { $count } therapy groups
    }
choosing-see-support =
    { $count ->
        [one] See 1 support group
       *[other] See { $count } support groups
    }
choosing-see-change = See what each change would bring
choosing-none = No such group is listed here yet.

choosing-medical = A doctor first
choosing-medical-next = Tell a doctor how much and how long, as it is. They hear this every day. You can look for groups beside it.
choosing-individual = Talking with one person
choosing-individual-next = Ask your doctor, your insurance, or an organization that runs groups here for a first talk. You can ask about groups then too.
choosing-individual-see = See therapists who take new people
choosing-individual-read = Individual therapy and groups together
choosing-class = A class or workshop
choosing-class-next = Clinics, hospitals and associations offer them, often free and for a few evenings. Ask the organization that runs this site.
choosing-class-read = Read our articles

choosing-next-steps = What to do next
choosing-step-1 = Look at two or three groups
choosing-step-1-more = Read what the first time is like. Nobody knows that you look.
choosing-step-2 = Come, or ask to join
choosing-step-2-more = A support group: walk in, or say that you are coming. A therapy group: talk with the leader; you both decide.
choosing-step-3 = Give it a few times
choosing-step-3-more = The first time is the hardest. If it is not the one, try another. You can do both kinds.
choosing-ask = Ask to join, with what you answered
choosing-ask-more = These therapy groups take people now. The button leads to the form with which one asks, and your answers come along in the page. They are sent only if you say so there. Whether you are safe is not among them.
choosing-in-address = What you look for stands in the address of the finder, as with any search. The answers you gave do not.
choosing-side-by-side = Side by side
choosing-from = Where this comes from
choosing-from-rules = What names no source is our own rule, not yet reviewed by a clinician.
choosing-rules-link = All our rules in plain words
choosing-not-expected = Not what you expected?
choosing-change-lead = Change an answer:
choosing-skipped = skipped
choosing-print = You can print this page to take it with you.

choosing-rules-heading = Our rules, all of them
choosing-rules-lead = An answer of the chooser follows from these rules and from nothing else. No clinician has reviewed them yet.
choosing-rules-how = A crisis comes before all else. Then comes what must be first; what it speaks against is not advised. Then every rule that fits is told, for and against. Where two rules pull apart, we say so.
choosing-stage-crisis = In danger
choosing-stage-limit = What must come first
choosing-stage-fit = What fits
choosing-stage-otherwise = When nothing else is advised
choosing-when-any =
    { $count ->
        [one] When you answer { $answers }.
       *[other] When you answer any of these: { $answers }.
    }
choosing-when-all =
    { $count ->
        [one] And { $answers }.
       *[other] When you answer all of these: { $answers }.
    }
choosing-when-none = But not { $answers }.
choosing-when-nothing = Always.
choosing-for = For: { $what }.
choosing-against = Against: { $what }.
choosing-about = About: { $what }.
choosing-rule = rule { $rule }
choosing-not-asked = Scores of questionnaires are not part of these rules yet. We do not ask whether you might hurt someone else.

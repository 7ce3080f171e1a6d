# Self-checks and forms: /check. The words of the forms themselves are those that were published.

measuring-nav = Check on yourself
measuring-heading = How are you? A few questions to ask yourself
measuring-lead = Short forms that clinics use. They show you where you stand, in plain words, and what you could do next.
measuring-kept = We keep nothing.
measuring-kept-more = Your answers travel in the page itself and are gone when you close it. They stand in no address and no history, and nobody here sees them.
measuring-about = About { $about }.
measuring-questions =
    { $count ->
        [one] One question.
       *[other] { $count } questions.
    }
measuring-rather-choose = Rather find out which kind of group fits
measuring-forms = The forms, their licenses and where their words are from
measuring-forms-lead = Every form that this site can give to people.
measuring-standing = Standing
measuring-published = Published and studied
measuring-not-validated = Not validated: no study has looked at what its numbers mean
measuring-unknown-standing = Nobody says whether it has been studied
measuring-licence = License
measuring-source = Wording from
measuring-copyright = Copyright

measuring-back = All checks
measuring-asking = Answer as it is true for you. You may leave questions out.
measuring-progress = { $answered } of { $of } answered
measuring-progress-bar = How far you are
measuring-see = See what it says
measuring-see-anyway = See it without the open questions
measuring-open =
    { $open ->
        [one] One question is still open.
       *[other] { $open } questions are still open.
    }
measuring-open-more = Answer what you can, or see what it says without them. What you answered is kept on this page.
measuring-open-none = Answer at least one question to see what it says.
measuring-wrong = Something on this page could not be read.
measuring-wrong-more = Everything else is still here.
measuring-change = Change my answers

measuring-score = { $name }: { $score } of { $highest }
measuring-no-score =
    { $missing ->
        [one] { $name }: no score, because one of { $of } questions is open.
       *[other] { $name }: no score, because { $missing } of { $of } questions are open.
    }
measuring-prorated =
    { $missing ->
        [one] One question is open; the score is estimated from the others.
       *[other] { $missing } questions are open; the score is estimated from the others.
    }
measuring-estimate = (an estimate)
measuring-left-out =
    { $kind ->
        [self-harm] You left out the question about being better off dead, or hurting yourself.
        [harm-to-others] You left out the question about hurting someone else.
       *[being-harmed] You left out the question about someone hurting you.
    }
measuring-left-out-more = You may. So this page cannot tell anything about it. If it is on your mind, someone can talk with you right now:
measuring-bands = What the scores mean
measuring-band-score = Score
measuring-band-name = Means
measuring-band-yours = (yours)
measuring-not-a-diagnosis = This is not a diagnosis.
measuring-not-a-diagnosis-more = The form counts what you answered about the last weeks. It cannot know why, and it can be wrong both ways. Only a talk with a professional can find out what it is. How you feel matters more than the number.
measuring-next = What you can do next
measuring-severe = This score is high. Please let a doctor or therapist look at it with you first. A group can be a good addition to that.
measuring-next-choose = A few more questions tell you which kind of group could fit, and why.
measuring-to-choose = Which kind of group fits me?
measuring-to-choose-more = What this check said comes along, so that you are not asked twice. It is not kept there either.
measuring-to-groups = Look at groups
measuring-your-answers = Your answers
measuring-print = You can print this page and take it along to a doctor or therapist.
measuring-not-answered = left out
measuring-risk = One of your answers tells us that you may be having a very hard time. You do not have to be alone with it: someone can talk with you right now. What you answered is still here, below.

measuring-more = Add one more
measuring-required = (needed)
measuring-other = Something else
measuring-yes = Yes
measuring-no = No
measuring-is-required = This needs an answer.
measuring-too-few = Choose at least { $least }.
measuring-too-many = Choose at most { $most }.
measuring-too-small = The smallest that fits is { $least }.
measuring-too-large = The largest that fits is { $most }.
measuring-too-short = Write at least { $least } characters.
measuring-too-long = Write at most { $most } characters.
measuring-too-precise = Write at most { $places } digits after the point.
measuring-not-alone = “{ $option }” stands alone. Take it away, or take the others away.
measuring-unreadable = “{ $said }” is no answer to this. Please choose or write another.
measuring-not-taken = This answer does not fit here. Please give another.

measuring-chart-bar = { $name }: { $score } of { $highest }, { $band }
measuring-chart-series =
    { $count ->
        [one] { $name }: one score
       *[other] { $name }: { $count } scores over time
    }
measuring-chart-spread =
    { $count ->
        [one] { $name }: the group at one session
       *[other] { $name }: the group over { $count } sessions
    }
measuring-chart-corridor = Between the dashed lines, around the first score, a change may be chance.
measuring-chart-date = Date
measuring-chart-score = Score
measuring-chart-band = Means
measuring-chart-people = People
measuring-chart-lowest = Lowest
measuring-chart-mean = Mean
measuring-chart-highest = Highest

measuring-thresholds = How change is judged in this group
measuring-thresholds-lead = These numbers are reasons to talk, never a diagnosis. Whoever runs this site can set others for every group or for one; where they did, it says so.
measuring-thresholds-reliable = Better or worse by { $points } points or more: more than chance explains
measuring-thresholds-from = In the clinical range from { $points } points on
measuring-thresholds-to = In the clinical range up to { $points } points
measuring-thresholds-early = In weeks { $first } to { $last }, better by { $adequate } or more: as one hopes; by { $doubtful } or more: less than one hopes for; by fewer: hardly any change
measuring-thresholds-own = Set by { $who }, in place of the usual:

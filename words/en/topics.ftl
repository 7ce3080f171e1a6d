# Topics: /for and /for/{topic}. What they say of each is in content/topics/.

topics-nav = Topics
topics-heading = What groups are about
topics-lead = For each: what it is, which kind of group helps and how, and where to go.
topics-search = Find a topic
topics-search-hint = Use any word for it: “bereavement”, “PTSD”, “my mother drinks”
topics-search-act = Look
topics-found = Topics for “{ $asked }”
topics-none = We have no topic called “{ $asked }”.
topics-none-more = There may be groups for it all the same. The finder looks through their names and descriptions.
topics-none-act = Look for groups about “{ $asked }”
topics-danger = If you are in danger, or afraid of what you might do:
topics-danger-more = people who help now
topics-also = Also called:
topics-which = Which kind of group helps, and how
topics-often = Often useful
topics-sometimes = Sometimes useful
topics-seldom = Seldom the right place
topics-after = After
topics-ours = our own view, not yet reviewed by a clinician
topics-choose = Which is right for me?
topics-groups =
    { $count ->
        [0] Groups
        [one] 1 group
       *[other] { $count } groups
    }
topics-groups-near = Show groups near
topics-groups-all =
    { $count ->
        [one] See the group in the finder
       *[other] See all { $count } groups
    }
topics-no-groups = No group for this is listed here yet.
topics-no-groups-more = A group for something close to it may fit as well.
topics-no-groups-act = Look at related groups
topics-providers =
    { $count ->
        [one] 1 therapist or organization works with it
       *[other] { $count } therapists and organizations work with it
    }
topics-measures = Questionnaires often used for it:
topics-programmes = Programs with groups about it:
topics-related = Close to it
topics-help = If you need someone now

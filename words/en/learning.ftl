# Learn: /learn and /glossary. The articles are in content/learn/.

learning-nav = Learn
learning-heading = Learn
learning-lead = Plain articles about groups: what they are, what to expect, and how to choose. Each says where it comes from.
learning-by = By { $author }
learning-reviewed = Reviewed by { $name }, { $credentials }, { $date }
learning-not-reviewed = Not yet reviewed by a clinician
learning-updated = Updated { $date }
learning-replaces = Replaces { $what }
learning-minutes =
    { $minutes ->
        [one] 1 minute to read
       *[other] { $minutes } minutes to read
    }
learning-takeaways = Key takeaways
learning-sources = Sources
learning-topics = It may help with
learning-next = Read on
learning-glossary = Words, in plain words
learning-glossary-lead = What people in this field say, and what they mean.
learning-glossary-all = { $count } words of the field, explained
learning-letters = Letters
learning-see = More:

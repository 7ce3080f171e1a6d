# What a group is, in the words of the two kinds; see docs/glossary.md.

kind-therapy = Therapy group
kind-support = Support group


problem-shared = One problem that all share
problem-mixed = A mix of problems
format-structured = Structured: skills are taught and practiced
format-process = Open talk: what happens between people is the work
format-discussion = Open, informal discussion
format-presentation = A talk or reading, then discussion
span-sessions =
    { $sessions ->
        [one] One session
       *[other] { $sessions } sessions
    }
span-ongoing = Ongoing, no end date
membership-open = Open: you can join at any time
membership-closed = Closed: everyone starts together
membership-walk-in = Drop in when you feel the need
activity-talk = talking
activity-art = art
activity-music = music
activity-movement = movement
activity-writing = writing
activity-meditation = meditation
activity-reading = reading together
leading-teaching = The therapist teaches and guides practice
leading-guiding = The therapist guides the talk
leading-mostly-silent = The therapist mostly listens
alongside-stands-alone = Stands alone; you need no other therapy
alongside-either = With or without your own therapist
alongside-with-individual = Goes with individual therapy

size-range = { $least } to { $most } people
size-exact = { $most } people
size-from = { $least } people or more
led-by-therapist = { $name }, { $credentials }
led-by-note-facilitator = They are not therapists and do not give treatment.

ages-from = { $from } and over
ages-to = up to { $to }
ages-range = { $from } to { $to }

audience-women = Women
audience-men = Men
audience-lgbtq = LGBTQ+ people
audience-trans = Trans people
audience-black = Black people
audience-native = Native people
audience-people-of-color = People of color
audience-young = Young people
audience-older = Older people
audience-parents = Parents
audience-caregivers = Caregivers
audience-family-friends = Family and friends
audience-veterans = Veterans
audience-first-responders = First responders
audience-health-workers = Health workers
audience-students = Students
audience-newcomers = Newcomers
audience-families = Families
audience-deaf = Deaf people
audience-secular = Secular people

access-step-free = Step-free
access-elevator = Elevator
access-toilet = Accessible restroom
access-hearing-loop = Hearing loop
access-captions = Captions
access-sign-language = Sign language
access-quiet-corner = Quiet corner
access-fragrance-free = Fragrance-free
access-camera-off = Camera may stay off
access-by-phone = By phone
access-public-transport = Near public transport
access-parking = Parking
access-child-care = Child care
access-service-animals = Service animals welcome

fee-free = Free
fee-contribution = Free, a contribution is welcome
fee-contribution-short = Free
fee-per-session = { $amount } a session
fee-sliding = { $from } to { $to } a session, by income
fee-sliding-short = Sliding, { $from } to { $to }
fee-insurance = Insurance
fee-insurance-long = Health insurance may pay

seats-walk-in = Walk in
seats-taking-people = Places open
seats-left =
    { $left ->
        [0] Full
        [one] 1 place left
       *[other] { $left } places left
    }
seats-left-of =
    { $left ->
        [0] Full
        [one] 1 place left of { $most }
       *[other] { $left } places left of { $most }
    }
seats-waiting-list = Waiting list
seats-waiting-list-weeks =
    { $weeks ->
        [one] Waiting list, about 1 week
       *[other] Waiting list, about { $weeks } weeks
    }
seats-starts = Starts { $date }
seats-closed = Takes nobody new now
seats-paused = Paused
seats-paused-until = Paused until { $date }
seats-ended = Ended
seats-ended-on = Ended on { $date }

place-online = Online
place-online-by = Online, { $by }
place-online-for = Online, { $for }
place-withheld = { $area }, exact place told to those who come
place-hybrid = also online

freshness-today = Checked today
freshness-days =
    { $days ->
        [one] Checked yesterday
       *[other] Checked { $days } days ago
    }
freshness-fading =
    { $days ->
        [one] Checked yesterday
       *[other] Checked { $days } days ago, fading
    }
freshness-stale = Not checked since { $month }
freshness-unknown = Nobody says when this was last checked

language-ar = Arabic
language-ase = American Sign Language
language-da = Danish
language-de = German
language-el = Greek
language-en = English
language-es = Spanish
language-fa = Persian
language-fi = Finnish
language-fr = French
language-he = Hebrew
language-hi = Hindi
language-hr = Croatian
language-ht = Haitian Creole
language-hu = Hungarian
language-it = Italian
language-ja = Japanese
language-ko = Korean
language-lt = Lithuanian
language-ml = Malayalam
language-no = Norwegian
language-pa = Punjabi
language-pl = Polish
language-pt = Portuguese
language-ru = Russian
language-so = Somali
language-sv = Swedish
language-th = Thai
language-tl = Tagalog
language-tr = Turkish
language-uk = Ukrainian
language-vi = Vietnamese
language-zh = Chinese

# The finder: /groups.

finding-title = Groups
finding-nav = Find a group
finding-heading =
    { $count ->
        [0] No group matches all of this yet
        [one] 1 group
       *[other] { $count } groups
    }
finding-heading-about =
    { $count ->
        [one] 1 group for “{ $text }”
       *[other] { $count } groups for “{ $text }”
    }
finding-heading-start = Find a group
finding-lead-near = Within { $distance } of { $place }, and online
finding-lead-near-any = Near { $place }, and online
finding-lead-everywhere = Everywhere and online. Say where you are to see the nearest first.

finding-about = About
finding-about-hint = Grief, anxiety, a name: any word
finding-near = Near
finding-near-hint = A ZIP code or a city. We look it up on our own machine; nobody else learns where you are.
finding-within = Within
finding-distance-any = Any distance
finding-kind = Kind
finding-kind-any = Both kinds
finding-topic = Topic
finding-topic-any = Any topic
finding-topic-all = { $family }: all
finding-age = Age { $age }
finding-where = Where
finding-where-any = In person and online
finding-where-in-person = In person
finding-where-not-online = Never online
finding-where-online = Online
finding-zone-label = Times of online groups
finding-zone-own = In each group’s own zone
finding-show = Show groups
finding-change = Change or filter
finding-form = What are you looking for?

finding-narrow = Narrow it down
finding-more = { $count } more
finding-when = When
finding-for = For whom
finding-format = How it works
finding-access = Access
finding-language = Language
finding-cost = Cost
finding-status = Places
finding-time-morning = Morning
finding-time-afternoon = Afternoon
finding-time-evening = Evening
finding-time-night = Night
finding-format-structured = Structured
finding-format-process = Open talk
finding-format-discussion = Discussion
finding-format-presentation = Talk or reading
finding-cost-contribution = Contribution welcome
finding-cost-sliding = Sliding, by income
finding-cost-per-session = Fixed price
finding-status-open = Walk in or open
finding-status-places = Places left
finding-status-starting = Starts soon

finding-showing = Showing
finding-take-away = Take away { $what }
finding-clear = Clear all

finding-near-heading = Near { $place }
finding-in-person-heading = In person
finding-online-heading = Online
finding-count-nearest =
    { $count ->
        [one] 1 group
       *[other] { $count } groups, nearest first
    }
finding-count-soonest =
    { $count ->
        [one] 1 group
       *[other] { $count } groups, soonest first
    }
finding-without-place =
    { $count ->
        [one] 1 more group names no place that we can measure to. Look it up by its name.
       *[other] { $count } more groups name no place that we can measure to. Look them up by name.
    }
finding-corrected = Showing results for “{ $text }”.
finding-corrected-instead = Search instead for “{ $text }”
finding-zone-yours = Online groups are told in { $zone }, groups in person in their own; the zone is named beside every time.
finding-zone = Times are in each group’s own time zone; it is named beside them.

finding-next = next: { $when }

finding-none-near = No group to walk to within { $distance } of { $place }.
finding-none-near-any = No group to walk to.
finding-none-online = No group online.
finding-nearest-beyond = The nearest one is { $distance } away: { $title }.
finding-widen = Look within { $distance }
finding-widen-any = Look at any distance
finding-emptied = “{ $filter }” is what emptied it
finding-emptied-many = Here is what each change would bring
finding-emptied-lead =
    { $count ->
        [one] Without it, 1 group matches. Here is what each change would bring.
       *[other] Without it, { $count } groups match. Here is what each change would bring.
    }
finding-emptied-none = No single change would bring a group.
finding-without = Take away “{ $filter }”
finding-would-bring =
    { $count ->
        [0] still none
        [one] 1 group
       *[other] { $count } groups
    }
finding-no-listings = No group is listed here yet.
finding-no-listings-more = Groups appear here once the organization adds them or imports them from a feed.

near-several = There are several places called “{ $value }”. Which one do you mean?
near-several-heading = Which { $value }?
near-no-such-zip = We know no ZIP code { $value }. A US ZIP code has five digits, such as 44113; or write a city.
near-no-such-town = We know no town called “{ $value }”. Check the spelling, add the state (“Portland, OR”), or write a ZIP code.
near-not-on-the-globe = “{ $value }” is not on the globe. Write latitude, then longitude: 41.48,-81.70.
near-empty = Write a ZIP code, a city, or latitude and longitude.

asked-distance-unknown = “{ $value }” is no distance. Write a number above 0, or “any”.
asked-unit-unknown = “{ $value }” is no unit we know. Write mi or km.
asked-where-unknown = “{ $value }” is no place we know. Write in-person, not-online, online or any.
asked-online-unknown = “{ $value }” is no answer we know. Write no to leave out every group that meets online.
asked-kind-unknown = “{ $value }” is no kind of group. Write therapy or support.
asked-day-unknown = “{ $value }” is no day. Write mon, tue, wed, thu, fri, sat or sun.
asked-page-unknown = “{ $value }” is no page. Pages are counted from 1.
asked-topic-unknown = “{ $value }” is no topic we know. Choose one from the list.
asked-age-unknown = “{ $value }” is no age. Write a number of years, 0 to 120.
asked-time-unknown = “{ $value }” is no time of day. Write morning, afternoon, evening, night or appointment.
asked-for-unknown = “{ $value }” is no one we know groups for. Write for instance women, parents or veterans, or choose a chip.
asked-format-unknown = “{ $value }” is no way a group works. Write structured, process, discussion or presentation.
asked-access-unknown = “{ $value }” is nothing we know of access. Write for instance step-free or captions, or choose a chip.
asked-cost-unknown = “{ $value }” is no cost we know. Write free, contribution, sliding, per-session or insurance.
asked-status-unknown = “{ $value }” is no status we know. Write open, places, waiting-list, starting, paused or closed.
asked-zone-unknown = “{ $value }” is no time zone we know. Write one such as America/New_York.
asked-exact-unknown = “{ $value }” is no answer we know. Write exact=1 to search for words exactly as typed.
asked-region-several = We look near one place at a time, so of “{ $value }” we took the first. Ask for the others one by one.

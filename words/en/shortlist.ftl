# /shortlist: groups on one sheet of paper, for someone to take home.

shortlist-heading =
    { $count ->
        [one] A group for you to look at
       *[other] { $count } groups for you to look at
    }
shortlist-heading-none = A list of groups to take home
shortlist-none = Nothing is on this list yet.
shortlist-none-more = Find a group and follow “Put on a shortlist”. The list stands in the address of its page; nothing is stored.
shortlist-lead = It fits on one sheet of paper. Who has its address sees the same list; no name is on it.
shortlist-back = Find a group
shortlist-add = Add another group
shortlist-print = Print
shortlist-print-how = Or use your browser’s own way: Ctrl and P, on a phone Share and then Print.
shortlist-beyond =
    { $count ->
        [one] A list holds { $most } groups. 1 more was named and is not shown.
       *[other] A list holds { $most } groups. { $count } more were named and are not shown.
    }
shortlist-off = Take off: { $title }
shortlist-off-short = Take off
shortlist-when = When
shortlist-where = Where
shortlist-coming = How to come
shortlist-cost = Cost
shortlist-first = First time
shortlist-page-at = More
shortlist-walk-in = Just walk in at the address.
shortlist-page = The organizer’s page says how: { $host }
shortlist-ask-first = You talk with a leader first.
shortlist-unknown = There is no group “{ $typed }”
shortlist-unknown-more = It may have been taken off, or the address was not copied whole.
shortlist-made = made on { $date }
shortlist-address = Address of this list
shortlist-address-hint = Copy it to send the list or to come back to it. It names groups, and nobody who looked at them.
shortlist-put = Put on a shortlist
shortlist-put-title = Put on a shortlist: { $title }
shortlist-see =
    { $count ->
        [one] See the shortlist, 1 group
       *[other] See the shortlist, { $count } groups
    }

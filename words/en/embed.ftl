# /embed and /embed/groups: the finder on other sites.

embed-nav = For your own site
embed-heading = Show these groups on your own site
embed-lead = Copy this line into a page of yours. It needs no script and sets no cookie.
embed-snippet = The line to copy
embed-snippet-example = The line with filters
embed-frame-title = Find a group
embed-see = See how it looks
embed-filter = Show only some
embed-filter-more = Add these to the address in the line, after a question mark, with “&” between them.
embed-filter-near = near a ZIP code or a city
embed-filter-distance = within so many miles
embed-filter-topic = about one topic
embed-filter-kind = support groups only; or therapy
embed-filter-where = online only; or in-person
embed-filter-day = on one day
embed-filter-example = So for support groups near 44113:
embed-promise = What it does
embed-promise-more = Its height stays as you set it and it scrolls inside. Every link opens the whole page in the window. The line for help stays on it. We do not learn which of your pages someone came from.
embed-api = For programs there is a description of everything at
embed-heading-near =
    { $count ->
        [one] 1 group near { $place } or online
       *[other] { $count } groups near { $place } or online
    }
embed-all = See all { $count }
embed-from = From the finder of { $organisation }

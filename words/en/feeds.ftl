# Feeds that are fetched by their address, and rows of them that are held.

feed-addresses-nav = Feeds
feeds = Feeds
feed-addresses-lead = Listings of other organizations, fetched from their addresses. Whatever goes wrong with a feed, the groups that are listed stay.
feeds-new = Add a feed
feeds-none = No feed is fetched
feeds-none-more = An admin adds the address of another organization’s feed; its groups are then listed here and kept up to date.
feeds-removed = Removed: it is not fetched any more. Its groups are still listed.
feeds-paused = Paused: it is not fetched. Its groups are still listed.
feeds-under-way = It is being fetched now. Look again in a moment.
feeds-fetched = Fetched { $when }.
feeds-never = Not fetched yet.
feeds-next = Next { $when }.
feeds-problem = It could not be taken in.
feeds-shrunk = Held back: { $by } of { $from } groups are no longer in the feed.
feeds-shrunk-more = Nothing was changed. If that many have ended, accept it; if not, ask whoever keeps the feed.
feeds-counts = { $imported } new, { $changed } changed, { $unchanged } as before, { $gone } gone, { $held } held{ $corrected ->
    [0] {""}
   *[other] ; { $corrected } listed by what was corrected here
 }
feeds-accept = Accept that they are gone
feeds-fetch-now = Fetch now
feeds-edit = Change this feed
feeds-pause = Pause
feeds-resume = Fetch it again
feeds-remove = Remove
feeds-remove-more = You can take a removal back.
feeds-restore = Take the removal back
feeds-address = Address of the feed
feeds-address-hint = It begins with https:// and leads to the feed itself, not to the page that shows it.
feeds-programme = Whose groups they are
feeds-programme-hint = Stands with each group, such as “Orange County”.
feeds-programme-wrong = This name { $why }.
feeds-programme-taken = There is a feed of these groups already, perhaps a removed one. Change that one, or choose another name: two of one name would take each other’s groups away.
feeds-format = Format
feeds-format-auto = Seen in the feed
feeds-zone = Time zone
feeds-zone-hint = For groups whose row names none, such as America/New_York.
feeds-zone-wrong = There is no such zone. Write one such as America/New_York.
feeds-licence = Licence, or by whose leave
feeds-licence-hint = For you and those who come after you: why these groups may be shown here.
feeds-every = How often
feeds-every-hours = { $hours ->
    [1] every hour
    [24] every day
    [168] every week
   *[other] every { $hours } hours
}
feeds-save = Save and fetch
feeds-news = What the last one changed
feeds-news-none = Nothing, or it was not taken in yet.
feeds-new-group = New
feeds-changed-group = Changed
feeds-gone-group = Gone
feeds-runs = Earlier

held = Held rows
held-open = { $count } of { $all } to look at
held-lead = These rows of the feed are not listed, and why. Best is to tell whoever keeps the feed; it is read anew each time.
held-none = No row is held
held-none-more = Rows that cannot be listed as they are wait here.
held-any = Any reason
held-why = Why
held-reason = { $reason } ({ $count })
held-row = Row { $number }
held-number = Row
held-fix = Fix it
held-more = See all of it
held-own = Write it as a group of our own
held-dismiss = Dismiss
held-restore = Look at it again
held-show-dismissed = Show { $count } dismissed
held-show-open = Show { $count } that are open

fix-said = What the feed says
fix-number = Row { $number } · { $id }
fix-else = Or
fix-field = The feed calls this “{ $field }”.
fix-given = It says “{ $given }”.
fix-given-nothing = It says nothing there.
fix-not-shown = not shown: a link, a number or a contact
fix-nothing = nothing
fix-put = What is right
fix-act = List it
fix-act-more = It is listed under the feed’s name. What you write holds for as long as the feed says the same there; once the feed says something else, that counts. You can take it back.
fix-cannot = This row cannot be fixed here
fix-cannot-more = It is no group as it stands, its keeper does not publish it, or it has no id of its own by which it would be found again. Tell whoever keeps the feed.
fix-meanwhile = The feed says something else here by now. Look at it again.
fix-fetched = The feed was fetched while you were writing, and this is another row now.
fix-secret = A join link, a passcode or somebody’s own contact is not kept here. Write it without.
fix-without = List it without this
fix-by-appointment = It meets by appointment
fix-title-hint = As people know the group.
fix-kind-hint = support or therapy
fix-list-hint = Several with commas between them.
fix-as-written = As our own format writes it.
fix-span-hint = A number of sessions, or: ongoing
fix-size = How many people
fix-size-hint = Such as 6 to 9.
fix-led-by = Who leads it
fix-led-by-hint = Names with semicolons between them, each with credentials after a comma: Dana Whitfield, LPCC-S; Ruth
fix-days = On which days
fix-days-hint = Such as Monday; Monday and Thursday; 2nd and 4th Tuesday; last Friday; or dates such as 2026-03-01.
fix-time-hint = Such as 19:00 or 7:00 PM.
fix-length-hint = In minutes, such as 90.
fix-zone-hint = Such as America/Chicago. Where every row lacks it, an admin sets it once for the whole feed.
fix-date-hint = Such as 2026-03-01.
fix-exceptions = Dates that are skipped or moved
fix-place = Where
fix-place-hint = The whole address on one line, or: online. An address without a number is shown as an area.
fix-ages = Ages
fix-ages-hint = Such as 18 to 65, 18 and over, or up to 25.
fix-cost-hint = free, contribution, or as our own format writes it.
fix-seats-hint = open, closed, or as our own format writes it.
fix-how-hint = A page (https://…), the organization’s mail address, or its phone number.
fix-verified-on = Last checked on
fix-remarks = Remarks
fix-unknown = “{ $field }”, which no group has

corrections = Corrections
corrections-lead = What was put here in place of what the feed has wrong. Best is to tell whoever keeps the feed as well.
corrections-none = Nothing was corrected
corrections-none-more = What you write for a held row stands here, and can be taken back.
corrections-count = { $count ->
    [one] One value was corrected here
   *[other] { $count } values were corrected here
 }
corrections-put = “{ $field }”: { $put }, in place of { $given }
corrections-without = “{ $field }” is left out, in place of { $given }
corrections-when = Written { $when }.
corrections-holds = It stands in the listing.
corrections-waits = It does not stand in a listing now: the row is not in the feed, or something else holds it.
corrections-overruled = The feed has changed this itself since { $when }, and what the feed says counts.
corrections-withdraw = Take it back

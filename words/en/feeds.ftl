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
feeds-counts = { $imported } new, { $changed } changed, { $unchanged } as before, { $gone } gone, { $held } held
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
held-day = Day
held-time = Time
held-place = Place
held-address = Address
held-town = Town
held-own = Write it as a group of our own
held-dismiss = Dismiss
held-restore = Look at it again
held-show-dismissed = Show { $count } dismissed
held-show-open = Show { $count } that are open

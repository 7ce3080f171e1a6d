# Saved searches: being told when a group opens.

search-save = Tell me when a group opens
search-new = Tell me when a group opens
search-new-more = We write to you when a group opens that fits what you just looked for. At most { $most } letters a week, and each says only that a group opened.
search-new-counts = A group opens when it is listed here for the first time, and when it was full, closed or on a break and takes people again. We look each hour: one that is full again by then is not told.
search-mail-hint = We send a link there. It works for { $days } days; nothing is kept for longer until you press it.
search-kept = We keep your address and what you look for, both sealed, for nothing else. One click in any letter ends it. After a year we ask whether to go on.
search-act = Send me the link
search-sent-more = If the address is right, a letter with a link is on its way. It works for { $days } days. Only when you press it, we begin to look.
search-open = Shall we tell you?
search-open-more = One more step: press the button, and we write to you when a group opens that fits.
search-open-act = Yes, tell me
search-over = You can ask again below a search for groups.
search-own = What we look for, for you
search-on = We look for groups that open, for you.
search-until = Until { $day }. Before that we ask you whether to go on.
search-look = See the groups there are now
search-renew = Go on for a year from today
search-end = Stop
search-end-more = It ends at once. Your address and what you looked for are deleted.
search-ended = It has ended
search-ended-more = Your address and what you looked for are deleted. You can ask again at any time.

# What goes out: /feeds and the feeds themselves.

feeds-nav = Feeds for other sites
feeds-heading = Feeds for other sites
feeds-lead = Everything here is public and free to use. Join links, passcodes and withheld addresses are in none of it.
feeds-what = What there is
feeds-json = Meeting Guide JSON: support groups, one record for each weekday
feeds-csv = The same as a table (CSV), with the columns of 12 Step Meeting List
feeds-bmlt = The semantic API of BMLT, read only: GetSearchResults with its parameters, GetFormats, GetServiceBodies, GetServerInfo
feeds-calendar = A calendar (iCalendar) of any search: take the address of the search and write calendar.ics after /groups
feeds-changes = What is new or changed, the last first (Atom)
feeds-changes-title = Groups, new and changed
feeds-api = The finder and the directory as JSON, described in OpenAPI
feeds-embed = The finder in a frame on your own site
feeds-rules = How it works
feeds-own = The feeds hold this organization’s own groups. Groups that came from another feed are under its name: ?programme=NAME.
feeds-left-out = What a format cannot say is left out, and the header X-Left-Out counts it: therapy groups in Meeting Guide, for one, because nobody walks into them.
feeds-again = Ask again with the ETag you got: if nothing changed, the answer is 304 and empty.
bmlt-switcher = “{ $value }” cannot be asked for here. Write switcher=GetSearchResults, GetFormats, GetServiceBodies or GetServerInfo.
bmlt-not-a-list = “{ $value }” is given as a list. Write this parameter once, without brackets.
bmlt-programme = No group here came from the feed of “{ $value }”. Write the name as it was given to import.
feeds-how-to-join = Call or write: you are told how to join.
feeds-skipped = No meeting on { $date }.
feeds-skipped-reason = No meeting on { $date }: { $reason }.
feeds-moved = The meeting of { $date } takes place on { $to }.
feeds-hsds = The groups as an API of HSDS 3.1, for directories of services (Open Referral)
hsds-page = “{ $value }” is no page. Write a number from 1.
hsds-page-beyond = There is no page { $value }. See total_pages of page 1.
hsds-per-page = “{ $value }” is no number of items. Write 1 to 200.
hsds-truth = “{ $value }” is neither true nor false. Write one of the two.
hsds-time = “{ $value }” is no time. Write 2026-11-24T15:00:00Z, or a day: 2026-11-24.
hsds-format = “{ $value }” is not written here. Write json, or leave it out.
hsds-near = What is near cannot be asked for here. Ask /api/groups?near=, which knows ZIP codes and towns.
hsds-id = Nothing here has the id “{ $value }”. The list of this path tells all ids.
hsds-programme = No group came from the feed of “{ $value }”. Write its name as it stands on a group’s page.
hsds-taxonomy = “{ $value }” is no taxonomy. They are listed at /feeds/hsds/taxonomies.
hsds-term = No group has the term “{ $value }”. Those in use are listed at /feeds/hsds/taxonomy_terms.
hsds-organization = The groups here are of another organization than “{ $value }”. It is the first at /feeds/hsds/organizations.

# Organizations, sites and therapists: /providers and a page for each.

providers-title = People and places
provider-title = A person or a place
providers-nav = Therapists and organizations
providers-short = Therapists
providers-heading-start = Therapists and organizations
providers-heading =
    { $count ->
        [0] Nobody matches all of this yet
        [one] 1 therapist, organization or site
       *[other] { $count } therapists, organizations and sites
    }
providers-lead-everywhere = Who leads groups here, and where. Say where you are to see the nearest first.
providers-about-hint = Grief, Spanish, a name: any word
providers-form = Who are you looking for?
providers-show = Show who is there
providers-kind-any = All kinds
providers-language = Language
providers-language-any = Any language
providers-taking = New people
providers-everyone = Everyone
providers-online = Online
providers-count-nearest =
    { $count ->
        [one] 1 listed
       *[other] { $count } listed, nearest first
    }
providers-count-by-name =
    { $count ->
        [one] 1 listed
       *[other] { $count } listed, by name
    }
providers-groups =
    { $count ->
        [one] 1 group
       *[other] { $count } groups
    }
providers-without-place =
    { $count ->
        [one] 1 more names no place that we can measure to. Look it up by name.
       *[other] { $count } more name no place that we can measure to. Look them up by name.
    }
providers-none-near = Nobody within { $distance } of { $place }.
providers-emptied-lead =
    { $count ->
        [one] Without it, 1 matches. Here is what each change would bring.
       *[other] Without it, { $count } match. Here is what each change would bring.
    }
providers-emptied-none = No single change would bring anybody.
providers-would-bring =
    { $count ->
        [0] still nobody
        [one] 1 listed
       *[other] { $count } listed
    }
providers-none = Nobody is listed here yet.
providers-none-more = Therapists, organizations and their sites appear here once the organization adds or imports them.
providers-more = Looking for a person or a place first?
providers-more-act = See therapists and organizations

provider-kind-organization = Organization
provider-kind-site = Site
provider-kind-therapist = Therapist
provider-taking-yes = Taking new people
provider-taking-no = Not taking new people now
provider-taking-unknown = Nobody says. Call or write to ask.
provider-more-places =
    { $count ->
        [one] 1 more place
       *[other] { $count } more places
    }

provider-reach = How to reach them
provider-page = See their page
provider-page-where = Opens { $host }, which is not part of this site.
provider-online-yes = They work online too
provider-reach-there = They list no phone or mail. You can go there and ask.
provider-not-urgent = Nobody may be there to answer at once. If you need someone now:
provider-map-of = See { $place } on a map

provider-groups-therapist = Groups they lead
provider-groups-organization = Their groups
provider-groups-site = Groups that meet here
provider-groups-more =
    { $count ->
        [one] Show 1 more group
       *[other] Show { $count } more groups
    }
provider-members = People and sites that are part of it

provider-fact-credentials = Credentials
provider-fact-focus = Works on
provider-fact-ages = Ages
provider-fact-taking = New people
provider-fact-online = Online
provider-fact-part-of = Part of

provider-gone = Since { $date } they are no longer in the list they came from.
provider-gone-more = What stands here may be out of date. Ask before you go.

asked-provider-kind-unknown = “{ $value }” is no kind we know here. Write organization, site or therapist.
asked-taking-unknown = “{ $value }” is no answer we know. Write yes, or leave it out.
asked-language-unknown = “{ $value }” is no language code. Write two or three letters, such as en or es.

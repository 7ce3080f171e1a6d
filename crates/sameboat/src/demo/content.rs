//! What the demo's groups are about. All of it is invented.

use domain::groups::{Activity, Audience, Kind};

pub(super) const PHONE: &str = "216-555-0142";
pub(super) const MAIL: &str = "groups@lakeshore.example";

/// A kind of group that the demo holds in several places.
pub(super) struct Theme {
    pub kind: Kind,
    /// Names it goes by; each place takes the next one.
    pub names: [&'static str; 3],
    pub topics: &'static [&'static str],
    pub summary: &'static str,
    /// Techniques of a therapy group; what an evening is like in a support group.
    pub ways: &'static [&'static str],
    pub activity: Activity,
    pub audience: &'static [Audience],
    /// Youngest and oldest; 0 is no limit.
    pub ages: (u8, u8),
    /// The place is told only to those who come.
    pub hidden: bool,
    pub listening: &'static str,
    pub people: &'static str,
}

const fn therapy(
    names: [&'static str; 3],
    topics: &'static [&'static str],
    summary: &'static str,
    ways: &'static [&'static str],
) -> Theme {
    Theme {
        kind: Kind::Therapy,
        names,
        topics,
        summary,
        ways,
        activity: Activity::Talk,
        audience: &[],
        ages: (18, 0),
        hidden: false,
        listening: "Some sharing is part of it. In the first session you say your name and one thing you hope for.",
        people: "The same people each week, and the leaders. Everyone has talked with a leader first.",
    }
}

const fn support(
    names: [&'static str; 3],
    topics: &'static [&'static str],
    summary: &'static str,
    ways: &'static [&'static str],
) -> Theme {
    Theme {
        kind: Kind::Support,
        names,
        topics,
        summary,
        ways,
        activity: Activity::Talk,
        audience: &[],
        ages: (0, 0),
        hidden: false,
        listening: "Yes. Say “pass” when it is your turn, as often as you like.",
        people: "Usually 6 to 15 people, some for the first time. The facilitator has been there too.",
    }
}

#[rustfmt::skip]
pub(super) const THEMES: &[Theme] = &[
    support(["After the loss of a partner", "The empty chair", "Widowed, not alone"], &["grief", "loss of a partner"], "An open table for anyone whose husband, wife or partner has died, last week or long ago. Come when you need it.", &["A round of names, then open talk", "A short talk once a month"]),
    support(["Missing Mom, missing Dad", "When a parent dies", "Grown and grieving"], &["grief", "loss of a parent"], "For adults who have lost a mother or father, and are still the one everybody leans on.", &["Open talk", "A memory to share, if you like"]),
    Theme { audience: &[Audience::Parents], ..support(["Parents who have lost a child", "Always their parents", "The smallest shoes"], &["grief", "loss of a child"], "For mothers, fathers and grandparents of a child who died at any age, also before birth.", &["Names of the children are read", "Open talk"]) },
    support(["Grief after suicide", "Night watch", "Left with questions"], &["grief", "suicide loss"], "For people who lost someone to suicide. Nobody here asks you to explain.", &["Ground rules are read", "Open talk with time for silence"]),
    support(["Grief for a pet", "The quiet house", "A good dog, a good cat"], &["grief", "loss of a pet"], "It was not “only” an animal. Bring a photo, or nothing.", &["Open talk"]),
    therapy(["When grief does not move", "Prolonged grief: a 16-week group", "Living beside the loss"], &["grief", "prolonged grief"], "For people who lost someone more than a year ago and still cannot get back to living.", &["cognitive-behavioural strategies", "letter writing", "returning to avoided places step by step"]),
    therapy(["Calmer days: CBT for anxiety", "Worry less, do more", "Anxiety skills"], &["anxiety", "worry"], "A skills group for people whose worry runs the day. One skill a week, practiced between sessions.", &["cognitive-behavioural strategies", "exposure", "relaxation"]),
    support(["Anxious together", "Worriers’ tea", "Shaky hands welcome"], &["anxiety", "panic"], "Talk with others who know a racing heart. No advice unless you ask for it.", &["A check-in round", "Open talk"]),
    therapy(["Panic: 10 weeks", "Riding the wave", "When the heart races"], &["panic", "anxiety"], "Learn what panic is, and practice together what brings it down.", &["interoceptive exposure", "breathing", "cognitive-behavioural strategies"]),
    therapy(["Speaking up: social anxiety", "Small talk, slowly", "Shy no more than I want"], &["social anxiety"], "Practice being with people, with people. Role-play and small experiments outside.", &["role-play", "behavioural experiments"]),
    therapy(["Steps out of depression", "Getting moving again", "CBT for depression"], &["depression"], "For people whose days have gone grey. Small steps, planned together, looked at together.", &["behavioural activation", "cognitive-behavioural strategies"]),
    support(["Depression, said out loud", "Grey days club", "One day at a time, together"], &["depression", "low mood"], "You do not have to be cheerful here. Come as you are, leave when you like.", &["A check-in round", "Open talk"]),
    therapy(["Mindfulness against relapse", "Staying well: MBCT", "Eight weeks of mindfulness"], &["depression", "stress"], "For people who have been depressed before and want to stay well.", &["mindfulness exercises", "cognitive-behavioural strategies"]),
    support(["Bipolar and getting on with it", "Up, down, around", "Even keel"], &["bipolar disorder"], "For people who live with bipolar disorder. We compare notes on sleep, work and telling people.", &["A topic of the month", "Open talk"]),
    therapy(["OCD: exposure together", "Doing it anyway", "The doubt group"], &["OCD"], "Exposure and response prevention in a small group. Nobody laughs at a ritual here.", &["exposure and response prevention"]),
    Theme { audience: &[Audience::Veterans], ..therapy(["Veterans: trauma processing", "After deployment", "Standing down"], &["PTSD", "trauma"], "Trauma processing for veterans of any service and era, led by therapists who know the field.", &["cognitive processing", "grounding"]) },
    Theme { hidden: true, audience: &[Audience::Women], ..support(["Women who left", "Safe harbor", "After him"], &["domestic violence"], "For women who live with, or have left, someone who hurt them. The place is told only to those who come.", &["Open talk", "Practical help with papers and housing"]) },
    Theme { hidden: true, ..therapy(["Survivors: stabilizing after trauma", "Ground under the feet", "Seeking solid ground"], &["trauma", "abuse"], "A first-stage group for survivors of abuse: safety, sleep and strong feelings come before the story.", &["grounding", "emotion regulation"]) },
    therapy(["DBT skills", "Skills for strong feelings", "Distress tolerance and more"], &["strong emotions", "borderline personality"], "The four sets of DBT skills over 24 weeks: mindfulness, distress tolerance, emotions, people.", &["dialectical behaviour skills", "mindfulness exercises", "diary cards"]),
    therapy(["Sleep again: CBT for insomnia", "Six weeks to better sleep", "The sleep group"], &["insomnia", "sleep"], "For people who lie awake. A short group with a sleep diary and changes you can measure.", &["sleep restriction", "stimulus control"]),
    Theme { ages: (16, 0), ..therapy(["Eating disorder recovery", "Table talk", "Beyond the scale"], &["eating disorders"], "For people in outpatient care for an eating disorder. Meals are planned and sometimes eaten together.", &["cognitive-behavioural strategies", "meal support"]) },
    Theme { audience: &[Audience::FamilyAndFriends, Audience::Parents], ..support(["Families around an eating disorder", "At our table", "Feeding and fearing"], &["eating disorders"], "For parents, partners and friends of someone with an eating disorder.", &["Open talk", "A dietitian visits twice a year"]) },
    support(["Sober evenings", "Recovery your way", "One more day"], &["alcohol", "recovery"], "For anyone who wants to drink less or not at all. No steps, no god, no judgment.", &["A check-in round", "Open talk"]),
    therapy(["Relapse prevention", "Staying stopped", "Cravings and what to do"], &["alcohol", "drugs", "recovery"], "For people in the first year without alcohol or drugs. Plans for hard moments, tried out together.", &["relapse prevention", "role-play", "motivational interviewing"]),
    Theme { audience: &[Audience::FamilyAndFriends], ..support(["Living with someone’s drinking", "Not my bottle", "Family recovery"], &["someone else’s drinking"], "For people who love someone who drinks or uses. You did not cause it.", &["A reading", "Open talk"]) },
    support(["Gambling: talking odds", "No bets today", "Cash out"], &["gambling"], "For people who want to stop gambling, and those who just lost too much.", &["Open talk", "Money questions, first Monday"]),
    therapy(["ADHD in adults: skills", "Started, finished", "Time and other mysteries"], &["ADHD"], "Planning, starting, stopping: tools for adults with ADHD, with homework you may forget.", &["planning skills", "cognitive-behavioural strategies"]),
    support(["Autistic adults", "Same wavelength", "Unmasked"], &["autism"], "Run by autistic people. Cameras, eye contact and small talk are optional.", &["A topic on the wall", "Lights low, quiet corner"]),
    Theme { audience: &[Audience::Parents], ..support(["Parents of autistic children", "Not the parenting book", "Spectrum parents"], &["autism", "parents"], "For parents on the way to, through and after a diagnosis.", &["Open talk", "Child care next door"]) },
    support(["Living with chronic pain", "Pain, unexplained", "Spoons"], &["chronic pain", "illness"], "Sit, stand or lie down. For people whose pain has outlasted everyone’s patience.", &["Gentle stretching", "Open talk"]),
    therapy(["Pain and life: ACT", "Making room", "Pain management, 10 weeks"], &["chronic pain"], "Not less pain at any price, but more life beside it.", &["acceptance and commitment", "pacing", "mindfulness exercises"]),
    support(["Cancer: during and after", "The waiting room", "Scan week"], &["cancer", "illness"], "For people in treatment, after it, or living with it. Hats optional.", &["Open talk", "A nurse visits each month"]),
    support(["Diabetes, day by day", "Sugar and spite", "Type 1, type 2, tired"], &["diabetes", "illness"], "Food, fear, devices, insurance. For people with any type, and those who cook for them.", &["Open talk"]),
    support(["Long COVID", "Still not over", "Half battery"], &["long COVID", "illness"], "Short, slow and lying down is fine. Breaks every twenty minutes.", &["Short rounds", "Long breaks"]),
    Theme { audience: &[Audience::Caregivers], ..support(["Dementia caregivers", "The long goodbye", "36-hour days"], &["dementia", "caregivers"], "For those who care for a parent or partner with dementia. Someone sits with them next door meanwhile.", &["Open talk", "Legal questions twice a year"]) },
    Theme { audience: &[Audience::Parents], ..support(["Parents of sick children", "Hospital parking lot", "Ward 6 and beyond"], &["sick children", "parents"], "For parents whose child is in and out of hospital. Come in whatever you slept in.", &["Coffee first", "Open talk"]) },
    Theme { audience: &[Audience::Women, Audience::Parents], ..therapy(["New mothers: more than tired", "Postpartum group", "Nobody told me"], &["postpartum depression", "new parents"], "For mothers with depression or anxiety in the first year. Babies welcome, also loud ones.", &["interpersonal therapy", "mother-baby play"]) },
    support(["Divorce and after", "Two homes", "Half the photos"], &["divorce", "separation"], "For people in the middle of it, or long past it and still sorting.", &["Open talk", "A mediator visits once a season"]),
    Theme { audience: &[Audience::Lgbtq], ..support(["LGBTQ+ evening", "Chosen family", "Rainbow table"], &["LGBTQ+", "coming out"], "A place to talk where nobody has to be explained to.", &["Open talk", "Games on the last one of the month"]) },
    Theme { audience: &[Audience::Trans], ..therapy(["Trans and finding my way", "Becoming", "Between letters"], &["gender"], "A process group for trans and non-binary adults, led by trans-competent therapists.", &["interpersonal work"]) },
    Theme { audience: &[Audience::Men], ..therapy(["Men’s process group", "What men do not say", "Tuesday men"], &["relationships", "men"], "Eight men, two leaders, no agenda. What happens between us is the work.", &["interpersonal work", "feedback"]) },
    Theme { audience: &[Audience::Women], ..therapy(["Women’s process group", "Taking up space", "Between women"], &["relationships", "women"], "An ongoing group about closeness, anger and saying no.", &["interpersonal work", "feedback"]) },
    therapy(["Interpersonal process group", "How we come across", "Here and now"], &["relationships", "loneliness"], "A mix of people and problems. You learn how you are with others, from others.", &["interpersonal work", "feedback"]),
    Theme { ages: (14, 18), audience: &[Audience::YoungPeople], ..therapy(["Teens: big feelings", "After school", "Not a kid group"], &["teens", "anxiety"], "For ages 14 to 18. Parents join the first and the last session only.", &["dialectical behaviour skills", "games"]) },
    Theme { ages: (60, 0), audience: &[Audience::OlderPeople], ..support(["Older and not invisible", "Late lunch", "Sixty and up"], &["ageing", "loneliness"], "Talk, soup and a ride home if you need one.", &["Lunch", "Open talk"]) },
    Theme { audience: &[Audience::Newcomers, Audience::PeopleOfColour], ..support(["New in this country", "Lejos de casa", "Two languages"], &["migration", "homesickness"], "For people who came from elsewhere, with papers or without. Nobody asks.", &["Open talk in two languages", "Practical help"]) },
    support(["People who stutter", "Take your time", "W-w-welcome"], &["stuttering"], "Nobody finishes your sentence here.", &["A round without a clock", "Open talk"]),
    Theme { activity: Activity::Writing, ..support(["Lonely, said the poster", "Company", "Table for more than one"], &["loneliness"], "It takes one sentence to admit it. After that there is tea.", &["Writing together", "Open talk"]) },
    therapy(["Anger: before it goes off", "Cooling down", "The fuse group"], &["anger"], "Twelve weeks about what comes before the shouting, and what could come instead.", &["cognitive-behavioural strategies", "role-play"]),
    Theme { audience: &[Audience::HealthWorkers, Audience::FirstResponders], ..support(["Burned out in care", "After the shift", "Nurses, medics, tired"], &["burnout"], "For health workers and first responders. What you say does not reach your employer.", &["Debrief round", "Open talk"]) },
    Theme { activity: Activity::Art, ..therapy(["Art therapy group", "Without words", "Clay and color"], &["trauma", "depression"], "Make first, talk later. You need no talent; the kiln is old and forgiving.", &["art making", "reflection"]) },
    Theme { activity: Activity::Music, ..support(["Singing through it", "Low voices", "The off-key choir"], &["loneliness"], "A choir for people who have had a hard year. Nobody auditions.", &["Singing", "Tea"]) },
    Theme { activity: Activity::Movement, ..therapy(["Body and stress", "Moving it through", "Yoga and words"], &["stress", "trauma"], "Gentle movement and talk for people who live mostly in their heads.", &["trauma-sensitive yoga", "breathing"]) },
    Theme { activity: Activity::Meditation, ..support(["Sit together", "Quiet hour", "Meditation and tea"], &["stress"], "Half an hour of silence, half an hour of talk.", &["Sitting", "Open talk"]) },
    Theme { audience: &[Audience::Students], ages: (17, 29), activity: Activity::Reading, ..support(["Students under pressure", "Deadline club", "First in the family"], &["stress", "students"], "For students of any school. Ends before the last bus.", &["A text to begin with", "Open talk"]) },
    Theme { audience: &[Audience::BlackPeople], ..support(["Black men talking", "The shop after hours", "Brothers’ table"], &["racism", "stress"], "A place to set it down. Open to Black men of every age.", &["Open talk", "Food"]) },
    Theme { audience: &[Audience::NativePeople, Audience::Families], ..support(["Talking circle", "Our own words", "Circle at the center"], &["grief", "recovery"], "A talking circle for Native people and their families, opened by an elder.", &["Talking piece", "Shared meal"]) },
    Theme { audience: &[Audience::DeafPeople], ..support(["Deaf community support", "Hands on the table", "Seen"], &["Deaf community"], "In American Sign Language. Hearing partners are welcome with an interpreter.", &["Signed open talk"]) },
    Theme { audience: &[Audience::SecularPeople], ..support(["Secular recovery", "Reason and coffee", "No higher power needed"], &["alcohol", "recovery"], "Recovery without religion, with tools from psychology.", &["A worksheet", "Open talk"]) },
];

/// Town, its ZIP codes, invented venues. The first lines are around Cleveland, where the demo's organisation is.
pub(super) struct Town {
    pub name: &'static str,
    pub state: &'static str,
    pub zips: &'static [&'static str],
}

const fn town(name: &'static str, state: &'static str, zips: &'static [&'static str]) -> Town {
    Town { name, state, zips }
}

/// How many of [`TOWNS`] are around Cleveland.
pub(super) const NEAR: usize = 6;

#[rustfmt::skip]
pub(super) const TOWNS: &[Town] = &[
    town("Cleveland", "OH", &["44113", "44114", "44106", "44102", "44109"]), town("Lakewood", "OH", &["44107"]),
    town("Cleveland Heights", "OH", &["44118"]), town("Parma", "OH", &["44129", "44134"]), town("Euclid", "OH", &["44123"]),
    town("Shaker Heights", "OH", &["44120", "44122"]),
    town("Akron", "OH", &["44308", "44313"]), town("Columbus", "OH", &["43215", "43202"]), town("Cincinnati", "OH", &["45202", "45219"]),
    town("Toledo", "OH", &["43604"]), town("Pittsburgh", "PA", &["15213", "15222"]), town("Buffalo", "NY", &["14201"]),
    town("Detroit", "MI", &["48201"]), town("Chicago", "IL", &["60614", "60637"]), town("Milwaukee", "WI", &["53202"]),
    town("Minneapolis", "MN", &["55408"]), town("Des Moines", "IA", &["50309"]), town("Kansas City", "MO", &["64111"]),
    town("Omaha", "NE", &["68102"]), town("Denver", "CO", &["80203"]), town("Santa Fe", "NM", &["87501"]),
    town("Phoenix", "AZ", &["85004"]), town("Salt Lake City", "UT", &["84102"]), town("Boise", "ID", &["83702"]),
    town("Seattle", "WA", &["98122"]), town("Portland", "OR", &["97214"]), town("San Francisco", "CA", &["94110"]),
    town("Los Angeles", "CA", &["90012", "90026"]), town("San Diego", "CA", &["92104"]), town("Anchorage", "AK", &["99501"]),
    town("Honolulu", "HI", &["96813"]), town("Austin", "TX", &["78704"]), town("Houston", "TX", &["77006"]),
    town("New Orleans", "LA", &["70119"]), town("Nashville", "TN", &["37206"]), town("Atlanta", "GA", &["30307"]),
    town("Miami", "FL", &["33130"]), town("Raleigh", "NC", &["27601"]), town("Richmond", "VA", &["23220"]),
    town("Washington", "DC", &["20009"]), town("Baltimore", "MD", &["21218"]), town("Philadelphia", "PA", &["19107"]),
    town("New York", "NY", &["10011", "11215"]), town("Boston", "MA", &["02116"]), town("Portland", "ME", &["04101"]),
    town("Burlington", "VT", &["05401"]),
];

pub(super) const VENUES: &[&str] = &[
    "West 25th Street Library",
    "Harbor House",
    "Lakeview Parish Hall",
    "The Old Firehouse",
    "Maple Street Community Room",
    "Union Hall",
    "Friends’ Meeting Room",
    "The Glass House",
    "St. Brendan’s Annex",
    "Riverside Clinic, room 4",
    "The Corner Kitchen",
    "Elmwood School, staff room",
    "Northside YM Room",
    "The Boat Shed",
    "Orchard Center",
];

pub(super) const STREETS: &[&str] = &[
    "Maple Street",
    "Harbor Road",
    "Abington Road",
    "Elm Avenue",
    "Station Street",
    "Orchard Lane",
    "Union Avenue",
    "Lake Street",
];

pub(super) const THERAPISTS: &[(&str, &str)] = &[
    ("Dana Whitfield", "LPCC-S"),
    ("Marcus Oyelaran", "LISW"),
    ("Priya Raman", "PhD"),
    ("Ellen Kowalczyk", "LMFT"),
    ("Tomás Ibarra", "PsyD"),
    ("Grace Lindqvist", "LCSW"),
    ("Samir Haddad", "LPC"),
    ("June Park", "LICSW"),
];

pub(super) const FACILITATORS: &[&str] = &[
    "Ruth", "Carl", "Imani", "Joe", "Lourdes", "Pat", "Wen", "Amina", "Stan", "Noor", "Bea", "Kofi",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_of_the_demo_is_in_the_catalogue() {
        let content = ::content::Content::read(&::content::Files::bundled()).unwrap();
        let unknown: Vec<_> = THEMES
            .iter()
            .flat_map(|theme| theme.topics)
            .filter(|topic| content.topics.named(topic).is_none())
            .collect();
        assert_eq!(unknown, Vec::<&&str>::new());
    }
}

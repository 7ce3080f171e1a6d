//! Words the guard knows: ordinary ones, names, and what people do.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::letters::fold;

type Set = HashSet<&'static str>;

/// How ordinary a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ordinary {
    No,
    /// In a dictionary.
    Known,
    /// In everybody's mouth.
    Common,
}

macro_rules! list {
    ($name:ident, $path:literal) => {
        pub(crate) static $name: LazyLock<Set> = LazyLock::new(|| set(include_str!($path)));
    };
}

list!(COMMON, "../../../third_party/scowl/common.txt");
list!(KNOWN, "../../../third_party/scowl/known.txt");
list!(PROPER, "../../../third_party/scowl/proper.txt");
list!(JARGON, "../data/jargon.txt");
list!(SPANISH, "../data/spanish.txt");
list!(PERSONAL, "../data/personal.txt");
list!(ACTS, "../data/acts.txt");
list!(MOODS, "../data/moods.txt");
list!(INSTITUTIONS, "../data/institutions.txt");
list!(PLACES, "../data/places.txt");
list!(ABBREVIATIONS, "../data/abbreviations.txt");
list!(ABSTRACT, "../data/abstract.txt");
list!(VERBS, "../data/verbs.txt");

macro_rules! section {
    ($name:ident, $head:literal) => {
        pub(crate) static $name: LazyLock<Set> = LazyLock::new(|| section($head));
    };
}

section!(TITLES, "[titles]");
section!(ROLES, "[roles]");
section!(SAINTS, "[saints]");
section!(OFFICES, "[offices]");
section!(EPONYMS, "[eponyms]");
section!(THINGS, "[things]");
section!(OPENERS, "[openers]");
section!(BETWEEN, "[between]");
section!(OBJECTS, "[objects]");
section!(CARRYING, "[carrying]");
section!(PERSON_SIGNS, "[person_signs]");
section!(MOOD_VERBS, "[mood_verbs]");
section!(FILLERS, "[fillers]");
section!(TRUSTING, "[trusting]");
section!(GOING, "[going]");
section!(SAID, "[said]");
section!(BOUND, "[bound]");
section!(ADDRESSING, "[addressing]");
section!(FELT, "[felt]");
section!(DATING, "[dating]");
section!(THING_INGS, "[thing_ings]");
section!(RECEIVED, "[received]");
section!(FOND, "[fond]");
section!(DONE_BY, "[done_by]");
section!(BELONGINGS, "[belongings]");
section!(TANGIBLE, "[tangible]");
section!(GIFTS, "[gifts]");
section!(TOPICAL, "[topical]");
section!(OF_THINGS, "[of_things]");
section!(LABELS, "[labels]");
section!(ATTENDING, "[attending]");
section!(UNCHANGING, "[unchanging]");
section!(TO_COME, "[to_come]");
section!(OTHERS, "[others]");
section!(STATES, "[states]");
section!(BASES, "[bases]");
section!(COUNTED, "[counted]");
section!(WEEK, "[week]");
section!(POINTED, "[pointed]");
section!(CLOSED, "[closed]");
section!(CLAUSE, "[clause]");
section!(REPORTING, "[reporting]");
section!(LEADING, "[leading]");
section!(FIRM, "[firm]");
section!(FIRM_OBJECTS, "[firm_objects]");
section!(ALONG, "[along]");
section!(FIRM_LINKS, "[firm_links]");
section!(COPULAR, "[copular]");
section!(DESCRIBING, "[describing]");
section!(DOING, "[doing]");
section!(BARE, "[bare]");
section!(GIVEN, "[given]");
section!(PRAYING, "[praying]");
section!(BRANDS, "[brands]");
section!(WORKS, "[works]");
section!(STAFFED, "[staffed]");
section!(LETTERED, "[lettered]");
section!(FEELING, "[feeling]");
section!(HAVING, "[having]");
section!(ACCOUNTS, "[accounts]");
section!(PLAIN_OBJECTS, "[plain_objects]");
section!(FRAGMENT, "[fragment]");
section!(CONDITIONS, "[conditions]");
section!(THING_BASES, "[thing_bases]");
section!(ADVERBS, "[adverbs]");
section!(PEOPLE, "[people]");
section!(ONES, "[ones]");
section!(POSSESSIONS, "[possessions]");
section!(HAVE_DONE, "[have_done]");
section!(GOING_ON, "[going_on]");
section!(COMPANY, "[company]");
section!(PERSON_OBJECTS, "[person_objects]");
section!(NOT_THERE, "[not_there]");
section!(FEELINGS, "[feelings]");

/// The words below a head, until the next one.
fn section(head: &str) -> Set {
    let lines = lines(include_str!("../data/grammar.txt")).skip_while(|line| *line != head);
    let words = lines.skip(1).take_while(|line| !line.starts_with('['));
    words.flat_map(str::split_whitespace).collect()
}

fn set(text: &'static str) -> Set {
    lines(text).flat_map(str::split_whitespace).collect()
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

/// What people with a given name are called, by name and back again. Names of several words have none between them.
pub(crate) static NICKNAMES: LazyLock<HashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut by_name: HashMap<String, Vec<&'static str>> = HashMap::new();
    for line in lines(include_str!("../data/nicknames.txt")) {
        let (name, called) = line.split_once(':').unwrap_or((line, ""));
        let called = called.split_whitespace();
        by_name.entry(fold(name)).or_default().extend(called.clone());
        if !name.contains(' ') {
            called.for_each(|nick| by_name.entry(nick.to_owned()).or_default().push(name));
        }
    }
    by_name
});

type ByFirst = HashMap<&'static str, Vec<Vec<&'static str>>>;

/// Public names as folded words, by their first.
pub(crate) static PUBLIC: LazyLock<ByFirst> = LazyLock::new(|| by_first(include_str!("../data/public.txt")));

/// Idioms with a name in them, likewise; they have no capital.
pub(crate) static SAYINGS: LazyLock<ByFirst> =
    LazyLock::new(|| by_first(include_str!("../data/sayings.txt")));

fn by_first(text: &'static str) -> ByFirst {
    let mut by_first: ByFirst = HashMap::new();
    for line in lines(text) {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let Some(first) = words.first() {
            by_first.entry(first).or_default().push(words);
        }
    }
    by_first
}

pub(crate) const MONTHS: [&str; 11] = [
    "april", "may", "june", "july", "august", "march", "january", "february", "abril", "agosto", "enero",
];
pub(crate) const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];
/// Capitals that are not names of people: peoples, faiths, days.
pub(crate) const PEOPLES: [&str; 28] = [
    "black",
    "white",
    "brown",
    "christian",
    "jewish",
    "german",
    "french",
    "english",
    "irish",
    "polish",
    "spanish",
    "native",
    "indian",
    "god",
    "lord",
    "christmas",
    "easter",
    "noel",
    "pride",
    "medicare",
    "summer",
    "spring",
    "autumn",
    "winter",
    "trinity",
    "sabbath",
    "mexican",
    "bible",
];

pub(crate) fn ordinary(folded: &str) -> Ordinary {
    let calendar = || MONTHS.contains(&folded) || PEOPLES.contains(&folded);
    if COMMON.contains(folded) || SPANISH.contains(folded) || calendar() {
        Ordinary::Common
    } else if KNOWN.contains(folded) || JARGON.contains(folded) {
        Ordinary::Known
    } else {
        Ordinary::No
    }
}

/// Whether it is what people or places are called.
pub(crate) fn is_proper(folded: &str) -> bool {
    PROPER.contains(folded) || NICKNAMES.contains_key(folded)
}

/// Whether people do it, and hardly anything else does.
pub(crate) fn is_personal(folded: &str) -> bool {
    PERSONAL.contains(folded)
}

/// Whether it may be a verb of the past, or one that carries others.
pub(crate) fn is_act(folded: &str) -> bool {
    is_personal(folded) || ACTS.contains(folded) || (folded.len() > 4 && folded.ends_with("ed"))
}

/// What stands between one who acts and the base of a verb.
pub(crate) fn is_auxiliary(folded: &str) -> bool {
    matches!(
        folded,
        "will" | "may" | "might" | "wont" | "must" | "can" | "could" | "would" | "should" | "shouldnt"
    )
}

/// Whether it may be a verb with one who does it before: of the past, or of the third person.
pub(crate) fn is_finite(folded: &str) -> bool {
    is_auxiliary(folded) || is_act(folded) || SAID.contains(folded) || is_third_person(folded)
}

/// "reminds", "cries", "pushes"; and Spanish forms as they stand.
pub(crate) fn is_third_person(folded: &str) -> bool {
    third_person_base(folded).is_some() || is_spanish_verb(folded)
}

/// The base of "reminds", "cries" or "pushes".
pub(crate) fn third_person_base(folded: &str) -> Option<String> {
    let base = |ending: &str, put: &str| {
        let base = format!("{}{put}", folded.strip_suffix(ending)?);
        VERBS.contains(base.as_str()).then_some(base)
    };
    base("s", "")
        .or_else(|| base("es", ""))
        .or_else(|| base("ies", "y"))
}

pub(crate) fn is_spanish_verb(folded: &str) -> bool {
    folded.ends_with(['a', 'e', 'o', 'n']) && VERBS.contains(folded) && !is_base(folded)
}

/// Whether English has it as the base of a verb.
pub(crate) fn is_base(folded: &str) -> bool {
    VERBS.contains(folded) && (COMMON.contains(folded) || KNOWN.contains(folded))
}

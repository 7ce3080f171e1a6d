//! What is seen around a word that is also a name, for [the weighing](super::weighing): what stands beside it, and what the grammar
//! says.

use super::Spot;
use super::kinds::is_determiner;
use crate::lexicon::{
    ABSTRACT, ADDRESSING, ADVERBS, BELONGINGS, BETWEEN, COUNTED, LABELS, MONTHS, MOODS, Ordinary, PEOPLES,
    PERSON_OBJECTS, SEASONS, TO_COME, WEEK, is_act, is_auxiliary, is_base, is_personal, is_proper,
    is_third_person, ordinary,
};
use crate::words::{Clitic, Shape, Text, Word};

/// Where it is seen, beside which kind of word or "" for any, and what is seen.
pub(crate) type Clue = (&'static str, &'static str, &'static str);

/// How a word is written, in which text.
fn writing(spot: &Spot<'_>) -> &'static str {
    let word = spot.word();
    let large = word.is_capital() && !word.loud;
    if !large {
        let capital = |word: &Word| word.shape == Shape::Capital && !word.loud;
        return if spot.text.words.iter().any(capital) {
            "small"
        } else {
            "flat"
        };
    }
    if word.opens { "opens" } else { "inside" }
}

/// What kind of word the name is besides.
fn kind(spot: &Spot<'_>) -> &'static str {
    let folded = spot.word().folded.as_str();
    match folded {
        "will" => "will",
        "may" => "may",
        _ if MONTHS.contains(&folded) => "month",
        _ if SEASONS.contains(&folded) => "season",
        _ if PEOPLES.contains(&folded) => "people",
        _ if spot.is_given() => "given",
        _ if spot.is_plural() => "plural",
        _ if ABSTRACT.contains(folded) && !COUNTED.contains(folded) => "feeling",
        _ if spot.is_describing() => "describing",
        _ if spot.is_doing() => "doing",
        _ if ordinary(folded) == Ordinary::Known => "rare",
        _ if is_proper(folded) => "proper",
        _ => "thing",
    }
}

/// What the roster has it as.
fn place(spot: &Spot<'_>) -> &'static str {
    let folded = spot.word().folded.as_str();
    match spot.forms.get(folded) {
        None => "near",
        Some(_) if spot.is_family_only() => "family",
        Some(form)
            if form
                .said
                .iter()
                .any(|said| spot.forms.pieces[said.who].given.contains(folded)) =>
        {
            "given"
        }
        Some(_) => "called",
    }
}

fn class(spot: &Spot<'_>, word: &Word) -> &'static str {
    let folded = word.folded.as_str();
    if word.shape == Shape::Digits {
        return "number";
    }
    if word.is_capital() && !word.loud && !word.opens && folded != "i" {
        return large_class(spot, word);
    }
    closed_class(folded).unwrap_or_else(|| open_class(spot, folded))
}

fn large_class(spot: &Spot<'_>, word: &Word) -> &'static str {
    let plain = ordinary(&word.folded) != Ordinary::No;
    match spot.forms.get(&word.folded) {
        Some(_) if plain => "Member",
        Some(_) => "Name",
        None if word.shape == Shape::Capitals || word.is_letter() => "LETTERS",
        None if plain => "Word",
        None => "Other",
    }
}

fn closed_class(folded: &str) -> Option<&'static str> {
    Some(match folded {
        "i" | "we" | "you" | "they" => "they",
        "he" | "she" => "he",
        "him" | "them" | "me" | "us" | "it" => "it",
        "his" | "her" | "their" | "my" | "your" | "our" | "su" => "his",
        "no" | "not" | "never" => "not",
        "of" | "de" => "of",
        "to" => "to",
        "in" | "en" => "in",
        "on" => "on",
        "at" => "at",
        "with" | "w" | "con" => "with",
        "for" | "para" => "for",
        "from" => "from",
        "by" => "by",
        "as" | "like" => "as",
        "up" | "down" | "out" | "off" | "away" | "back" | "over" | "late" | "early" => "up",
        "and" | "y" | "n" => "and",
        "or" | "but" | "so" | "pero" | "o" => "but",
        "is" | "was" | "isnt" | "wasnt" | "es" | "esta" | "fue" => "is",
        "are" | "were" | "be" | "been" => "are",
        "has" | "had" | "hasnt" | "hadnt" => "has",
        "have" | "having" => "have",
        "did" | "does" | "didnt" | "doesnt" => "did",
        "do" | "dont" => "do",
        "who" | "whose" => "who",
        "what" | "where" | "when" | "why" | "how" | "which" | "if" | "that" | "than" | "while"
        | "because" | "que" | "cuando" | "whether" | "until" | "since" | "before" | "after" | "though" => {
            "when"
        }
        "between" | "under" | "about" | "near" | "next" | "behind" | "beside" | "without" | "against"
        | "through" | "into" | "around" | "per" | "re" => "near",
        "se" | "le" | "me_" | "nos" | "les" | "ya" => "se",
        "say" | "says" | "said" | "dice" | "dijo" => "said",
        _ if is_auxiliary(folded) || matches!(folded, "cant" | "couldnt" | "wouldnt") => "can",
        _ if is_determiner(folded) || matches!(folded, "that" | "these" | "those") => "the",
        _ if WEEK.contains(folded) || TO_COME.contains(folded) || matches!(folded, "today" | "now") => "time",
        _ => return None,
    })
}

fn open_class(spot: &Spot<'_>, folded: &str) -> &'static str {
    if spot.forms.get(folded).is_some() {
        return "member";
    }
    if MOODS.contains(folded) {
        "mood"
    } else if is_personal(folded) {
        "personal"
    } else if folded.len() > 4 && folded.ends_with("ly")
        || ADVERBS.contains(folded)
        || BETWEEN.contains(folded)
    {
        "adverb"
    } else if is_act(folded) {
        "past"
    } else if is_third_person(folded) {
        "third"
    } else if folded.len() > 5 && folded.ends_with("ing") {
        "ing"
    } else if is_base(folded) {
        "base"
    } else if ordinary(folded) == Ordinary::No {
        "unknown"
    } else if folded.len() > 3 && folded.ends_with('s') {
        "nouns"
    } else {
        "noun"
    }
}

/// What stands between two words.
fn mark(text: &Text<'_>, at: usize) -> &'static str {
    let gap = text.gap(at);
    if at >= text.words.len() {
        return if gap.contains(['.', '!', '?']) {
            "end."
        } else {
            "end"
        };
    }
    if gap.contains('\n') {
        return "line";
    }
    let dash = gap.contains(['–', '—', '→']) || gap.contains(" - ") || gap.contains('=');
    match gap.trim_start().chars().next() {
        None => " ",
        _ if dash => "dash",
        Some(',') => ",",
        Some(';') => ";",
        Some(':') => ":",
        Some('.') => ".",
        Some('?' | '!') => "?",
        Some('(' | '[') => "(",
        Some(')' | ']') => ")",
        Some('/') => "/",
        Some('&' | '+') => "&",
        Some('-') => "-",
        Some('"' | '“' | '”' | '\'') => "quote",
        Some(_) => "other",
    }
}

/// What stands before the first word of a sentence.
fn opening(text: &Text<'_>, at: usize) -> &'static str {
    let gap = text.gap(at);
    let end = gap.trim_end();
    match end.chars().next_back() {
        _ if gap.contains('\n') => "line",
        None if at == 0 => "start",
        Some('-') if gap == "-" => "hyphen",
        Some('"' | '“' | '«') => "quote",
        Some('(' | '[') => "(",
        Some(':') => ":",
        Some('-' | '–' | '*' | '•') => "dash",
        Some(',') => ",",
        Some('/') => "/",
        Some('&' | '+') => "&",
        Some('.' | '!' | '?') => ".",
        _ => " ",
    }
}

/// All that is seen.
pub(crate) fn clues(spot: &Spot<'_>) -> Vec<Clue> {
    let (text, kind, writing) = (spot.text, kind(spot), writing(spot));
    let mut seen: Vec<(&'static str, &'static str)> =
        vec![("place", place(spot)), ("before", opening(text, spot.at))];
    let same = |at: usize| text.get(at).filter(|word| !word.opens);
    let after = |at: usize| same(at).map_or("end", |word| class(spot, word));
    let gap = mark(text, spot.to);
    seen.push(("gap", gap));
    let owns = text.words[spot.to - 1].clitic;
    let next = text.get(spot.to).map_or("end", |word| class(spot, word));
    match owns {
        Clitic::Possessive => seen.push(("owns", next)),
        Clitic::Verb => seen.push(("owns", "verb")),
        Clitic::None if gap == " " => {
            let second = if mark(text, spot.to + 1) == " " {
                after(spot.to + 1)
            } else {
                "end"
            };
            seen.push(("next", next));
            seen.push((pair(next), second));
            seen.push(("second", second));
        }
        Clitic::None => seen.push((behind(gap), next)),
    }
    let back = |by: usize| {
        let at = spot.at.checked_sub(by)?;
        (!(at + 1..=spot.at).any(|at| text.words[at].opens)).then(|| &text.words[at])
    };
    seen.push(("last", back(1).map_or("none", |word| class(spot, word))));
    seen.push(("last but one", back(2).map_or("none", |word| class(spot, word))));
    seen.extend(back(1).and_then(|word| led(&word.folded)).map(|led| ("led", led)));
    seen.extend(
        around(spot)
            .into_iter()
            .chain(rules(spot))
            .map(|seen| ("is", seen)),
    );
    seen.push(("all", ""));
    seen.push(("written", writing));
    if spot.ruled().is_some() {
        seen.push(("ruled", "yes"));
    }
    let mut clues = Vec::with_capacity(seen.len() * 3);
    for (slot, what) in seen {
        clues.push((slot, "", what));
        clues.push((slot, kind, what));
        clues.push((slot, writing, what));
    }
    clues
}

fn led(folded: &str) -> Option<&'static str> {
    if ADDRESSING.contains(folded) || PERSON_OBJECTS.contains(folded) {
        Some("addressed")
    } else if LABELS.contains(folded) {
        Some("label")
    } else {
        None
    }
}

fn pair(next: &'static str) -> &'static str {
    match next {
        "and" => "after and",
        "up" => "after up",
        "has" => "after has",
        "is" => "after is",
        "to" => "after to",
        "in" | "on" | "at" => "after in",
        "with" => "after with",
        "noun" | "nouns" | "base" | "unknown" => "after noun",
        "third" => "after third",
        "past" | "personal" => "after past",
        "not" => "after not",
        "number" => "after number",
        "can" | "did" => "after can",
        _ => "after other",
    }
}

fn behind(gap: &'static str) -> &'static str {
    match gap {
        "," => "behind ,",
        ":" => "behind :",
        "dash" => "behind dash",
        "(" => "behind (",
        "&" | "/" => "behind &",
        _ => "behind other",
    }
}

/// What the rest of the sentence holds.
fn around(spot: &Spot<'_>) -> Vec<&'static str> {
    let text = spot.text;
    let folded = spot.word().folded.as_str();
    let mut seen = Vec::new();
    let (mut person, mut member, mut again, mut verb) = (false, false, false, false);
    let rest = (spot.to..spot.to + 12).map_while(|at| text.get(at).filter(|word| !word.opens));
    for word in rest {
        person |= matches!(
            word.folded.as_str(),
            "he" | "she" | "his" | "her" | "him" | "hers" | "himself" | "herself"
        );
        verb |= is_personal(&word.folded);
    }
    for (at, word) in text.words.iter().enumerate() {
        if (spot.at..spot.to).contains(&at) {
            continue;
        }
        again |= word.folded == folded;
        let called = spot.forms.get(&word.folded).is_some();
        member |= called && (word.is_capital() || ordinary(&word.folded) == Ordinary::No);
    }
    let owned = spot
        .behind()
        .is_some_and(|next| BELONGINGS.contains(next.folded.as_str()));
    let told = [
        (person, "he"),
        (member, "members"),
        (again, "again"),
        (verb, "verb"),
        (owned, "belonging"),
    ];
    seen.extend(told.iter().filter(|(yes, _)| *yes).map(|(_, what)| *what));
    seen
}

/// What the rules say.
fn rules(spot: &Spot<'_>) -> Vec<&'static str> {
    let verb = spot.next().map(|(at, _)| at);
    let told = [
        (spot.acts_as_person(), "acting"),
        (spot.is_told_of(), "told of"),
        (spot.begins_fragment(), "fragment"),
        (spot.is_not_there(), "not there"),
        (spot.stands_with_name(), "with name"),
        (spot.stands_in_run(), "in run"),
        (spot.is_labelled(), "labelled"),
        (spot.is_addressed(), "addressed"),
        (spot.is_in_a_title(), "title"),
        (spot.is_dated(), "dated"),
        (spot.to < spot.text.words.len() && spot.is_noun(spot.to), "noun"),
        (verb.is_some_and(|verb| spot.is_topic(verb)), "topic"),
        (verb.is_some_and(|verb| spot.works_on(verb)), "works"),
        (
            spot.next().is_some_and(|(_, next)| spot.is_still_to_come(next)),
            "to come",
        ),
        (spot.is_apposed(), "apposed"),
        (spot.is_rated(), "rated"),
        (spot.is_closed(), "closed"),
        (spot.starts(), "starts"),
    ];
    told.iter()
        .filter(|(yes, _)| *yes)
        .map(|(_, what)| *what)
        .collect()
}

//! Classes of words and of marks between them, for [the clues](super::clues).

use super::Spot;
use super::kinds::is_determiner;
use crate::lexicon::{
    ADVERBS, BETWEEN, MOODS, Ordinary, TO_COME, WEEK, is_act, is_auxiliary, is_base, is_personal,
    is_third_person, ordinary,
};
use crate::words::{Shape, Text, Word};

/// What kind of word stands there.
pub(super) fn class(spot: &Spot<'_>, word: &Word) -> &'static str {
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
        "se" | "le" | "nos" | "les" | "ya" => "se",
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
pub(super) fn mark(text: &Text<'_>, at: usize) -> &'static str {
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
pub(super) fn opening(text: &Text<'_>, at: usize) -> &'static str {
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

/// Where the word behind the next one is seen.
pub(super) fn pair(next: &'static str) -> &'static str {
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
        "ing" => "after ing",
        "mood" => "after mood",
        "as" => "after as",
        "of" | "for" | "from" | "near" | "by" => "after for",
        "when" => "after when",
        "the" | "his" => "after the",
        _ => "after other",
    }
}

/// Where a word is seen that stands behind a mark.
pub(super) fn behind(gap: &'static str) -> &'static str {
    match gap {
        "," => "behind ,",
        ":" => "behind :",
        "dash" => "behind dash",
        "(" => "behind (",
        "&" | "/" => "behind &",
        _ => "behind other",
    }
}

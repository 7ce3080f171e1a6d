//! Where initials stand, and whether a person can be there.

use crate::context::Spot;
use crate::lexicon::{
    ABBREVIATIONS, ATTENDING, FEELING, HAVING, OF_THINGS, Ordinary, STAFFED, is_act, ordinary,
};
use crate::marking::Guard;
use crate::words::{Clitic, Shape, Text};

/// "hd and cw", "rl, mf and co": small initials beside others that are no word and no abbreviation.
pub(super) fn is_joined_small(guard: &Guard, text: &Text<'_>, at: usize) -> bool {
    let is = |at: usize| {
        text.get(at).is_some_and(|word| {
            let folded = word.folded.as_str();
            (2..=3).contains(&folded.len())
                && !ABBREVIATIONS.contains(folded)
                && ordinary(folded) == Ordinary::No
                && !whose(guard, folded).is_empty()
        })
    };
    let and = |at: usize| text.get(at).is_some_and(|word| word.folded == "and");
    let joins = |at: usize| matches!(text.gap(at), ", " | "/" | " & " | " + ");
    (and(at + 1) && is(at + 2))
        || (at > 1 && and(at - 1) && is(at - 2))
        || (at + 1 < text.words.len() && joins(at + 1) && is(at + 1))
        || (at > 0 && joins(at) && is(at - 1))
}

/// "T. and R.", "T., L. and R.", "T. + R.": of letters that are joined, each is a person.
pub(super) fn is_paired(text: &Text<'_>, at: usize) -> bool {
    let and = |at: usize| text.get(at).is_some_and(|word| word.folded == "and");
    let letter = |at: usize| {
        text.get(at)
            .is_some_and(|word| word.is_letter() && word.folded != "i")
            && text.gap(at + 1).starts_with('.')
    };
    let joined = |at: usize| matches!(text.gap(at).trim(), "." | ".," | ". &" | ". +" | "./");
    let beside = |at: usize| letter(at) && joined(at + 1) && letter(at + 1);
    let (mut from, mut to) = (at, at);
    while from > 0 && beside(from - 1) {
        from -= 1;
    }
    while beside(to) {
        to += 1;
    }
    let listed = (from..to).any(|at| !matches!(text.gap(at + 1), "." | ". "));
    letter(at)
        && (listed || (and(to + 1) && letter(to + 2)) || (from > 1 && and(from - 1) && letter(from - 2)))
}

/// "J. shared": the point of the initial is no end of a sentence.
pub(super) fn after_dot(text: &Text<'_>, at: usize) -> bool {
    text.gap(at + 1) == ". "
        && text
            .get(at + 1)
            .is_some_and(|next| !next.is_capital() && (is_act(&next.folded) || next.folded.ends_with("ly")))
}

/// "P. still without a sponsor": a large letter with its point, and the sentence goes on.
pub(super) fn begins_note(text: &Text<'_>, at: usize) -> bool {
    let next = text.get(at + 1);
    text.words[at].opens
        && text.words[at].shape == Shape::Letter
        && text.gap(at + 1) == ". "
        && next.is_some_and(|next| next.shape == Shape::Small && !next.is_letter())
}

/// "ej no change": small letters that are no word begin a note.
pub(super) fn begins_small_note(text: &Text<'_>, at: usize) -> bool {
    let goes_on = text.get(at + 1).is_some_and(|next| next.shape == Shape::Small);
    text.words[at].opens && goes_on && matches!(text.gap(at + 1), " " | ": " | " - " | " – ")
}

/// Whether a verb comes next of which a thing is hardly the subject.
pub(super) fn acts_on(text: &Text<'_>, to: usize) -> bool {
    matches!(text.gap(to), " " | ". ")
        && text.get(to).is_some_and(|next| {
            next.shape == Shape::Small && is_act(&next.folded) && !OF_THINGS.contains(next.folded.as_str())
        })
}

/// "H.B. and C.N.", "PT/JK", "Ana and M.A.": beside other initials or a name of the roster.
pub(super) fn is_joined(guard: &Guard, text: &Text<'_>, at: usize, to: usize) -> bool {
    let joins = |gap: &str| {
        matches!(
            gap.trim_start_matches('.'),
            ", " | "/" | " & " | " / " | " + " | "+" | "&" | "; "
        )
    };
    let and = |at: usize| {
        text.get(at)
            .is_some_and(|word| matches!(word.folded.as_str(), "and" | "or" | "y"))
    };
    let is = |from: usize, letters: &str| {
        text.words[from].is_capital()
            && !ABBREVIATIONS.contains(letters)
            && (!whose(guard, letters).is_empty() || guard.forms.get(letters).is_some())
    };
    let starts = |at: usize| {
        let Some(word) = text.get(at) else { return false };
        let pair = text
            .get(at + 1)
            .filter(|next| word.is_letter() && next.is_letter());
        is(at, &word.folded) || pair.is_some_and(|next| is(at, &format!("{}{}", word.folded, next.folded)))
    };
    let ends = |at: usize| {
        let word = &text.words[at];
        let pair = at.checked_sub(1).map(|at| &text.words[at]);
        let pair = pair.filter(|before| word.is_letter() && before.is_letter());
        is(at, &word.folded)
            || pair.is_some_and(|before| is(at, &format!("{}{}", before.folded, word.folded)))
    };
    (and(to) && starts(to + 1))
        || (to < text.words.len() && joins(text.gap(to)) && starts(to))
        || (at > 1 && and(at - 1) && ends(at - 2))
        || (at > 0 && joins(text.gap(at)) && ends(at - 1))
}

pub(super) fn is_of_person(spot: Spot<'_>) -> bool {
    let text = spot.text;
    text.words[spot.to - 1].clitic == Clitic::Possessive
        || spot.acts_as_person()
        || after_dot(text, spot.to - 1)
        || spot.evidence_of_title()
}

/// "FA tearful", where no unit is: those are not.
pub(super) fn is_attending(spot: Spot<'_>) -> bool {
    let word = &spot.text.words[spot.at];
    let next = spot.text.get(spot.to).map_or("", |next| next.folded.as_str());
    let attending = spot.text.gap(spot.to) == " " && ATTENDING.contains(next);
    (attending || spot.is_not_there()) && !STAFFED.contains(word.folded.as_str())
}

/// "NP reviewed the vitals", "PT was called": staff and units do what notes tell of them.
pub(super) fn is_of_staff(spot: Spot<'_>) -> bool {
    let word = &spot.text.words[spot.at];
    let next = spot.text.get(spot.to).map_or("", |next| next.folded.as_str());
    STAFFED.contains(word.folded.as_str()) && word.clitic == Clitic::None && !FEELING.contains(next)
}

/// "AD had trouble with it".
pub(super) fn has_as_person(spot: Spot<'_>) -> bool {
    let word = |at: usize| spot.text.get(at).map_or("", |word| word.folded.as_str());
    matches!(word(spot.to), "had" | "has" | "having") && (1..=3).any(|by| HAVING.contains(word(spot.to + by)))
}

pub(super) fn whose(guard: &Guard, letters: &str) -> Vec<usize> {
    let pieces = guard.forms.pieces.iter().enumerate();
    pieces
        .filter(|(_, pieces)| pieces.initials.contains(letters))
        .map(|(who, _)| who)
        .collect()
}

//! Initials: "J.K.", "JK", "J. shared", where no abbreviation is meant.

use crate::context::Spot;
use crate::lexicon::{ABBREVIATIONS, OF_THINGS, POINTED, is_act};
use crate::marking::{Confidence, Found, Guard, Why};
use crate::roster::Part;
use crate::words::{Clitic, Shape, Text};

/// Among words that belong to no name.
pub(crate) fn find(guard: &Guard, text: &Text<'_>, part: Part, used: &[bool], found: &mut Vec<Found>) {
    let mut at = 0;
    while at < text.words.len() {
        let seen = (!used[at])
            .then(|| {
                dotted(guard, text, at, used)
                    .or_else(|| together(guard, text, at))
                    .or_else(|| single(guard, text, at))
            })
            .flatten();
        let Some((to, who, confidence)) = seen else {
            at += 1;
            continue;
        };
        found.push(Found {
            range: text.words[at].range.start..text.words[to - 1].range.end,
            who: guard.told(who, part),
            why: Why::Initials,
            confidence,
        });
        at = to;
    }
}

type Seen = (usize, Vec<usize>, Confidence);

/// Letters with points or spaces between: "J.K.", "J. K.", "J K".
fn dotted(guard: &Guard, text: &Text<'_>, at: usize, used: &[bool]) -> Option<Seen> {
    let mut letters = String::new();
    let mut points = 0;
    let mut hyphens = 0;
    let mut longest = None;
    for (to, word) in text.words.iter().enumerate().skip(at).take(4) {
        if to > at {
            let gap = text.gap(to);
            let hyphened = matches!(gap, ".-" | "-" | ". -" | ".–" | ".‑" | "‑" | ".‐");
            hyphens += usize::from(hyphened);
            if !(hyphened || matches!(gap, "." | ". " | " ")) || text.words[to - 1].clitic != Clitic::None {
                break;
            }
            points += usize::from(gap != " ");
        }
        if !word.is_letter() || used[to] || (word.shape == Shape::Small && points == 0 && to > at) {
            break;
        }
        letters.push_str(&word.folded);
        if to > at {
            let who = whose(guard, &letters);
            let pointed = points > 0 || text.gap(to + 1).starts_with('.');
            if !who.is_empty() && pointed {
                longest = Some((to + 1, who, letters.clone()));
            }
        }
    }
    let (to, who, letters) = longest?;
    let spot = Spot {
        text,
        forms: &guard.forms,
        at,
        to,
    };
    // With a hyphen between, "A.-M." is no hour.
    let bare = hyphens > 0 && !(at..to).any(|at| text.gap(at + 1).starts_with('.'));
    let usual = POINTED.contains(letters.as_str()) && (hyphens == 0 || bare);
    let sure = if bare {
        text.words[at].shape == Shape::Letter
            && (is_of_person(spot) || acts_on(text, to) || is_joined(guard, text, at, to))
    } else {
        !usual || is_of_person(spot) || is_joined(guard, text, at, to)
    };
    sure.then_some((to, who, Confidence::Likely))
}

/// "JK", large; small only where a person acts.
fn together(guard: &Guard, text: &Text<'_>, at: usize) -> Option<Seen> {
    let word = &text.words[at];
    let length = word.folded.len();
    let (before, after) = (text.gap(at), text.gap(at + 1));
    let part_of_more = before.ends_with(['-', '/', '.', '#', '@'])
        || (after.starts_with(['-', '@']) && !after.starts_with("- "));
    let numbered = text
        .get(at + 1)
        .is_some_and(|next| next.shape == Shape::Digits && after.len() < 2);
    if !(2..=4).contains(&length) || part_of_more || numbered {
        return None;
    }
    let who = whose(guard, &word.folded);
    if who.is_empty() {
        return None;
    }
    let spot = Spot {
        text,
        forms: &guard.forms,
        at,
        to: at + 1,
    };
    let usual = ABBREVIATIONS.contains(word.folded.as_str());
    let sure = match word.shape {
        Shape::Capitals if word.loud => !usual && is_of_person(spot),
        Shape::Capitals => !usual || is_of_person(spot) || is_joined(guard, text, at, at + 1),
        Shape::Small => {
            !usual
                && crate::lexicon::ordinary(&word.folded) == crate::lexicon::Ordinary::No
                && spot.acts_as_person()
        }
        Shape::Capital => {
            length == 2
                && !usual
                && crate::lexicon::ordinary(&word.folded) == crate::lexicon::Ordinary::No
                && spot.acts_as_person()
        }
        _ => false,
    };
    sure.then_some((at + 1, who, Confidence::Likely))
}

/// "J. shared", "member K", "with M.": one letter, where a person is meant.
fn single(guard: &Guard, text: &Text<'_>, at: usize) -> Option<Seen> {
    let word = &text.words[at];
    if !word.is_letter() || word.shape != Shape::Letter {
        return None;
    }
    let dotted = text.gap(at + 1).starts_with('.');
    let possessive = word.clitic == Clitic::Possessive;
    let pronoun = matches!(word.folded.as_str(), "i" | "a") && !dotted;
    let lettered = [
        "vitamin",
        "plan",
        "type",
        "group",
        "hepatitis",
        "room",
        "step",
        "option",
        "part",
        "criterion",
        "cluster",
        "schedule",
        "section",
        "grade",
        "level",
        "an",
        "the",
        "axis",
        "item",
        "suite",
        "unit",
        "appendix",
        "column",
        "row",
        "box",
        "malcolm",
        "generation",
        "gen",
        "k",
        "mr",
        "day",
    ];
    let before = at.checked_sub(1).map(|at| text.words[at].folded.as_str());
    let joined = text.gap(at).ends_with(['-', '/', '&', '\'', '.'])
        || text.gap(at + 1).starts_with(['-', '/', '&', ')', ':']);
    if pronoun || joined || before.is_some_and(|before| lettered.contains(&before) && before != "mr") {
        return None;
    }
    let spot = Spot {
        text,
        forms: &guard.forms,
        at,
        to: at + 1,
    };
    let told = [
        "with", "to", "from", "by", "that", "for", "between", "about", "when", "after",
    ];
    let asked = ["with", "told", "thanked", "asked", "between"];
    let told = !word.opens
        && before.is_some_and(|before| {
            let led = told.contains(&before) || crate::lexicon::is_act(before);
            (dotted && led) || (asked.contains(&before) && !matches!(word.folded.as_str(), "i" | "a"))
        });
    let told = told || is_paired(text, at);
    let acts = spot.acts_as_person() || after_dot(text, at) || (word.opens && acts_on(text, at + 1));
    if !(acts || possessive || told || spot.evidence_of_title()) {
        return None;
    }
    let titled = spot.evidence_of_title();
    let who: Vec<usize> = (0..guard.forms.pieces.len())
        .filter(|who| {
            let pieces = &guard.forms.pieces[*who];
            let given = pieces.given.iter().any(|piece| piece.starts_with(&word.folded));
            given || (titled && pieces.family.iter().any(|piece| piece.starts_with(&word.folded)))
        })
        .collect();
    (!who.is_empty()).then_some((at + 1, who, Confidence::Possible))
}

/// "T. and R.": of two letters joined by "and", each is a person.
fn is_paired(text: &Text<'_>, at: usize) -> bool {
    let and = |at: usize| text.get(at).is_some_and(|word| word.folded == "and");
    let letter = |at: usize| {
        text.get(at)
            .is_some_and(|word| word.shape == Shape::Letter && word.folded != "i")
            && text.gap(at + 1).starts_with('.')
    };
    letter(at) && ((and(at + 1) && letter(at + 2)) || (at > 1 && and(at - 1) && letter(at - 2)))
}

/// "J. shared": the point of the initial is no end of a sentence.
fn after_dot(text: &Text<'_>, at: usize) -> bool {
    text.gap(at + 1) == ". "
        && text.get(at + 1).is_some_and(|next| {
            !next.is_capital() && (crate::lexicon::is_act(&next.folded) || next.folded.ends_with("ly"))
        })
}

/// Whether a verb comes next of which a thing is hardly the subject.
fn acts_on(text: &Text<'_>, to: usize) -> bool {
    matches!(text.gap(to), " " | ". ")
        && text.get(to).is_some_and(|next| {
            next.shape == Shape::Small && is_act(&next.folded) && !OF_THINGS.contains(next.folded.as_str())
        })
}

/// "H.B. and C.N.", "PT/JK", "Ana and M.A.": beside other initials or a name of the roster.
fn is_joined(guard: &Guard, text: &Text<'_>, at: usize, to: usize) -> bool {
    let joins = |gap: &str| matches!(gap.trim_start_matches('.'), ", " | "/" | " & " | " / ");
    let and = |at: usize| text.get(at).is_some_and(|word| word.folded == "and");
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

fn is_of_person(spot: Spot<'_>) -> bool {
    let text = spot.text;
    text.words[spot.to - 1].clitic == Clitic::Possessive
        || spot.acts_as_person()
        || after_dot(text, spot.to - 1)
        || spot.evidence_of_title()
}

fn whose(guard: &Guard, letters: &str) -> Vec<usize> {
    let pieces = guard.forms.pieces.iter().enumerate();
    pieces
        .filter(|(_, pieces)| pieces.initials.contains(letters))
        .map(|(who, _)| who)
        .collect()
}

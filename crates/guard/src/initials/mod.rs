//! Initials: "J.K.", "JK", "J. shared", where no abbreviation is meant.

mod standing;

use self::standing::{
    acts_on, after_dot, begins_note, begins_small_note, has_as_person, is_attending, is_joined,
    is_joined_small, is_of_person, is_of_staff, is_paired, whose,
};
use crate::context::Spot;
use crate::lexicon::{ABBREVIATIONS, LETTERED, Ordinary, POINTED, is_act, ordinary};
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
    // "my PO believes me": of what stands for something there is one with an article.
    if usual && word.clitic == Clitic::None && spot.is_bound() {
        return None;
    }
    // "HD TV", "EB virus": letters that say what kind.
    let kind = text.get(at + 1).is_some_and(|next| {
        after == " "
            && (LETTERED.contains(next.folded.as_str()) || (next.shape == Shape::Capitals && !next.loud))
    });
    if kind && word.clitic == Clitic::None && !is_joined(guard, text, at, at + 1) {
        return None;
    }
    let sure = match word.shape {
        Shape::Capitals if word.loud => {
            let plain = ordinary(&word.folded) != Ordinary::No && length > 2;
            let placed = spot.begins_fragment() || is_joined_small(guard, text, at);
            spot.is_beside_person()
                || has_as_person(spot)
                || (!usual && !plain && (placed || is_of_person(spot)))
        }
        Shape::Capitals => {
            !usual
                || is_of_person(spot) && !is_of_staff(spot)
                || has_as_person(spot)
                || is_attending(spot)
                || spot.is_beside_person()
                || is_joined(guard, text, at, at + 1)
        }
        Shape::Small => {
            let plain = ordinary(&word.folded) != Ordinary::No && word.folded.len() > 2;
            let known = usual || plain;
            !known
                && (spot.acts_as_person()
                    || spot.begins_fragment()
                    || spot.is_beside_person()
                    || begins_small_note(text, at)
                    || is_joined_small(guard, text, at))
        }
        Shape::Capital => {
            length == 2 && !usual && ordinary(&word.folded) == Ordinary::No && spot.acts_as_person()
        }
        _ => false,
    };
    sure.then_some((at + 1, who, Confidence::Likely))
}

/// "J. shared", "member K", "with M.": one letter, where a person is meant.
fn single(guard: &Guard, text: &Text<'_>, at: usize) -> Option<Seen> {
    let word = &text.words[at];
    let dotted = text.gap(at + 1).starts_with('.');
    // "d. and r. argued": a small letter only with its point, and where it stands for no word.
    let small = word.shape == Shape::Small
        && dotted
        && !matches!(word.folded.as_str(), "e" | "i" | "g" | "p" | "s" | "v" | "c");
    if !word.is_letter() || !(word.shape == Shape::Letter || small) {
        return None;
    }
    let possessive = word.clitic == Clitic::Possessive;
    let pronoun = matches!(word.folded.as_str(), "i" | "a") && !dotted
        || word.loud && matches!(word.folded.as_str(), "y" | "e" | "o" | "u");
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
            let led = told.contains(&before) || is_act(before);
            (dotted && led) || (asked.contains(&before) && !matches!(word.folded.as_str(), "i" | "a"))
        });
    let told = told || is_paired(text, at);
    let acts = spot.acts_as_person()
        || after_dot(text, at)
        || begins_note(text, at)
        || (word.opens && acts_on(text, at + 1));
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

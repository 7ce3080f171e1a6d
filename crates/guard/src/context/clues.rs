//! What is seen around a word that is also a name, for [the weighing](super::weighing): what stands beside it, and what the grammar
//! says.

use super::Spot;
use super::classes::{behind, class, mark, opening, pair};
use crate::lexicon::{
    ABSTRACT, ADDRESSING, BELONGINGS, COUNTED, LABELS, MONTHS, Ordinary, PEOPLES, PERSON_OBJECTS, SEASONS,
    is_personal, is_proper, ordinary,
};
use crate::words::{Clitic, Shape, Word};

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
    let near = spot.at.saturating_sub(20)..(spot.to + 20).min(text.words.len());
    for (at, word) in near.clone().zip(&text.words[near]) {
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

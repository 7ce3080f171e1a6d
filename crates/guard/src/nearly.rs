//! Names that are not written as on the roster: slips of the pen, and forms cut off or made small.

use crate::context::Spot;
use crate::forms::{Rank, Said};
use crate::letters::{is_same_sound, is_slip};
use crate::lexicon::{self, Ordinary, ordinary};
use crate::marking::{Guard, Why};
use crate::names::Saying;
use crate::words::{Clitic, Shape, Text};

/// "Marias turn", "the Lopezes": an s without its apostrophe.
pub(crate) fn plural(guard: &Guard, text: &Text<'_>, at: usize) -> Option<Saying> {
    let word = &text.words[at];
    let plain = ordinary(&word.folded);
    if plain == Ordinary::Common || (word.opens || !word.is_capital()) && plain != Ordinary::No {
        return None;
    }
    if word.shape == Shape::Capitals && !word.loud && word.folded.len() < 5 {
        return None;
    }
    let stem = word.folded.strip_suffix('s')?;
    // "wandas card", but only of what is a name and nothing else.
    if !word.is_capital() && (stem.len() < 4 || ordinary(stem) != Ordinary::No) {
        return None;
    }
    let form = guard
        .forms
        .get(stem)
        .or_else(|| guard.forms.get(stem.strip_suffix('e')?))?;
    (stem.len() > 2).then(|| Saying {
        to: at + 1,
        said: form.said.clone(),
        sure: false,
    })
}

/// Slips of the pen, and forms cut off or made small.
pub(crate) fn nearly(guard: &Guard, text: &Text<'_>, at: usize) -> Option<Saying> {
    let word = &text.words[at];
    let mut to = at + 1;
    let mut whole = word.folded.clone();
    // "MacAllister" is two words and one name.
    while to < text.words.len()
        && text.gap(to).is_empty()
        && text.words[to].shape != Shape::Digits
        && to < at + 3
    {
        whole.push_str(&text.words[to].folded);
        to += 1;
    }
    let folded = whole.as_str();
    if folded.len() < 3 || word.shape == Shape::Digits {
        return None;
    }
    let spot = Spot {
        text,
        forms: &guard.forms,
        at,
        to: at + 1,
    };
    let large = word.is_capital() && !(word.loud && word.shape == Shape::Capitals);
    // "ALS" in a line of small letters stands for something: it is no name that was cut off.
    if word.shape == Shape::Capitals && !word.loud && folded.len() < 5 {
        return None;
    }
    if ordinary(folded) != Ordinary::No
        && !(large && !word.loud && (spot.acts_as_person() || spot.ruled().is_some()))
    {
        return None;
    }
    // "Kübler-Ross": the half of another name.
    let half = at > 0 && text.gap(at) == "-" && text.words[at - 1].is_capital();
    if half && ordinary(&text.words[at - 1].folded) == Ordinary::No {
        return None;
    }
    let proper = lexicon::is_proper(folded);
    // "Was moved", "Shared a poem": at the beginning of a sentence a word is a word.
    if word.opens
        && !proper
        && (ordinary(folded) == Ordinary::Common || folded.ends_with('s') || lexicon::is_act(folded))
        && ordinary(folded) != Ordinary::No
    {
        return None;
    }
    // "frankie wept": written small, but what wept is someone.
    let owns = word.clitic == Clitic::Possessive;
    let acting = !large && ordinary(folded) == Ordinary::No && (owns || spot.acts_as_person());
    let mut said: Vec<Said> = Vec::new();
    for (form, of) in &guard.forms.near {
        let Some(rank) = near(folded, form, large || acting, proper) else {
            continue;
        };
        let why = if rank == Rank::Cut {
            Why::Nickname
        } else {
            Why::Misspelling
        };
        if !said.iter().any(|known| known.who == of.who && known.rank <= rank) {
            said.push(Said {
                who: of.who,
                rank,
                why,
            });
        }
    }
    (!said.is_empty()).then_some(Saying {
        to,
        said,
        sure: false,
    })
}

fn near(folded: &str, form: &str, large: bool, proper: bool) -> Option<Rank> {
    if large && is_cut(folded, form) {
        return Some(Rank::Cut);
    }
    let plain = ordinary(folded) != Ordinary::No;
    if proper || plain {
        // Another name, or a word: only what sounds the same, or letters in a wrong order.
        let same = form.len() > 4 && folded.len() == form.len() && strsim::osa_distance(folded, form) == 1;
        let swapped = same && strsim::levenshtein(folded, form) == 2;
        let vowel = same && form.len() > 5 && !plain && is_vowel_apart(folded, form);
        // "Patrica".
        let inner = form.len() > 6
            && !plain
            && (form.len() > 8 || !lexicon::NICKNAMES.contains_key(folded))
            && is_one_inside(folded, form);
        let small = !plain && (is_same_sound(folded, form) || vowel) && form.len() > 4;
        return (large && (is_same_sound(folded, form) || swapped || vowel || inner) || small)
            .then_some(Rank::Slip);
    }
    if !large && (form.len() < 5 || strsim::osa_distance(folded, form) > 1 && !is_same_sound(folded, form)) {
        return None;
    }
    is_slip(folded, form).then_some(Rank::Slip)
}

/// "Patrica" and "Patricia": one letter more or less, not at either end, where it makes another name.
fn is_one_inside(folded: &str, form: &str) -> bool {
    let ends = |word: &str| (word.chars().next(), word.chars().next_back());
    ends(folded) == ends(form) && folded.len() != form.len() && strsim::osa_distance(folded, form) == 1
}

/// "Kristen" and "Kristin": one vowel for another, not at the end, where it makes another name.
fn is_vowel_apart(folded: &str, form: &str) -> bool {
    let vowel = |c: char| "aeiouy".contains(c);
    let apart = folded
        .chars()
        .zip(form.chars())
        .enumerate()
        .find(|(_, (a, b))| a != b);
    apart.is_some_and(|(at, (a, b))| vowel(a) && vowel(b) && at > 0 && at + 1 < form.chars().count())
}

/// "Gab" and "Gabi" of "Gabriela", "Pedrito" of "Pedro", "Danny" of "Daniel".
fn is_cut(folded: &str, form: &str) -> bool {
    const ENDINGS: [&str; 21] = [
        "zinho", "zinha", "inho", "inha", "ito", "ita", "itos", "itas", "cito", "cita", "in", "ina", "ie",
        "ey", "y", "i", "o", "a", "s", "z", "illo",
    ];
    if folded.len() >= 3
        && folded.len() < form.len()
        && form.starts_with(folded)
        && !matches!(folded, "christ" | "mar")
    {
        return true;
    }
    ENDINGS.iter().any(|ending| {
        let Some(stem) = folded.strip_suffix(ending) else {
            return false;
        };
        let doubled = |last: char| stem.strip_suffix(last).filter(|rest| rest.ends_with(last));
        let single = stem.chars().next_back().and_then(doubled).unwrap_or(stem);
        // "Frankie" of "Frank"; but "Paula" is not of "Paul".
        let whole = matches!(
            *ending,
            "ie" | "y"
                | "ey"
                | "ito"
                | "ita"
                | "cito"
                | "cita"
                | "itos"
                | "itas"
                | "illo"
                | "inho"
                | "inha"
                | "zinho"
                | "zinha"
        );
        [stem, single].iter().any(|stem| {
            // "Rosie" of "Rose".
            let made_small = whole && (*stem == form || form.strip_suffix('e') == Some(stem));
            let cut = stem.len() >= 3
                && form.starts_with(stem)
                && form.len() > stem.len() + usize::from(ending.len() < 3);
            made_small || (cut && folded != form && !lexicon::is_proper(folded))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_several_equal_bytes_are_not_cut_apart() {
        assert!(!is_cut("a\u{2bcb2}o", "maria"));
        assert!(is_cut("frankie", "frank"));
    }
}

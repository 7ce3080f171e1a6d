//! Names in a text: found word by word, joined while they say the same people.

use crate::context::Spot;
use crate::forms::{Rank, Said, is_particle};
use crate::lexicon::{ACCOUNTS, Ordinary, ordinary};
use crate::marking::{Confidence, Found, Guard, Why};
use crate::nearly::{nearly, plural};
use crate::public;
use crate::roster::Part;
use crate::words::{Clitic, Shape, Text, Word};

/// The most words one name or handle is written in.
const MOST_WORDS: usize = 6;

/// Whom words `at..to` may say.
pub(crate) struct Saying {
    pub(crate) to: usize,
    pub(crate) said: Vec<Said>,
    /// By more than one word.
    pub(crate) sure: bool,
}

/// Puts what was found to the rest; says which words belong to a name, anybody's.
pub(crate) fn find(guard: &Guard, text: &Text<'_>, part: Part, found: &mut Vec<Found>) -> Vec<bool> {
    let public = public::ends(guard, text);
    let mut used = vec![false; text.words.len()];
    let mut at = 0;
    while at < text.words.len() {
        let Some(saying) = said(guard, text, at).map(|first| joined(guard, text, at, first)) else {
            at = public[at].max(at + 1);
            continue;
        };
        if public[at] >= saying.to && !(saying.sure && saying.to == public[at]) {
            at = public[at];
            continue;
        }
        let Some(confidence) = confidence(guard, text, at, &saying) else {
            at += 1;
            continue;
        };
        let from = initial_before(guard, text, at, &saying.said).unwrap_or(at);
        let best = saying.said.iter().map(|said| said.rank).min();
        let best: Vec<Said> = saying
            .said
            .into_iter()
            .filter(|said| Some(said.rank) == best)
            .collect();
        found.push(Found {
            range: text.words[from].range.start..text.words[saying.to - 1].range.end,
            who: guard.told(best.iter().map(|said| said.who), part),
            why: best.iter().map(|said| said.why).min().unwrap_or(Why::Name),
            confidence,
        });
        used[from..saying.to].fill(true);
        at = saying.to;
    }
    used
}

/// Whom the words from here may say, without what comes after: exactly, or else nearly.
pub(crate) fn said(guard: &Guard, text: &Text<'_>, at: usize) -> Option<Saying> {
    let mut joined = String::new();
    let mut longest = None;
    let mut spaced = false;
    for to in at + 1..=(at + MOST_WORDS).min(text.words.len()) {
        if to > at + 1 {
            let gap = text.gap(to - 1);
            let close = matches!(gap, "" | "-" | "_" | "." | "‐" | "‑" | "-\n" | "'" | "’");
            if !close && (gap != " " || text.words[to - 1].opens) || text.words[to - 2].clitic != Clitic::None
            {
                break;
            }
            spaced |= !close;
        }
        joined.push_str(&text.words[to - 1].folded);
        if !guard.forms.may_begin(&joined) {
            break;
        }
        // "M.Y." are initials, also where somebody is called My.
        let letters = to > at + 1 && text.words[at..to].iter().all(Word::is_letter);
        let form = guard
            .forms
            .get(&joined)
            .filter(|form| !letters && (!spaced || form.apart));
        if let Some(form) = form {
            longest = Some(Saying {
                to,
                said: form.said.clone(),
                sure: false,
            });
        }
    }
    longest
        .or_else(|| plural(guard, text, at))
        .or_else(|| nearly(guard, text, at))
}

/// Goes on while the next word says some of the same people.
pub(crate) fn joined(guard: &Guard, text: &Text<'_>, at: usize, mut saying: Saying) -> Saying {
    loop {
        let to = saying.to;
        if text.words[to - 1].clitic != Clitic::None || to >= text.words.len() {
            return saying;
        }
        let gap = text.gap(to);
        if !matches!(gap, " " | "" | "-" | ", " | "_" | "." | ". " | "  ")
            || (text.words[to].opens && gap != ". ")
        {
            return saying;
        }
        let letter_before = text.words[to - 1].is_letter();
        if gap.starts_with('.') && !letter_before {
            return saying;
        }
        if let Some(said) = initial_after(guard, text, to, &saying.said).filter(|_| gap == " ") {
            saying = Saying {
                to: to + 1,
                said,
                sure: true,
            };
            continue;
        }
        let mut from = to;
        while from < text.words.len()
            && is_particle(&text.words[from].folded)
            && text.gap(from) == " "
            && from < to + 3
        {
            from += 1;
        }
        let next = (from < text.words.len() && (from == to || text.gap(from) == " "))
            .then(|| said(guard, text, from))
            .flatten();
        let Some(next) = next else { return saying };
        let both: Vec<Said> = saying
            .said
            .iter()
            .filter_map(|one| {
                let other = next.said.iter().find(|other| other.who == one.who)?;
                let (least, most) = if one.rank <= other.rank {
                    (one, other)
                } else {
                    (other, one)
                };
                Some(Said {
                    why: most.why,
                    ..*least
                })
            })
            .collect();
        let repeated = (at..to).any(|word| text.words[word].folded == text.words[from].folded);
        let large = text.words[from].is_capital() == text.words[at].is_capital()
            || ordinary(&text.words[from].folded) == Ordinary::No;
        let ordered = gap != ", " || guard_family(guard, &both, &text.words[at].folded);
        if both.is_empty() || repeated || !ordered || !large {
            return saying;
        }
        saying = Saying {
            to: next.to,
            said: both,
            sure: true,
        };
    }
}

/// "Lopez, Maria" goes on over its comma; "Maria, Lopez" does not.
fn guard_family(guard: &Guard, said: &[Said], first: &str) -> bool {
    said.iter()
        .any(|said| guard.forms.pieces[said.who].family.contains(first))
}

/// "Maria L.": those of them whose other name begins so.
fn initial_after(guard: &Guard, text: &Text<'_>, at: usize, said: &[Said]) -> Option<Vec<Said>> {
    let word = text.get(at)?;
    let dotted = text.gap(at + 1).starts_with('.');
    // "may c": a name that is written small has a small letter behind.
    let small = word.shape == Shape::Small && at > 0 && !text.words[at - 1].is_capital();
    let usual = matches!(
        word.folded.as_str(),
        "i" | "a" | "y" | "w" | "n" | "s" | "t" | "x"
    );
    if !word.is_letter()
        || !(word.shape == Shape::Letter || small)
        || (!dotted && matches!(word.folded.as_str(), "i" | "a"))
        || (small
            && !dotted
            && usual
            && text.gap(at + 1) == " "
            && text.get(at + 1).is_some_and(Word::is_capital))
    {
        return None;
    }
    let fits = said.iter().filter(|said| {
        let mut family = guard.forms.pieces[said.who].family.iter();
        family.any(|piece| piece.starts_with(&word.folded))
    });
    let fits: Vec<Said> = fits.copied().collect();
    (!fits.is_empty()).then_some(fits)
}

/// "M. Lopez": the letter before belongs to it.
fn initial_before(guard: &Guard, text: &Text<'_>, at: usize, said: &[Said]) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let word = &text.words[before];
    let close = matches!(text.gap(at), ". " | ".");
    let fits = said.iter().any(|said| {
        let mut given = guard.forms.pieces[said.who].given.iter();
        given.any(|piece| piece.starts_with(&word.folded))
    });
    // A small letter only before a name that is written small: "m. blanco".
    let small = word.shape == Shape::Small && word.is_letter() && !text.words[at].is_capital();
    (close && (small || word.shape == Shape::Letter) && fits).then_some(before)
}

/// How likely a name is meant; nothing where it is not.
fn confidence(guard: &Guard, text: &Text<'_>, at: usize, saying: &Saying) -> Option<Confidence> {
    let word = &text.words[at];
    if saying.sure {
        return Some(Confidence::Sure);
    }
    let spot = Spot {
        text,
        forms: &guard.forms,
        at,
        to: saying.to,
    };
    if is_elsewhere(guard, spot, saying) {
        return None;
    }
    if saying.to > at + 1 {
        let handle = saying.said.iter().all(|said| said.why == Why::Handle);
        return if is_written_apart(text, at, saying) {
            Some(Confidence::Sure)
        } else if handle {
            None
        } else {
            spot.evidence()
        };
    }
    let rank = saying.said.iter().map(|said| said.rank).min();
    let mentioned = text.gap(at).ends_with('@');
    if mentioned {
        return Some(Confidence::Sure);
    }
    if initial_before(guard, text, at, &saying.said).is_some() {
        return Some(Confidence::Likely);
    }
    if ordinary(&word.folded) != Ordinary::No {
        return spot.evidence();
    }
    let short = word.folded.len() < 3 && !word.is_capital();
    if short && !spot.acts_as_person() && spot.small().is_none() {
        return None;
    }
    Some(match rank {
        Some(Rank::Own | Rank::Short) if word.is_capital() => Confidence::Sure,
        Some(Rank::Slip) if !word.is_capital() => Confidence::Possible,
        _ => Confidence::Likely,
    })
}

/// Whether the name is that of a place, or of somebody who is not on the roster.
pub(crate) fn is_elsewhere(guard: &Guard, spot: Spot<'_>, saying: &Saying) -> bool {
    let folded = &spot.text.words[spot.at].folded;
    let piece = |family: bool| {
        saying.said.iter().any(|said| {
            let pieces = &guard.forms.pieces[said.who];
            let set = if family { &pieces.family } else { &pieces.given };
            set.contains(folded)
        })
    };
    let family = piece(true);
    spot.is_place() || saying.to == spot.at + 1 && spot.is_of_someone_else(piece(false) || !family, family)
}

/// Whether several words that make up one form are meant as one. Ordinary ones, written small and apart, are so only where an
/// account is spoken of: "a quiet storm" is none, "an account called quiet storm" is.
fn is_written_apart(text: &Text<'_>, at: usize, saying: &Saying) -> bool {
    let words = &text.words[at..saying.to];
    let apart = (at + 1..saying.to).all(|word| text.gap(word) == " ");
    if !apart {
        return true;
    }
    let plain = |word: &Word| ordinary(&word.folded) != Ordinary::No || is_particle(&word.folded);
    let large = |word: &Word| word.is_capital() && !word.loud;
    let handle = saying.said.iter().all(|said| said.why == Why::Handle);
    if !handle {
        // "De Shawn", "la toya"; but not "Grace Land" of one who is called Graceland.
        return words.iter().any(|word| !plain(word)) || words.iter().all(large);
    }
    let accounts = at.saturating_sub(5)..(saying.to + 2).min(text.words.len());
    let told = accounts
        .filter(|word| !(at..saying.to).contains(word))
        .any(|word| ACCOUNTS.contains(text.words[word].folded.as_str()));
    let article = |word: &Word| matches!(word.folded.as_str(), "a" | "an" | "the" | "her" | "his" | "their");
    let bound = at
        .checked_sub(1)
        .is_some_and(|before| article(&text.words[before]));
    words.iter().any(|word| !plain(word)) || words.iter().all(large) || (told && !bound)
}

//! Names everybody may write: of people who are known, of works, and those the organisation allows.

use crate::lexicon;
use crate::marking::Guard;
use crate::words::{Clitic, Text};

/// For each word, where the public name ends that it belongs to.
pub(crate) fn ends(guard: &Guard, text: &Text<'_>) -> Vec<usize> {
    let mut ends = vec![0; text.words.len()];
    for at in 0..text.words.len() {
        let word = &text.words[at];
        let known = lexicon::PUBLIC.get(word.folded.as_str()).into_iter().flatten();
        let known = known.filter_map(|name| covers(text, at, name.iter().copied()));
        let known = known.filter(|end| {
            text.words[at].is_capital()
                || text.words[end - 1].is_capital()
                || (*end > at + 1 && lexicon::ordinary(&word.folded) == lexicon::Ordinary::No)
        });
        let sayings = lexicon::SAYINGS.get(word.folded.as_str()).into_iter().flatten();
        let known = known.chain(sayings.filter_map(|saying| covers(text, at, saying.iter().copied())));
        let allowed = guard.allowed.iter();
        let allowed = allowed.filter_map(|name| covers(text, at, name.iter().map(String::as_str)));
        let allowed = allowed.filter(|end| text.words[at].is_capital() || text.words[end - 1].is_capital());
        if let Some(end) = known.chain(allowed).max() {
            ends[at..end]
                .iter_mut()
                .for_each(|known| *known = end.max(*known));
        }
    }
    ends
}

fn covers<'n>(text: &Text<'_>, at: usize, name: impl Iterator<Item = &'n str>) -> Option<usize> {
    let mut to = at;
    for part in name {
        // The "s" of "Wendy's" hangs at its word.
        if part == "s" && text.words[to - 1].clitic == Clitic::Possessive {
            continue;
        }
        let word = text.get(to)?;
        if word.folded != part
            && !(part.ends_with('s')
                && word.clitic == Clitic::Possessive
                && part == format!("{}s", word.folded))
        {
            return None;
        }
        to += 1;
    }
    (to > at).then_some(to)
}

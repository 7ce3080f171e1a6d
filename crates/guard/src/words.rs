//! A text as words: where each stands, how it is written, and what is between them.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::letters::{fold_into, is_unseen};

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Small,
    /// Its first letter is large.
    Capital,
    /// All of at least two letters are large.
    Capitals,
    /// One large letter.
    Letter,
    Digits,
}

/// What hangs at the end of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clitic {
    None,
    /// "'s", or an apostrophe after an s.
    Possessive,
    /// "'ll", "'d", "'ve", "'re".
    Verb,
}

#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Without its clitic.
    pub(crate) range: Range<usize>,
    /// Where it ends with its clitic.
    pub(crate) end: usize,
    pub(crate) folded: String,
    pub(crate) shape: Shape,
    pub(crate) clitic: Clitic,
    /// Whether it begins a sentence, where a capital says nothing.
    pub(crate) opens: bool,
    /// Whether it stands in a heading or in capitals throughout.
    pub(crate) loud: bool,
}

#[derive(Debug)]
pub(crate) struct Text<'t> {
    pub(crate) raw: &'t str,
    pub(crate) words: Vec<Word>,
}

impl Word {
    pub(crate) fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Capitals | Shape::Letter)
    }

    pub(crate) fn is_letter(&self) -> bool {
        self.folded.len() == 1 && self.folded.as_bytes()[0].is_ascii_alphabetic()
    }
}

impl<'t> Text<'t> {
    pub(crate) fn read(raw: &'t str) -> Self {
        let mut text = Self {
            raw,
            words: Vec::with_capacity(raw.len() / 5 + 1),
        };
        let mut from = None;
        let mut before = None;
        for (at, c) in raw.char_indices() {
            let inside = from.is_some();
            if c.is_alphanumeric() || (inside && (is_combining_mark(c) || is_unseen(c))) {
                if inside && breaks(before, c) {
                    text.put(from.take(), at);
                }
                from = from.or(Some(at));
                if c.is_alphanumeric() {
                    before = Some(c);
                }
                continue;
            }
            let goes_on = is_apostrophe(c)
                && raw[at + c.len_utf8()..].starts_with(char::is_alphabetic)
                && before.is_some_and(char::is_alphabetic);
            if inside && goes_on {
                continue;
            }
            text.put(from.take(), at);
            before = None;
        }
        text.put(from.take(), raw.len());
        text.open();
        text.loudness();
        text
    }

    /// What stands before a word; behind the last one, what is left.
    pub(crate) fn gap(&self, at: usize) -> &'t str {
        let before = at.min(self.words.len()).checked_sub(1);
        let from = before.map_or(0, |before| self.words[before].end);
        self.words
            .get(at)
            .map_or(&self.raw[from..], |word| &self.raw[from..word.range.start])
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Word> {
        self.words.get(at)
    }

    /// The word before, in the same sentence.
    pub(crate) fn before(&self, at: usize) -> Option<&Word> {
        if self.words.get(at)?.opens {
            return None;
        }
        self.words.get(at.checked_sub(1)?)
    }

    fn put(&mut self, from: Option<usize>, to: usize) {
        let Some(from) = from else { return };
        let whole = &self.raw[from..to];
        let (base, clitic) = clitic(whole);
        let mut folded = String::with_capacity(base.len());
        let letters = base.chars().filter(|c| c.is_alphanumeric());
        letters.for_each(|c| fold_into(&mut folded, c));
        let clitic = match clitic {
            Clitic::None if folded.ends_with('s') && ends_possessive(&self.raw[to..]) => Clitic::Possessive,
            other => other,
        };
        self.words.push(Word {
            range: from..from + base.len(),
            end: to,
            folded,
            shape: shape(base),
            clitic,
            opens: false,
            loud: false,
        });
    }

    fn open(&mut self) {
        for at in 0..self.words.len() {
            let gap = self.gap(at);
            let before = at.checked_sub(1).map(|before| &self.words[before]);
            self.words[at].opens = before.is_none_or(|before| opens(before, gap));
        }
    }

    /// Lines that are written large throughout, or mostly and have some words, say nothing by a capital.
    fn loudness(&mut self) {
        let mut first = 0;
        for at in 1..=self.words.len() {
            if at < self.words.len() && !self.gap(at).contains('\n') {
                continue;
            }
            let line = &self.words[first..at];
            let counted = line.iter().filter(|word| word.folded.len() > 3);
            let (all, large) = counted.fold((0, 0), |(all, large), word| {
                (all + 1, large + usize::from(word.is_capital()))
            });
            let mut shapes = line.iter().map(|word| word.shape);
            let throughout = line.len() > 1
                && all > 0
                && shapes.all(|shape| matches!(shape, Shape::Capitals | Shape::Letter | Shape::Digits));
            let loud = throughout || (line.len() >= 4 && all >= 4 && large * 5 >= all * 4);
            self.words[first..at].iter_mut().for_each(|word| word.loud = loud);
            first = at;
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '＇')
}

/// "MaryJane" is two words, and so is "heron7".
fn breaks(before: Option<char>, c: char) -> bool {
    before.is_some_and(|before| {
        (before.is_lowercase() && c.is_uppercase()) || before.is_numeric() != c.is_numeric()
    })
}

fn clitic(whole: &str) -> (&str, Clitic) {
    let Some((at, _)) = whole.char_indices().rfind(|(_, c)| is_apostrophe(*c)) else {
        return (whole, Clitic::None);
    };
    let (base, rest) = whole.split_at(at);
    let tail: String = rest.chars().skip(1).flat_map(char::to_lowercase).collect();
    match tail.as_str() {
        "s" => (base, Clitic::Possessive),
        "ll" | "d" | "ve" | "re" => (base, Clitic::Verb),
        _ => (whole, Clitic::None),
    }
}

fn ends_possessive(rest: &str) -> bool {
    let mut rest = rest.chars();
    rest.next().is_some_and(is_apostrophe) && rest.next().is_some_and(char::is_whitespace)
}

fn shape(base: &str) -> Shape {
    let mut letters = base.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return Shape::Digits;
    };
    if !first.is_uppercase() {
        return Shape::Small;
    }
    let (mut more, mut large) = (0, 0);
    for c in letters {
        more += 1;
        large += usize::from(c.is_uppercase());
    }
    match more {
        0 => Shape::Letter,
        _ if large == more => Shape::Capitals,
        _ => Shape::Capital,
    }
}

/// Whether a sentence begins after such a gap.
fn opens(before: &Word, gap: &str) -> bool {
    const TITLES: [&str; 14] = [
        "dr", "mr", "mrs", "ms", "mx", "st", "sr", "sra", "srta", "vs", "prof", "rev", "sis", "bro",
    ];
    let quoted = gap.trim_start() != gap && gap.ends_with(['"', '“', '‘', '«', '(', '[', '\'']);
    let ended = gap.contains(['!', '?', '…', ':', '\n', '•', '*', '¿', '¡', '|']);
    let stopped = gap.contains('.')
        && gap.ends_with(|c: char| !matches!(c, '.' | ','))
        && !(before.is_letter() && before.shape == Shape::Letter)
        && !TITLES.contains(&before.folded.as_str());
    let listed = gap.trim() == "-" && gap.contains('\n');
    quoted || ended || stopped || listed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(raw: &str) -> Vec<String> {
        let text = Text::read(raw);
        let words = text.words.iter();
        words
            .map(|word| format!("{}{}", word.folded, if word.opens { "^" } else { "" }))
            .collect()
    }

    #[test]
    fn words_are_taken_apart_where_people_see_two() {
        assert_eq!(
            words("Ana's MaryJane heron7"),
            ["ana^", "mary", "jane", "heron", "7"]
        );
        assert_eq!(
            words("O’Brien left. José cried"),
            ["obrien^", "left", "jose^", "cried"]
        );
        assert_eq!(
            words("Dr. Rose met J. K. today"),
            ["dr^", "rose", "met", "j", "k", "today"]
        );
        assert_eq!(words("Ma\u{200b}ria, NFD Jose\u{301}"), ["maria^", "nfd", "jose"]);
    }

    #[test]
    fn what_hangs_at_a_word_is_not_the_word() {
        let text = Text::read("James' turn, Ana’s and Mark'll");
        let clitics: Vec<_> = text.words.iter().map(|word| word.clitic).collect();
        let wanted = [
            Clitic::Possessive,
            Clitic::None,
            Clitic::Possessive,
            Clitic::None,
            Clitic::Verb,
        ];
        assert_eq!(clitics, wanted);
        assert_eq!(&text.raw[text.words[2].range.clone()], "Ana");
    }

    #[test]
    fn a_heading_is_loud() {
        assert!(Text::read("Plan For The Next Week Ahead\nshe went on").words[1].loud);
        assert!(!Text::read("Plan for the next week ahead").words[0].loud);
    }
}

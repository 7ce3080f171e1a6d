//! The forms in which people of a roster may be named, ready to be looked up.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::lexicon::NICKNAMES;
use crate::marking::Why;
use crate::roster::Person;
use crate::words::Text;

/// How directly a form says a person: the least wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// As on the roster.
    Own,
    /// A usual short form.
    Short,
    /// Cut off or made small: "Gab", "Pedrito".
    Cut,
    Slip,
}

/// Someone whom a form may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Said {
    /// Their place in the roster.
    pub(crate) who: usize,
    pub(crate) rank: Rank,
    pub(crate) why: Why,
}

#[derive(Debug, Default)]
pub(crate) struct Form {
    pub(crate) said: Vec<Said>,
    /// Of several words, which may stand apart: "Mary Jane".
    pub(crate) apart: bool,
}

/// Someone's name in its pieces, folded.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    pub(crate) given: BTreeSet<String>,
    pub(crate) family: BTreeSet<String>,
    /// "jk", "jmk", "mj".
    pub(crate) initials: BTreeSet<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Forms {
    by_word: HashMap<String, Form>,
    /// The first bytes of all forms: most words of a text begin none.
    firsts: HashSet<[u8; 2]>,
    /// Bytes of the longest form.
    longest: usize,
    /// Words near which a slip may be: with who it is and why.
    pub(crate) near: Vec<(String, Said)>,
    pub(crate) pieces: Vec<Pieces>,
}

const PARTICLES: [&str; 24] = [
    "de", "del", "la", "las", "los", "el", "van", "von", "der", "den", "di", "da", "do", "dos", "du", "al",
    "bin", "ibn", "y", "e", "st", "ter", "ten", "le",
];
const TITLES: [&str; 14] = [
    "dr", "mr", "mrs", "ms", "miss", "mx", "sr", "sra", "jr", "ii", "iii", "iv", "prof", "rev",
];

pub(crate) fn is_particle(folded: &str) -> bool {
    PARTICLES.contains(&folded)
}

/// One word of a name, or several that belong together: "Mary-Jane", "McDonald", "O'Brien".
struct Piece {
    whole: String,
    /// Of a hyphenated one, what stands between the hyphens.
    parts: Vec<String>,
}

impl Forms {
    pub(crate) fn of(people: &[Person]) -> Self {
        let mut forms = Self::default();
        for (who, person) in people.iter().enumerate() {
            forms.pieces.push(Pieces::default());
            person.names.iter().for_each(|name| forms.name(who, name));
            for (called, why) in person
                .nicknames
                .iter()
                .map(|nick| (nick, Why::Nickname))
                .chain(person.handles.iter().map(|handle| (handle, Why::Handle)))
            {
                forms.called(who, called, why);
            }
            let initials = person
                .initials
                .iter()
                .map(|initials| crate::letters::fold(initials));
            forms.pieces[who]
                .initials
                .extend(initials.filter(|initials| initials.len() > 1));
        }
        forms
    }

    pub(crate) fn get(&self, folded: &str) -> Option<&Form> {
        self.by_word.get(folded)
    }

    /// Whether a form may begin with these letters.
    pub(crate) fn may_begin(&self, folded: &str) -> bool {
        folded.len() <= self.longest && first(folded).is_none_or(|first| self.firsts.contains(&first))
    }

    fn name(&mut self, who: usize, name: &str) {
        let pieces = pieces(name);
        let Some(first) = pieces.first() else { return };
        let last = pieces.len() - 1;
        for (at, piece) in pieces.iter().enumerate() {
            // The last is a name of its own: "Phương Đỗ", "Mai Lê".
            if piece.whole.chars().count() < 2 || (at < last.max(1) && is_particle(&piece.whole)) {
                continue;
            }
            let why = Why::Name;
            self.put(
                &piece.whole,
                Said {
                    who,
                    rank: Rank::Own,
                    why,
                },
                true,
            );
            for part in piece.parts.iter().filter(|part| part.chars().count() > 2) {
                self.put(
                    part,
                    Said {
                        who,
                        rank: Rank::Own,
                        why,
                    },
                    false,
                );
            }
            if at > 0 {
                self.pieces[who].family.insert(piece.whole.clone());
            }
            if at == 0 || at < last {
                self.pieces[who].given.insert(piece.whole.clone());
                self.short(who, &piece.whole);
                piece.parts.iter().for_each(|part| self.short(who, part));
            }
        }
        let kept: Vec<&Piece> = pieces
            .iter()
            .enumerate()
            .filter(|(at, piece)| (*at == last && last > 0) || !is_particle(&piece.whole))
            .map(|(_, piece)| piece)
            .collect();
        let folded: Vec<&str> = pieces.iter().map(|piece| piece.whole.as_str()).collect();
        for until in 2..=folded.len() {
            let begun = folded[..until].concat();
            self.short(who, &begun);
            // "Carol Anne" is also written "Carolanne".
            if until < folded.len()
                && !is_particle(folded[until - 1])
                && folded[until - 1].chars().count() > 1
            {
                let said = Said {
                    who,
                    rank: Rank::Own,
                    why: Why::Name,
                };
                self.put(&begun, said, true);
            }
        }
        if let Some(family) = kept.last().filter(|_| kept.len() > 1) {
            let said = Said {
                who,
                rank: Rank::Own,
                why: Why::Name,
            };
            self.put(&format!("{}{}", first.whole, family.whole), said, true);
            let from = folded[..last].iter().position(|piece| is_particle(piece));
            if let Some(from) = from.filter(|from| *from > 0) {
                self.put(&folded[from..].concat(), said, true);
            }
            self.pieces[who].initials.extend(initials(&kept));
        }
    }

    /// The usual short forms of a given name.
    fn short(&mut self, who: usize, given: &str) {
        for nick in NICKNAMES.get(given).into_iter().flatten() {
            let said = Said {
                who,
                rank: Rank::Short,
                why: Why::Nickname,
            };
            self.put(nick, said, false);
        }
    }

    fn called(&mut self, who: usize, called: &str, why: Why) {
        let text = Text::read(called);
        let whole: String = text.words.iter().map(|word| word.folded.as_str()).collect();
        if whole.chars().count() > 1 {
            self.put(
                &whole,
                Said {
                    who,
                    rank: Rank::Own,
                    why,
                },
                true,
            );
        }
    }

    fn put(&mut self, folded: &str, said: Said, apart: bool) {
        self.firsts.extend(first(folded));
        self.longest = self.longest.max(folded.len());
        let form = self.by_word.entry(folded.to_owned()).or_default();
        form.apart |= apart;
        match form.said.iter_mut().find(|known| known.who == said.who) {
            Some(known) if known.rank <= said.rank => {}
            Some(known) => *known = said,
            None => form.said.push(said),
        }
        let near = (folded.to_owned(), said);
        if said.rank == Rank::Own && !self.near.contains(&near) {
            self.near.push(near);
        }
    }
}

fn first(folded: &str) -> Option<[u8; 2]> {
    folded.as_bytes().first_chunk().copied()
}

/// The first letter, with those of any names that follow: "jk", "jmk" and "jm" of John Martin King.
fn initials(pieces: &[&Piece]) -> BTreeSet<String> {
    let letters: Vec<char> = pieces
        .iter()
        .flat_map(|piece| piece.parts.iter().filter_map(|part| part.chars().next()))
        .take(6)
        .collect();
    let rest = letters.len().saturating_sub(1);
    let chosen = |which: usize| {
        let kept = letters.iter().enumerate();
        let kept = kept.filter(|(at, _)| *at == 0 || which & (1 << (at - 1)) != 0);
        kept.map(|(_, letter)| *letter).collect::<String>()
    };
    let mut initials: BTreeSet<String> = (1..1_usize << rest).map(chosen).collect();
    for piece in pieces.iter().filter(|piece| piece.parts.len() > 1) {
        initials.insert(
            piece
                .parts
                .iter()
                .filter_map(|part| part.chars().next())
                .collect(),
        );
    }
    initials
}

fn pieces(name: &str) -> Vec<Piece> {
    let text = Text::read(name);
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, word) in text.words.iter().enumerate() {
        if TITLES.contains(&word.folded.as_str()) {
            continue;
        }
        // A clitic in a name is a letter of it.
        let folded = crate::letters::fold(&text.raw[word.range.start..word.end]);
        let gap = text.gap(at);
        match pieces
            .last_mut()
            .filter(|_| at > 0 && matches!(gap, "" | "-" | "‐" | "‑"))
        {
            Some(piece) if gap.is_empty() => {
                piece.whole.push_str(&folded);
                if let Some(part) = piece.parts.last_mut() {
                    part.push_str(&folded);
                }
            }
            Some(piece) => {
                piece.whole.push_str(&folded);
                piece.parts.push(folded);
            }
            None => pieces.push(Piece {
                whole: folded.clone(),
                parts: vec![folded],
            }),
        }
    }
    pieces
}

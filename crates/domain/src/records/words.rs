//! The words of a record, by what they are about. They are kept as they are typed, half a sentence too.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Kind;
use super::merge::merge;

/// What a piece of a record is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Of the group: what was spoken about.
    Themes,
    /// What who leads did.
    Interventions,
    /// How people were with each other.
    Dynamics,
    /// For the next session.
    Next,
    /// Of one member: how they took part.
    Participation,
    /// How they took what was done.
    Response,
    /// Towards their own goals.
    Progress,
    /// Danger to themselves or others, and what was done about it.
    Risk,
    /// What is agreed for them.
    Plan,
    /// What they said helped them (DOMAIN D11).
    Helped,
    /// An author's own.
    Own,
}

/// All words of one record. Shown by nothing that is written into a log.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(BTreeMap<Field, String>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    #[error("This record has no field “{0:?}”.")]
    NotOfIts(Field),
    #[error("“{field:?}” has {has} characters; the most is {most}. Shorten it.", most = Words::MOST)]
    TooLong { field: Field, has: usize },
}

/// What became of words that two wrote at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Together {
    pub words: Words,
    /// Where both wrote in the same place: both stand there now, one below the other.
    pub both: Vec<Field>,
}

impl Field {
    pub const ALL: [Self; 11] = [
        Self::Themes,
        Self::Interventions,
        Self::Dynamics,
        Self::Next,
        Self::Participation,
        Self::Response,
        Self::Progress,
        Self::Risk,
        Self::Plan,
        Self::Helped,
        Self::Own,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Themes => "themes",
            Self::Interventions => "interventions",
            Self::Dynamics => "dynamics",
            Self::Next => "next",
            Self::Participation => "participation",
            Self::Response => "response",
            Self::Progress => "progress",
            Self::Risk => "risk",
            Self::Plan => "plan",
            Self::Helped => "helped",
            Self::Own => "own",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// Those of a session record, in order.
    pub const OF_SESSION: &'static [Self] = &[Self::Themes, Self::Interventions, Self::Dynamics, Self::Next];
    /// Those of one member's part.
    pub const OF_PART: &'static [Self] = &[
        Self::Participation,
        Self::Response,
        Self::Progress,
        Self::Risk,
        Self::Plan,
        Self::Helped,
    ];
    /// That of a process note.
    pub const OF_NOTE: &'static [Self] = &[Self::Own];

    /// The fields of a record of this kind.
    pub const fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Session => Self::OF_SESSION,
            Kind::Individual(_) => Self::OF_PART,
            Kind::Process => Self::OF_NOTE,
        }
    }
}

impl Words {
    /// The most characters of a field.
    pub const MOST: usize = 20_000;

    /// Words for a record that has those fields; what is empty is left out.
    pub fn new(of: &[Field], fields: impl IntoIterator<Item = (Field, String)>) -> Result<Self, WordsError> {
        let mut words = BTreeMap::new();
        for (field, text) in fields {
            if !of.contains(&field) {
                return Err(WordsError::NotOfIts(field));
            }
            let text = clean(&text);
            let has = text.chars().count();
            if has > Self::MOST {
                return Err(WordsError::TooLong { field, has });
            }
            if !text.is_empty() {
                words.insert(field, text);
            }
        }
        Ok(Self(words))
    }

    pub fn get(&self, field: Field) -> &str {
        self.0.get(&field).map_or("", String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.0.values().all(|text| text.trim().is_empty())
    }

    /// These with another text in one field.
    pub fn saying(self, of: &[Field], field: Field, text: String) -> Result<Self, WordsError> {
        let others = self.0.into_iter().filter(|(other, _)| *other != field);
        Self::new(of, others.chain([(field, text)]))
    }

    /// What is there, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(field, text)| (*field, text.as_str()))
    }

    /// All of it as one text: to be looked through, or compared.
    pub fn whole(&self) -> String {
        let texts: Vec<&str> = self.iter().map(|(_, text)| text).collect();
        texts.join("\n\n")
    }

    /// These, but for some fields as they were.
    pub fn but(mut self, was: impl IntoIterator<Item = (Field, String)>) -> Self {
        for (field, text) in was {
            self.0.insert(field, clean(&text));
        }
        self
    }

    /// These where somebody else wrote `theirs` meanwhile, both from `base` on. No word of either is lost.
    pub fn with(&self, base: &Self, theirs: &Self) -> Together {
        self.put_together(base, theirs, |_, _| false)
    }

    /// These where the same person wrote `before` meanwhile, perhaps in the same page: what goes on from it stands in its place, and the
    /// rest is put together as of two.
    pub fn going_on(&self, base: &Self, before: &Self) -> Together {
        self.put_together(base, before, goes_on)
    }

    fn put_together(&self, base: &Self, theirs: &Self, replaces: impl Fn(&str, &str) -> bool) -> Together {
        let mut together = Together::default();
        for field in Field::ALL {
            let (base, theirs, mine) = (base.get(field), theirs.get(field), self.get(field));
            let (text, both) = if mine != base && replaces(theirs, mine) {
                (mine.to_owned(), false)
            } else {
                merge(base, theirs, mine)
            };
            // Two that were each short enough may be too long together: what is over the most is refused when it is next saved.
            if both {
                together.both.push(field);
            }
            if !text.is_empty() {
                together.words.0.insert(field, text);
            }
        }
        together
    }
}

/// Whether `later` is what a text became as one typed on: all of its words in their order, each perhaps finished since.
fn goes_on(text: &str, later: &str) -> bool {
    let mut words = later.split_whitespace();
    text.split_whitespace()
        .all(|word| words.any(|one| one.starts_with(word)))
}

/// Line breaks in one form, and no other control characters; nothing else of what was typed is changed.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(is_kept).collect()
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words([sealed])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(fields: &[(Field, &str)]) -> Words {
        let fields = fields.iter().map(|(field, text)| (*field, (*text).to_owned()));
        Words::new(Field::OF_SESSION, fields).unwrap()
    }

    #[test]
    fn words_are_kept_as_typed_in_the_fields_of_their_kind() {
        let kept = words(&[
            (Field::Themes, "Grief,\r\n  and \u{7}a half senten"),
            (Field::Next, ""),
        ]);
        assert_eq!(kept.get(Field::Themes), "Grief,\n  and a half senten");
        assert_eq!(kept.iter().count(), 1);
        assert_eq!(
            Words::new(Field::OF_SESSION, [(Field::Risk, "x".to_owned())]),
            Err(WordsError::NotOfIts(Field::Risk))
        );
        let long = "x".repeat(Words::MOST + 1);
        assert_eq!(
            Words::new(Field::OF_NOTE, [(Field::Own, long)]),
            Err(WordsError::TooLong {
                field: Field::Own,
                has: Words::MOST + 1
            })
        );
        assert!(!format!("{kept:?}").contains("Grief"));
    }

    #[test]
    fn two_who_write_in_different_fields_or_places_are_simply_put_together() {
        let base = words(&[(Field::Themes, "Grief. Work.")]);
        let theirs = words(&[(Field::Themes, "Grief. Work. Sleep."), (Field::Next, "Letters")]);
        let mine = words(&[(Field::Themes, "Old grief. Work."), (Field::Dynamics, "Warm")]);
        let together = mine.with(&base, &theirs);
        assert_eq!(together.words.get(Field::Themes), "Old grief. Work. Sleep.");
        assert_eq!(together.words.get(Field::Next), "Letters");
        assert_eq!(together.words.get(Field::Dynamics), "Warm");
        assert_eq!(together.both, []);
    }

    #[test]
    fn what_one_typed_on_stands_in_place_of_ones_own_words_before() {
        let base = words(&[(Field::Themes, "Alpha")]);
        let before = words(&[(Field::Themes, "Alpha beta gam"), (Field::Next, "Letters")]);
        let mine = words(&[(Field::Themes, "Alpha beta gamma delta")]);
        let together = mine.going_on(&base, &before);
        assert_eq!(together.words.get(Field::Themes), "Alpha beta gamma delta");
        // What was written in another window and not here stays.
        assert_eq!(together.words.get(Field::Next), "Letters");
        assert_eq!(together.both, []);
        // It does not go on from that: both stand there, as of two.
        let other = words(&[(Field::Themes, "Alpha, and sleep")]);
        let together = other.going_on(&base, &before);
        assert_eq!(together.both, [Field::Themes]);
        let themes = together.words.get(Field::Themes);
        assert!(themes.contains("gam") && themes.contains("sleep"), "{themes}");
    }

    #[test]
    fn where_both_wrote_in_one_place_both_stand() {
        let base = words(&[(Field::Themes, "Grief")]);
        let theirs = words(&[(Field::Themes, "Grief and sleep")]);
        let mine = words(&[(Field::Themes, "Grief at work")]);
        let together = mine.with(&base, &theirs);
        assert_eq!(together.both, [Field::Themes]);
        for word in ["Grief", "and", "sleep", "at", "work"] {
            assert!(together.words.get(Field::Themes).contains(word), "{word}");
        }
    }
}

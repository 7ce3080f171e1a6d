//! Agreements that a person signs before joining a therapy group, and the ground rules of a support group (DOMAIN D10; SCIENCE 6 a, b).
//!
//! A text is known by the hash of its words. Who signed a text signed those words: when they change, it is asked for again.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::text::{Line, Prose};

/// What a text is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Consent to treatment in this group.
    Treatment,
    /// What stays in the group, the limits of that, and that other members are not bound by law.
    Confidentiality,
    GroundRules,
    /// The ground rules of a support group, which one says yes to when one first comes.
    PeerRules,
    /// Meeting by video or phone.
    Telehealth,
    /// How records of a programme for substance use are protected (42 CFR Part 2).
    SubstanceUse,
    /// A parent or guardian consents for someone under age.
    Guardian,
    /// Someone under age agrees themselves.
    Assent,
}

/// The hash of a text, as 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TextHash(String);

/// A text to sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    kind: Kind,
    title: Line,
    words: Prose,
}

/// Who puts their name under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signer {
    Person,
    Guardian,
}

/// What decides which texts are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances {
    pub meets: Meets,
    pub programme: Programme,
    pub age: Age,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meets {
    InPerson,
    /// Always or sometimes by video or phone.
    Online,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Programme {
    General,
    /// 42 CFR Part 2 applies.
    SubstanceUse,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Age {
    Adult,
    /// Not of the age at which one consents to treatment oneself.
    Minor,
}

/// That someone signed a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub kind: Kind,
    pub hash: TextHash,
    /// As it was typed.
    pub name: Line,
    pub signer: Signer,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextRefused {
    /// Without it people think that the others are bound as the leader is.
    #[error("the text on confidentiality has to say, in these words: “{NOT_BOUND}”")]
    NotBoundMissing,
}

/// The sentence that every text on confidentiality has.
pub const NOT_BOUND: &str = "The other members are not bound by law to keep what you say private.";

impl Kind {
    pub const ALL: [Self; 8] = [
        Self::Treatment,
        Self::Confidentiality,
        Self::GroundRules,
        Self::PeerRules,
        Self::Telehealth,
        Self::SubstanceUse,
        Self::Guardian,
        Self::Assent,
    ];

    /// As it stands in the database, in addresses and in the names of files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Treatment => "treatment",
            Self::Confidentiality => "confidentiality",
            Self::GroundRules => "ground-rules",
            Self::PeerRules => "peer-rules",
            Self::Telehealth => "telehealth",
            Self::SubstanceUse => "substance-use",
            Self::Guardian => "guardian",
            Self::Assent => "assent",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Who signs it.
    pub const fn signer(self) -> Signer {
        match self {
            Self::Guardian => Signer::Guardian,
            _ => Signer::Person,
        }
    }

    /// Whether it is asked for before joining a therapy group under these circumstances.
    pub fn is_needed(self, under: Circumstances) -> bool {
        match self {
            Self::Confidentiality | Self::GroundRules => true,
            Self::Treatment => under.age == Age::Adult,
            Self::Guardian | Self::Assent => under.age == Age::Minor,
            Self::Telehealth => under.meets == Meets::Online,
            Self::SubstanceUse => under.programme == Programme::SubstanceUse,
            Self::PeerRules => false,
        }
    }
}

impl Programme {
    pub const fn name(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::SubstanceUse => "substance-use",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        [Self::General, Self::SubstanceUse]
            .into_iter()
            .find(|programme| programme.name() == name)
    }
}

impl Age {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Adult => "adult",
            Self::Minor => "minor",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        [Self::Adult, Self::Minor]
            .into_iter()
            .find(|age| age.name() == name)
    }
}

impl Signer {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Guardian => "guardian",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        [Self::Person, Self::Guardian]
            .into_iter()
            .find(|signer| signer.name() == name)
    }
}

impl TextHash {
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Text {
    pub fn new(kind: Kind, title: Line, words: Prose) -> Result<Self, TextRefused> {
        let flat = words.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
        if kind == Kind::Confidentiality && !flat.contains(NOT_BOUND) {
            return Err(TextRefused::NotBoundMissing);
        }
        Ok(Self { kind, title, words })
    }

    pub const fn kind(&self) -> Kind {
        self.kind
    }

    pub const fn title(&self) -> &Line {
        &self.title
    }

    pub const fn words(&self) -> &Prose {
        &self.words
    }

    /// Of all that is read before signing.
    pub fn hash(&self) -> TextHash {
        let mut hash = Sha256::new();
        for part in [self.kind.name(), self.title.as_str(), self.words.as_str()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let mut digits = String::with_capacity(64);
        for byte in hash.finalize() {
            let both = [byte >> 4, byte & 15].map(u32::from);
            digits.extend(both.into_iter().filter_map(|half| char::from_digit(half, 16)));
        }
        TextHash(digits)
    }
}

/// The texts that are asked for and not signed as they read now, in the order of the kinds. Only the right hand counts: a
/// person does not sign for their guardian.
pub fn missing<'t>(
    texts: &'t [Text],
    under: Circumstances,
    signed: &[Signature],
) -> impl Iterator<Item = &'t Text> {
    let mut missing: Vec<&Text> = texts
        .iter()
        .filter(|text| text.kind.is_needed(under))
        .filter(|text| {
            let hash = text.hash();
            !signed
                .iter()
                .any(|one| one.kind == text.kind && one.hash == hash && one.signer == text.kind.signer())
        })
        .collect();
    missing.sort_by_key(|text| text.kind);
    missing.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(kind: Kind, words: &str) -> Text {
        let words = format!("{words} {NOT_BOUND}");
        Text::new(
            kind,
            Line::parse("A title").unwrap(),
            Prose::parse(&words).unwrap(),
        )
        .unwrap()
    }

    fn all() -> Vec<Text> {
        Kind::ALL
            .into_iter()
            .rev()
            .map(|kind| text(kind, "Words."))
            .collect()
    }

    fn sign(text: &Text, signer: Signer) -> Signature {
        Signature {
            kind: text.kind(),
            hash: text.hash(),
            name: Line::parse("Jordan Ellis").unwrap(),
            signer,
            at: "2026-11-24T15:00:00Z".parse().unwrap(),
        }
    }

    fn under(meets: Meets, programme: Programme, age: Age) -> Circumstances {
        Circumstances {
            meets,
            programme,
            age,
        }
    }

    fn names(under: Circumstances, signed: &[Signature]) -> String {
        let texts = all();
        let names: Vec<_> = missing(&texts, under, signed)
            .map(|text| text.kind().name())
            .collect();
        names.join(" ")
    }

    #[test]
    fn what_is_asked_for_follows_from_the_circumstances() {
        use {Age::*, Meets::*, Programme::*};
        let table = [
            (InPerson, General, Adult, "treatment confidentiality ground-rules"),
            (
                Online,
                General,
                Adult,
                "treatment confidentiality ground-rules telehealth",
            ),
            (
                InPerson,
                SubstanceUse,
                Adult,
                "treatment confidentiality ground-rules substance-use",
            ),
            (
                Online,
                SubstanceUse,
                Adult,
                "treatment confidentiality ground-rules telehealth substance-use",
            ),
            (
                InPerson,
                General,
                Minor,
                "confidentiality ground-rules guardian assent",
            ),
            (
                Online,
                General,
                Minor,
                "confidentiality ground-rules telehealth guardian assent",
            ),
            (
                InPerson,
                SubstanceUse,
                Minor,
                "confidentiality ground-rules substance-use guardian assent",
            ),
            (
                Online,
                SubstanceUse,
                Minor,
                "confidentiality ground-rules telehealth substance-use guardian assent",
            ),
        ];
        for (meets, programme, age, wanted) in table {
            assert_eq!(names(under(meets, programme, age), &[]), wanted);
        }
    }

    #[test]
    fn what_was_signed_counts_until_its_words_change() {
        let adult = under(Meets::InPerson, Programme::General, Age::Adult);
        let signed: Vec<_> = all().iter().map(|text| sign(text, Signer::Person)).collect();
        assert_eq!(names(adult, &signed), "");
        let changed = [text(Kind::GroundRules, "Other words.")];
        assert_eq!(missing(&changed, adult, &signed).count(), 1);
        let titled = Text::new(
            Kind::GroundRules,
            Line::parse("Another title").unwrap(),
            text(Kind::GroundRules, "Words.").words().clone(),
        );
        assert_eq!(missing(&[titled.unwrap()], adult, &signed).count(), 1);
    }

    #[test]
    fn nobody_signs_for_their_guardian() {
        let minor = under(Meets::InPerson, Programme::General, Age::Minor);
        let alone: Vec<_> = all().iter().map(|text| sign(text, Signer::Person)).collect();
        assert_eq!(names(minor, &alone), "guardian");
        let mut both = alone;
        both.push(sign(&text(Kind::Guardian, "Words."), Signer::Guardian));
        assert_eq!(names(minor, &both), "");
    }

    #[test]
    fn a_text_on_confidentiality_says_that_members_are_not_bound_by_law() {
        let (title, words) = (
            Line::parse("Private").unwrap(),
            Prose::parse("All stays here.").unwrap(),
        );
        let text = Text::new(Kind::Confidentiality, title, words);
        assert_eq!(text, Err(TextRefused::NotBoundMissing));
        let broken = NOT_BOUND.replace("not bound", "not\nbound");
        let words = Prose::parse(&broken).unwrap();
        assert!(Text::new(Kind::Confidentiality, Line::parse("Private").unwrap(), words).is_ok());
    }

    #[test]
    fn names_and_hashes_are_read_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::named(kind.name()), Some(kind));
            let hash = text(kind, "Words.").hash();
            assert_eq!(TextHash::parse(hash.as_str()), Some(hash));
        }
        let hashes: std::collections::BTreeSet<String> =
            all().iter().map(|text| text.hash().to_string()).collect();
        assert_eq!(hashes.len(), Kind::ALL.len());
        assert_eq!(TextHash::parse("ABC"), None);
        for age in [Age::Adult, Age::Minor] {
            assert_eq!(Age::named(age.name()), Some(age));
        }
        for signer in [Signer::Person, Signer::Guardian] {
            assert_eq!(Signer::named(signer.name()), Some(signer));
        }
    }
}

//! Where someone is and how far they would go: read and looked up the same way for groups and providers.

use finder::{Found, Place};

/// How far "near" reaches when nobody says, in miles.
pub const USUAL_MILES: f64 = 25.0;
/// The distances offered in the form, in the unit asked for.
pub const DISTANCES: [u16; 6] = [2, 5, 10, 25, 50, 100];

const LONGEST: usize = 200;
const KM_PER_MILE: f64 = 1.609_344;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distance {
    /// Nobody said: [`USUAL_MILES`].
    Usual,
    /// In the unit asked for.
    Within(f64),
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Miles,
    Kilometres,
}

/// A parameter whose value means nothing, and the words that say what does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub parameter: &'static str,
    pub value: String,
    /// Id of a sentence in `words/en`; it takes `$value`.
    pub sentence: &'static str,
}

/// What became of `near`.
#[derive(Debug, Clone)]
pub enum Near {
    /// Nothing was typed.
    Nowhere,
    Here(Place),
    /// Several places have that name; the person chooses.
    Several(Vec<Place>),
    /// Id of the sentence that says why it was not found.
    Unknown(&'static str),
}

impl Problem {
    pub fn new(parameter: &'static str, value: &str, sentence: &'static str) -> Self {
        Self {
            parameter,
            value: value.chars().take(40).collect(),
            sentence,
        }
    }
}

impl Near {
    /// Where this is, looked up on this machine.
    pub fn resolve(typed: &str) -> Self {
        if typed.is_empty() {
            return Self::Nowhere;
        }
        match finder::places().resolve(typed) {
            Found::One(place) => Self::Here(place),
            Found::Several(places) => Self::Several(places),
            Found::Unknown(why) => Self::Unknown(unknown_sentence(why)),
        }
    }
}

impl Distance {
    pub fn parse(value: &str) -> Option<Self> {
        if value.eq_ignore_ascii_case("any") {
            return Some(Self::Any);
        }
        let distance: f64 = value.parse().ok()?;
        (distance > 0.0 && distance <= 25_000.0).then_some(Self::Within(distance))
    }

    /// The value of `distance` in a URL; empty when nobody said.
    pub fn parameter(self) -> String {
        match self {
            Self::Usual => String::new(),
            Self::Within(distance) => distance.to_string(),
            Self::Any => "any".to_owned(),
        }
    }

    /// None is any distance.
    pub fn km(self, unit: Unit) -> Option<f64> {
        match self {
            Self::Usual => Some(Unit::Miles.km(USUAL_MILES)),
            Self::Within(distance) => Some(unit.km(distance)),
            Self::Any => None,
        }
    }
}

impl Unit {
    pub fn parse(value: &str) -> Option<Self> {
        match value.to_ascii_lowercase().as_str() {
            "mi" | "mile" | "miles" => Some(Self::Miles),
            "km" | "kilometers" | "kilometres" => Some(Self::Kilometres),
            _ => None,
        }
    }

    /// The value of `unit` in a URL; empty for the usual one.
    pub fn parameter(self) -> &'static str {
        match self {
            Self::Miles => "",
            Self::Kilometres => "km",
        }
    }

    pub fn km(self, distance: f64) -> f64 {
        match self {
            Self::Miles => distance * KM_PER_MILE,
            Self::Kilometres => distance,
        }
    }

    pub fn of_km(self, km: f64) -> f64 {
        match self {
            Self::Miles => km / KM_PER_MILE,
            Self::Kilometres => km,
        }
    }
}

pub fn unknown_sentence(why: finder::WhyUnknown) -> &'static str {
    match why {
        finder::WhyUnknown::NoSuchZip => "near-no-such-zip",
        finder::WhyUnknown::NoSuchTown => "near-no-such-town",
        finder::WhyUnknown::NotOnTheGlobe => "near-not-on-the-globe",
        finder::WhyUnknown::Empty => "near-empty",
    }
}

/// As much of a parameter as is read.
pub fn shortened(value: &str) -> String {
    let read: String = value.chars().take(LONGEST).collect();
    read.trim().to_owned()
}

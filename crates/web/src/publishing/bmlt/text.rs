//! `SearchString`: numbers of meetings, or words, found as MySQL's full-text search finds them with its usual settings.

use domain::text::fold;
use feeds::bmlt::Meeting;

use super::php::{intval, numeric};

/// Words of fewer letters are not looked for.
const LEAST: usize = 3;
/// Nor are these.
const STOPWORDS: [&str; 36] = [
    "a", "about", "an", "are", "as", "at", "be", "by", "com", "de", "en", "for", "from", "how", "i", "in",
    "is", "it", "la", "of", "on", "or", "that", "the", "this", "to", "was", "what", "when", "where", "who",
    "will", "with", "und", "the", "www",
];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sought {
    Ids(Vec<u64>),
    /// A meeting with any of them.
    Words(Vec<String>),
}

impl Sought {
    pub(crate) fn read(text: &str) -> Self {
        let parts: Vec<&str> = text.split(',').collect();
        if parts.iter().all(|part| numeric(part).is_some()) {
            let ids = parts
                .into_iter()
                .map(|part| u64::try_from(intval(part)).unwrap_or(0));
            return Self::Ids(ids.collect());
        }
        Self::Words(words(text).collect())
    }

    pub(crate) fn is_in(&self, meeting: &Meeting) -> bool {
        match self {
            Self::Ids(ids) => ids.contains(&meeting.id),
            Self::Words(sought) => texts(meeting)
                .into_iter()
                .any(|text| words(text).any(|word| sought.contains(&word))),
        }
    }
}

/// What a meeting says of itself.
fn texts(meeting: &Meeting) -> [&str; 9] {
    [
        &meeting.name,
        &meeting.place,
        &meeting.directions,
        &meeting.street,
        &meeting.town,
        &meeting.province,
        &meeting.postal,
        &meeting.nation,
        &meeting.comments,
    ]
}

/// Letters, digits and underscores are words; case and accents do not matter.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| word.chars().count() >= LEAST)
        .map(|word| fold::words(word).concat())
        .filter(|word| !STOPWORDS.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_whole_word_is_enough_whatever_its_accents() {
        let meeting = Meeting {
            id: 7,
            name: "Women's Café: living clean".to_owned(),
            ..Meeting::default()
        };
        for (text, found) in [
            ("cafe", true),
            ("nothing CLEAN", true),
            ("women's", true),
            ("womens", false),
            ("clea", false),
            ("the of", false),
            ("7", true),
            ("7,8", true),
            ("8", false),
            ("7,clean", true),
        ] {
            assert_eq!(Sought::read(text).is_in(&meeting), found, "{text}");
        }
    }
}

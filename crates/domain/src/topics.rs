//! What groups are about: disorders and situations in life, in plain words, each with what both kinds of group can do.
//!
//! One [`Catalogue`] serves the pages of topics, the finder, the chooser and listings.

use std::collections::{BTreeMap, HashMap};

use crate::groups::{Audience, Listing, Source};
use crate::name::Name;
use crate::references::Backing;
use crate::text::{Line, Prose, fold};

/// A condition or a situation in life.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    pub id: Name,
    pub name: Line,
    /// The id of its [`Family`].
    pub family: Name,
    /// What it is, in two sentences.
    pub plain: Prose,
    /// What people type and feeds write; each belongs to one topic only.
    pub synonyms: Vec<Line>,
    /// Whether someone who reads about it may well be in danger: help comes first then.
    pub crisis: Urgency,
    /// Ids of measures that are about it ("phq-9").
    pub measures: Vec<Name>,
    pub related: Vec<Name>,
    /// Ids of articles.
    pub learn: Vec<Name>,
    /// Programmes whose groups are all about it ("Al-Anon").
    pub programmes: Vec<Line>,
    /// Type codes of feeds that mean it, by format ("meeting-guide": "DD").
    pub codes: BTreeMap<String, Vec<String>>,
    /// People whose groups are about it.
    pub audience: Vec<Audience>,
    pub therapy: Usefulness,
    pub support: Usefulness,
}

/// What one kind of group can do for a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Usefulness {
    pub how_often: HowOften,
    pub text: Prose,
    pub backing: Backing,
}

/// How useful it usually is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowOften {
    Often,
    Sometimes,
    Seldom,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// The card with help stands first.
    HelpFirst,
    Usual,
}

/// Topics that belong together ("loss").
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    pub id: Name,
    pub name: Line,
}

/// All topics, and the ways to them.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    families: Vec<Family>,
    topics: Vec<Topic>,
    by_id: HashMap<Name, usize>,
    /// Names and synonyms, folded.
    by_words: HashMap<String, usize>,
    /// Names of programmes, folded.
    by_programme: HashMap<String, Vec<usize>>,
}

/// What keeps topics from being a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Clash {
    #[error("the id {0} is taken by another topic or family")]
    Id(Name),
    #[error("“{words}” belongs to {other} already; a name or synonym leads to one topic only")]
    Words { words: String, other: Name },
}

impl Catalogue {
    /// The catalogue of these topics, or each topic (by its number) that clashes with an earlier one.
    pub fn new(families: Vec<Family>, topics: Vec<Topic>) -> Result<Self, Vec<(usize, Clash)>> {
        let mut clashes = Vec::new();
        let (mut by_id, mut by_words) = (HashMap::new(), HashMap::new());
        let mut by_programme: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, topic) in topics.iter().enumerate() {
            let a_family = families.iter().any(|family| family.id == topic.id);
            if a_family || by_id.insert(topic.id.clone(), number).is_some() {
                clashes.push((number, Clash::Id(topic.id.clone())));
            }
            for words in std::iter::once(&topic.name).chain(&topic.synonyms) {
                match by_words.insert(folded(words.as_str()), number) {
                    Some(other) if other != number => clashes.push((
                        number,
                        Clash::Words {
                            words: words.to_string(),
                            other: topics[other].id.clone(),
                        },
                    )),
                    _ => {}
                }
            }
            for programme in &topic.programmes {
                by_programme
                    .entry(folded(programme.as_str()))
                    .or_default()
                    .push(number);
            }
        }
        if clashes.is_empty() {
            Ok(Self {
                families,
                topics,
                by_id,
                by_words,
                by_programme,
            })
        } else {
            Err(clashes)
        }
    }

    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    pub fn families(&self) -> &[Family] {
        &self.families
    }

    pub fn get(&self, id: &str) -> Option<&Topic> {
        self.by_id.get(id).map(|number| &self.topics[*number])
    }

    pub fn family(&self, id: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.id.as_str() == id)
    }

    pub fn of_family(&self, id: &Name) -> impl Iterator<Item = &Topic> {
        self.topics.iter().filter(move |topic| topic.family == *id)
    }

    /// The topic that goes by this name or synonym, whatever the case, accents and punctuation.
    pub fn named(&self, words: &str) -> Option<&Topic> {
        self.by_words
            .get(&folded(words))
            .map(|number| &self.topics[*number])
    }

    /// What a listing is about: by its topics, by what its feed said of it, by the programme it is from, by whom it is for.
    /// Each topic once, in the order of the catalogue.
    pub fn of(&self, listing: &Listing) -> Vec<&Topic> {
        let numbers = self.numbers_of(listing);
        numbers.into_iter().map(|number| &self.topics[number]).collect()
    }

    /// The same as places in [`Self::topics`].
    pub fn numbers_of(&self, listing: &Listing) -> Vec<usize> {
        let said = listing.topics.iter().chain(&listing.remarks);
        let mut numbers: Vec<usize> = said
            .filter_map(|line| self.by_words.get(&folded(line.as_str())))
            .copied()
            .collect();
        if let Source::Feed { programme } = &listing.source {
            let programme = self.by_programme.get(&folded(programme.as_str()));
            numbers.extend(programme.into_iter().flatten());
        }
        let for_them = |topic: &Topic| {
            topic
                .audience
                .iter()
                .any(|audience| listing.audience.contains(audience))
        };
        let for_them = self
            .topics
            .iter()
            .enumerate()
            .filter(|(_, topic)| for_them(topic));
        numbers.extend(for_them.map(|(number, _)| number));
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

fn folded(words: &str) -> String {
    fold::words(words).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        Line::parse(text).unwrap()
    }

    fn topic(id: &str, name: &str, synonyms: &[&str]) -> Topic {
        let usefulness = Usefulness {
            how_often: HowOften::Often,
            text: Prose::parse("It helps.").unwrap(),
            backing: Backing::Ours,
        };
        Topic {
            id: Name::parse(id).unwrap(),
            name: line(name),
            family: Name::parse("loss-in-life").unwrap(),
            plain: Prose::parse("It is so. It passes.").unwrap(),
            synonyms: synonyms.iter().map(|text| line(text)).collect(),
            crisis: Urgency::Usual,
            measures: vec![],
            related: vec![],
            learn: vec![],
            programmes: vec![],
            codes: BTreeMap::new(),
            audience: vec![],
            therapy: usefulness.clone(),
            support: usefulness,
        }
    }

    #[test]
    fn a_topic_is_found_by_what_people_type() {
        let catalogue =
            Catalogue::new(vec![], vec![topic("ptsd", "PTSD", &["post-traumatic stress"])]).unwrap();
        for typed in ["ptsd", "P.T.S.D.", "Post traumatic  Stress"] {
            assert_eq!(catalogue.named(typed).unwrap().id.as_str(), "ptsd", "{typed}");
        }
        assert_eq!(catalogue.named("stress"), None);
    }

    #[test]
    fn a_synonym_leads_to_one_topic_only() {
        let topics = vec![
            topic("grief", "Grief", &["loss"]),
            topic("divorce", "Divorce", &["Loss!"]),
        ];
        let (number, clash) = Catalogue::new(vec![], topics).unwrap_err().remove(0);
        assert_eq!(number, 1);
        assert_eq!(
            clash.to_string(),
            "“Loss!” belongs to grief already; a name or synonym leads to one topic only"
        );
    }
}

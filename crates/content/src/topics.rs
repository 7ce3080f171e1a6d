//! `topics/*.toml`: the catalogue.

use std::collections::{BTreeMap, HashMap};

use domain::groups::Audience;
use domain::name::Name;
use domain::text::{Line, Prose, fold};
use domain::topics::{Catalogue, Family, HowOften, Topic, Urgency, Usefulness};
use serde::Deserialize;
use toml::Spanned;

use crate::MEASURES;
use crate::files::{self, Files, Slip};
use crate::sources::Sources;

const FAMILIES: &str = "topics/families.toml";
/// The words of each format's type codes.
const CODES: &str = "feeds/meeting-guide-types.json";

/// The catalogue, and where each topic stands.
pub(crate) struct Topics {
    pub(crate) catalogue: Catalogue,
    places: HashMap<Name, (String, usize)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Families {
    family: Vec<RawFamily>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFamily {
    id: Name,
    name: Line,
    file: Name,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    topic: Vec<Spanned<Raw>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: Name,
    name: Line,
    plain: Prose,
    synonyms: Vec<Line>,
    crisis: bool,
    measures: Vec<Name>,
    related: Vec<Name>,
    learn: Vec<Name>,
    programmes: Vec<Line>,
    #[serde(default)]
    codes: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    audience: Vec<Audience>,
    therapy: RawUsefulness,
    support: RawUsefulness,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawUsefulness {
    #[serde(rename = "use")]
    how_often: RawHowOften,
    text: Prose,
    source: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RawHowOften {
    Often,
    Sometimes,
    Seldom,
}

pub(crate) fn read(files: &Files, sources: &Sources, slips: &mut Vec<Slip>) -> Topics {
    let families = files
        .toml::<Families>(FAMILIES, slips)
        .map_or_else(Vec::new, |families| families.family);
    let mut topics = Vec::new();
    let mut places = HashMap::new();
    for family in &families {
        let path = format!("topics/{}.toml", family.file);
        let Some(File { topic }) = files.toml(&path, slips) else {
            continue;
        };
        let text = files.get(&path).unwrap_or_default();
        for raw in topic {
            let line = files::line(text, &raw.span());
            let raw = raw.into_inner();
            places.insert(raw.id.clone(), (path.clone(), line));
            let id = raw.id.clone();
            let at = |what: String| Slip::new(&path, Some(line), format!("{id}: {what}"));
            check(&raw, at, slips);
            topics.push(topic_of(raw, &family.id, sources, at, slips));
        }
    }
    unclaimed(files, &families, slips);
    let family = |raw: &RawFamily| Family {
        id: raw.id.clone(),
        name: raw.name.clone(),
    };
    let ids: Vec<Name> = topics.iter().map(|topic| topic.id.clone()).collect();
    let catalogue = Catalogue::new(families.iter().map(family).collect(), topics).unwrap_or_else(|clashes| {
        slips.extend(clashes.into_iter().map(|(number, clash)| {
            let (path, line) = ids
                .get(number)
                .and_then(|id| places.get(id))
                .cloned()
                .unwrap_or_default();
            Slip::new(&path, Some(line), clash.to_string())
        }));
        Catalogue::default()
    });
    let topics = Topics { catalogue, places };
    topics.codes(files, slips);
    topics
}

impl Topics {
    /// A slip at the place of a topic.
    pub(crate) fn slip(&self, id: &Name, what: String) -> Slip {
        match self.places.get(id) {
            Some((path, line)) => Slip::new(path, Some(*line), format!("{id}: {what}")),
            None => Slip::new(FAMILIES, None, what),
        }
    }

    /// Listings keep a code as its words; so these must lead to the topic that claims the code.
    fn codes(&self, files: &Files, slips: &mut Vec<Slip>) {
        let text = files.get(CODES).unwrap_or("{}");
        // JSON of this shape is YAML's and TOML's inline table in all but the colon; a full reader is in `feeds`.
        let words: HashMap<&str, &str> = text.lines().filter_map(pair).collect();
        for topic in self.catalogue.topics() {
            for (format, codes) in &topic.codes {
                if format != "meeting-guide" {
                    slips.push(self.slip(
                        &topic.id,
                        format!("codes of “{format}” are not known; write “meeting-guide”"),
                    ));
                    continue;
                }
                for code in codes {
                    let found = words.get(code.as_str()).copied().unwrap_or_default();
                    let leads = self.catalogue.named(found).map(|topic| &topic.id);
                    if leads != Some(&topic.id) {
                        slips.push(self.slip(
                            &topic.id,
                            format!("the code “{code}” says “{found}” in content/{CODES}; make these words the name or a synonym of this topic"),
                        ));
                    }
                }
            }
        }
    }
}

/// `  "DD": "Dual diagnosis",`
fn pair(line: &str) -> Option<(&str, &str)> {
    let (code, words) = line.trim().trim_end_matches(',').split_once("\": \"")?;
    Some((code.strip_prefix('"')?, words.strip_suffix('"')?))
}

fn topic_of(
    raw: Raw,
    family: &Name,
    sources: &Sources,
    at: impl Fn(String) -> Slip + Copy,
    slips: &mut Vec<Slip>,
) -> Topic {
    let mut usefulness = |raw: RawUsefulness| Usefulness {
        how_often: match raw.how_often {
            RawHowOften::Often => HowOften::Often,
            RawHowOften::Sometimes => HowOften::Sometimes,
            RawHowOften::Seldom => HowOften::Seldom,
        },
        text: raw.text,
        backing: sources.backing(&raw.source, at, slips),
    };
    Topic {
        therapy: usefulness(raw.therapy),
        support: usefulness(raw.support),
        id: raw.id,
        name: raw.name,
        family: family.clone(),
        plain: raw.plain,
        synonyms: raw.synonyms,
        crisis: if raw.crisis {
            Urgency::HelpFirst
        } else {
            Urgency::Usual
        },
        measures: raw.measures,
        related: raw.related,
        learn: raw.learn,
        programmes: raw.programmes,
        codes: raw.codes,
        audience: raw.audience,
    }
}

fn check(raw: &Raw, at: impl Fn(String) -> Slip, slips: &mut Vec<Slip>) {
    for measure in &raw.measures {
        if !MEASURES.contains(&measure.as_str()) {
            slips.push(at(format!(
                "there is no measure “{measure}”; there are {}",
                MEASURES.join(", ")
            )));
        }
    }
    if raw.related.is_empty() || raw.learn.is_empty() {
        slips.push(at(
            "leads nowhere: name at least one related topic and one article".to_owned(),
        ));
    }
    let sentences = raw
        .plain
        .as_str()
        .matches(['.', '?'])
        .count()
        .saturating_sub(raw.plain.as_str().matches("e.g.").count() * 2);
    if sentences != 2 {
        slips.push(at(format!("“plain” has {sentences} sentences; it has two")));
    }
    for words in std::iter::once(&raw.name).chain(&raw.synonyms) {
        if fold::words(words.as_str()).is_empty() {
            slips.push(at(format!("“{words}” has no letters to look for")));
        }
    }
}

/// A file that no family names would be an orphan.
fn unclaimed(files: &Files, families: &[RawFamily], slips: &mut Vec<Slip>) {
    for (path, _) in files.of("topics", ".toml") {
        let claimed = families
            .iter()
            .any(|family| path == format!("topics/{}.toml", family.file));
        if path != FAMILIES && !claimed {
            slips.push(Slip::new(
                path,
                None,
                format!("no family names this file; add one to content/{FAMILIES}"),
            ));
        }
    }
}

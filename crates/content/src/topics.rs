//! `topics/*.toml`: the catalogue.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::groups::Audience;
use domain::name::Name;
use domain::text::{Line, Prose, fold};
use domain::topics::{Catalogue, Clash, Family, HowOften, Topic, Urgency, Usefulness};
use serde::Deserialize;
use toml::Spanned;

use crate::MEASURES;
use crate::files::{Files, Sheet, Slip};
use crate::sources::Sources;

const FAMILIES: &str = "topics/families.toml";
/// The words of the type codes that topics name.
const CODES: &str = "feeds/meeting-guide-types.json";
/// What follows the name of a table of codes in the name of its file.
const TYPES: &str = "-types.json";

/// Words of type codes by the name of their table; the same code may say something else in another.
pub type Codes = BTreeMap<String, BTreeMap<String, String>>;

/// The name of the table that a file of `feeds/` is.
pub(crate) fn table(file: &str) -> Option<&str> {
    let name = file.strip_suffix(TYPES)?;
    let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (!name.is_empty() && name.chars().all(known)).then_some(name)
}

/// The catalogue, and where each of its topics stands.
pub(crate) struct Topics {
    pub(crate) catalogue: Catalogue,
    pub(crate) codes: Codes,
    places: Vec<Place>,
}

/// Where a topic stands, and what it names.
struct Place {
    id: Name,
    path: String,
    line: usize,
    /// The lines of what it names, by key and value: ("learn", "two-kinds").
    named: HashMap<(&'static str, String), usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Families {
    family: Vec<RawFamily>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFamily {
    id: Spanned<Name>,
    name: Line,
    file: Spanned<Name>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    topic: Vec<Raw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: Spanned<Name>,
    name: Spanned<Line>,
    plain: Spanned<Prose>,
    synonyms: Vec<Spanned<Line>>,
    crisis: bool,
    measures: Vec<Spanned<Name>>,
    related: Spanned<Vec<Spanned<Name>>>,
    learn: Spanned<Vec<Spanned<Name>>>,
    programmes: Vec<Line>,
    #[serde(default)]
    codes: BTreeMap<String, Vec<Spanned<String>>>,
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
    source: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RawHowOften {
    Often,
    Sometimes,
    Seldom,
}

pub(crate) fn read(files: &Files, sources: &Sources, slips: &mut Vec<Slip>) -> Topics {
    let families = families(files, slips);
    let (mut topics, mut places) = (Vec::new(), Vec::new());
    for family in &families {
        let path = family.path();
        let Some(sheet) = files.sheet(&path, slips) else {
            continue;
        };
        let Some(File { topic }) = sheet.toml(slips) else {
            continue;
        };
        for raw in topic {
            check(&raw, sheet, slips);
            places.push(Place::of(&raw, sheet));
            topics.push(topic_of(raw, family.id.get_ref(), sources, sheet, slips));
        }
    }
    let families = families.into_iter().map(|raw| Family {
        id: raw.id.into_inner(),
        name: raw.name,
    });
    let catalogue = Catalogue::new(families.collect(), topics).unwrap_or_else(|clashes| {
        let told = clashes.into_iter();
        slips.extend(told.filter_map(|(number, clash)| Some(places.get(number)?.clash(&clash, &places))));
        Catalogue::default()
    });
    let codes = codes(files, slips);
    let topics = Topics {
        catalogue,
        codes,
        places,
    };
    if let Some(words) = topics.codes.get("meeting-guide") {
        topics.check_codes(words, slips);
    }
    topics
}

/// The path of each family's file.
pub(crate) fn paths(files: &Files) -> HashMap<Name, String> {
    let families = families(files, &mut Vec::new()).into_iter();
    families
        .map(|family| (family.id.get_ref().clone(), family.path()))
        .collect()
}

/// The families; each has its file, and each file its family.
fn families(files: &Files, slips: &mut Vec<Slip>) -> Vec<RawFamily> {
    let sheet = files.sheet(FAMILIES, slips);
    let Some((sheet, Families { family })) = sheet.and_then(|sheet| Some((sheet, sheet.toml(slips)?))) else {
        return Vec::new();
    };
    let (mut ids, mut paths) = (BTreeSet::new(), BTreeSet::from([FAMILIES.to_owned()]));
    let mut families = Vec::new();
    for raw in family {
        if !ids.insert(raw.id.get_ref().clone()) {
            slips.push(sheet.slip(
                raw.id.span(),
                format!(
                    "the family {} is there twice; give one another id",
                    raw.id.get_ref()
                ),
            ));
        }
        let path = raw.path();
        let what = if files.get(&path).is_none() {
            format!("content/{path} is not there; put it back, or correct “file”")
        } else if !paths.insert(path.clone()) {
            format!("content/{path} belongs to another family already; name another file")
        } else {
            families.push(raw);
            continue;
        };
        slips.push(sheet.slip(raw.file.span(), what));
    }
    for orphan in files
        .of("topics", ".toml")
        .filter(|sheet| !paths.contains(sheet.path))
    {
        slips.push(Slip::new(
            orphan.path,
            None,
            format!("no family names this file; add one to content/{FAMILIES}, or take the file out"),
        ));
    }
    families
}

impl RawFamily {
    fn path(&self) -> String {
        format!("topics/{}.toml", self.file.get_ref())
    }
}

impl Place {
    fn of(raw: &Raw, sheet: Sheet) -> Self {
        let mut named = HashMap::new();
        let mut put = |key, value: &str, span| {
            named.insert((key, value.to_owned()), sheet.line(span));
        };
        for words in std::iter::once(&raw.name).chain(&raw.synonyms) {
            put("words", words.get_ref().as_str(), words.span());
        }
        for id in raw.related.get_ref() {
            put("related", id.get_ref().as_str(), id.span());
        }
        for id in raw.learn.get_ref() {
            put("learn", id.get_ref().as_str(), id.span());
        }
        for code in raw.codes.values().flatten() {
            put("code", code.get_ref(), code.span());
        }
        Self {
            id: raw.id.get_ref().clone(),
            path: sheet.path.to_owned(),
            line: sheet.line(raw.id.span()),
            named,
        }
    }

    fn slip(&self, key: &'static str, value: &str, what: String) -> Slip {
        let line = self.named.get(&(key, value.to_owned())).copied();
        Slip::new(&self.path, Some(line.unwrap_or(self.line)), what)
    }

    fn clash(&self, clash: &Clash, places: &[Self]) -> Slip {
        match clash {
            Clash::Words { words, .. } => self.slip("words", words, format!("{clash}. Leave it at one")),
            Clash::Id(id) => {
                let other = places
                    .iter()
                    .find(|place| place.id == *id && !std::ptr::eq(*place, self));
                let there = other.map_or_else(
                    || format!("content/{FAMILIES}"),
                    |place| format!("content/{}, line {}", place.path, place.line),
                );
                let what = format!("{clash}: see {there}. Give one of them another");
                Slip::new(&self.path, Some(self.line), what)
            }
        }
    }
}

impl Topics {
    /// Related topics and articles that are not there.
    pub(crate) fn strays(&self, articles: &BTreeSet<&str>, slips: &mut Vec<Slip>) {
        for (topic, place) in self.catalogue.topics().iter().zip(&self.places) {
            for related in &topic.related {
                if self.catalogue.get(related.as_str()).is_none() || *related == topic.id {
                    let what = format!(
                        "{}: the related topic “{related}” is not another topic; use the id of one",
                        topic.id
                    );
                    slips.push(place.slip("related", related.as_str(), what));
                }
            }
            for article in &topic.learn {
                if !articles.contains(article.as_str()) {
                    let what = format!(
                        "{}: there is no article content/learn/{article}.md; write it, or name another",
                        topic.id
                    );
                    slips.push(place.slip("learn", article.as_str(), what));
                }
            }
        }
    }

    /// Listings keep a code as its words; so these must lead to the topic that claims the code.
    fn check_codes(&self, words: &BTreeMap<String, String>, slips: &mut Vec<Slip>) {
        for (topic, place) in self.catalogue.topics().iter().zip(&self.places) {
            for (format, codes) in &topic.codes {
                for code in codes {
                    let what = if format != "meeting-guide" {
                        format!("codes of “{format}” are not known; write meeting-guide")
                    } else if let Some(said) = words.get(code) {
                        if self
                            .catalogue
                            .named(said)
                            .is_some_and(|named| named.id == topic.id)
                        {
                            continue;
                        }
                        format!(
                            "the code “{code}” says “{said}” in content/{CODES}; make these words the name or a synonym of this topic"
                        )
                    } else {
                        format!("there is no code “{code}”; use one of content/{CODES}")
                    };
                    slips.push(place.slip("code", code, format!("{}: {what}", topic.id)));
                }
            }
        }
    }
}

/// Every table of codes there is.
fn codes(files: &Files, slips: &mut Vec<Slip>) -> Codes {
    // Topics name its codes, and who has no table of their own reads with it.
    files.sheet(CODES, slips);
    let mut codes = Codes::new();
    for sheet in files.of("feeds", TYPES) {
        let name = sheet.path.rsplit('/').next().and_then(table);
        match serde_json::from_str(sheet.text) {
            Ok(words) => codes.extend(name.map(|name| (name.to_owned(), words))),
            Err(why) => {
                let what = format!("is not a list of codes and their words: {why}. Correct this place.");
                slips.push(Slip::new(sheet.path, Some(why.line()), what));
            }
        }
    }
    codes
}

fn topic_of(raw: Raw, family: &Name, sources: &Sources, sheet: Sheet, slips: &mut Vec<Slip>) -> Topic {
    let id = raw.id.into_inner();
    let mut usefulness = |raw: RawUsefulness| Usefulness {
        how_often: match raw.how_often {
            RawHowOften::Often => HowOften::Often,
            RawHowOften::Sometimes => HowOften::Sometimes,
            RawHowOften::Seldom => HowOften::Seldom,
        },
        text: raw.text,
        backing: sources.backing(
            raw.source.get_ref(),
            |what| sheet.slip(raw.source.span(), format!("{id}: {what}")),
            slips,
        ),
    };
    Topic {
        therapy: usefulness(raw.therapy),
        support: usefulness(raw.support),
        id,
        name: raw.name.into_inner(),
        family: family.clone(),
        plain: raw.plain.into_inner(),
        synonyms: inner(raw.synonyms),
        crisis: if raw.crisis {
            Urgency::HelpFirst
        } else {
            Urgency::Usual
        },
        measures: inner(raw.measures),
        related: inner(raw.related.into_inner()),
        learn: inner(raw.learn.into_inner()),
        programmes: raw.programmes,
        codes: raw
            .codes
            .into_iter()
            .map(|(format, codes)| (format, inner(codes)))
            .collect(),
        audience: raw.audience,
    }
}

fn inner<T>(spanned: Vec<Spanned<T>>) -> Vec<T> {
    spanned.into_iter().map(Spanned::into_inner).collect()
}

fn check(raw: &Raw, sheet: Sheet, slips: &mut Vec<Slip>) {
    let id = raw.id.get_ref();
    let mut slip = |span, what: String| slips.push(sheet.slip(span, format!("{id}: {what}")));
    for measure in &raw.measures {
        if !MEASURES.contains(&measure.get_ref().as_str()) {
            slip(
                measure.span(),
                format!(
                    "there is no measure “{}”; there are {}",
                    measure.get_ref(),
                    MEASURES.join(", ")
                ),
            );
        }
    }
    if raw.related.get_ref().is_empty() {
        slip(
            raw.related.span(),
            "leads to no other topic; name at least one".to_owned(),
        );
    }
    if raw.learn.get_ref().is_empty() {
        slip(
            raw.learn.span(),
            "leads to no article; name at least one".to_owned(),
        );
    }
    let plain = raw.plain.get_ref().as_str();
    let sentences = plain
        .matches(['.', '?'])
        .count()
        .saturating_sub(plain.matches("e.g.").count() * 2);
    if sentences != 2 {
        slip(
            raw.plain.span(),
            format!(
                "the number of sentences in “plain” is {sentences}, by its full stops and question marks; write two"
            ),
        );
    }
    for words in std::iter::once(&raw.name).chain(&raw.synonyms) {
        if fold::words(words.get_ref().as_str()).is_empty() {
            slip(
                words.span(),
                format!(
                    "“{}” has no letters to look for; write a word or take it out",
                    words.get_ref()
                ),
            );
        }
    }
}

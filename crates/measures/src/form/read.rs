//! The file as a whole: what it is, what it contains, and its items one after another.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::known::Place;
use super::{At, Form, Item, MOST_ITEMS, conditions, cross, expressions, extensions, item};
use crate::answer::{Coding, weight};
use crate::json::{self, Fields, Object};
use crate::problem::{Problem, Problems, Refused};
use crate::risk::RiskItem;

/// What FHIR R4 lets stand in a Questionnaire.
const ELEMENTS: [&str; 31] = [
    "resourceType",
    "id",
    "meta",
    "implicitRules",
    "language",
    "text",
    "contained",
    "extension",
    "modifierExtension",
    "url",
    "identifier",
    "version",
    "name",
    "title",
    "derivedFrom",
    "status",
    "experimental",
    "subjectType",
    "date",
    "publisher",
    "contact",
    "description",
    "useContext",
    "jurisdiction",
    "purpose",
    "copyright",
    "approvalDate",
    "lastReviewDate",
    "effectivePeriod",
    "code",
    "item",
];

/// What was found so far.
#[derive(Default)]
pub(super) struct Reading<'j> {
    pub(super) problems: Problems,
    pub(super) items: Vec<Item>,
    /// Each item as it stands in the file.
    pub(super) objects: Vec<Fields<'j>>,
    pub(super) places: BTreeMap<String, At>,
    pub(super) sets: BTreeMap<String, Fields<'j>>,
    pub(super) concepts: BTreeMap<String, BTreeMap<String, Decimal>>,
    /// Options of all items so far.
    pub(super) options: usize,
    pub(super) risks: Vec<RiskItem>,
    ignored: BTreeSet<String>,
    notes: Vec<Problem>,
}

impl Form {
    /// Reads a Questionnaire, or says all that is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Self, Refused> {
        let object = json::object(bytes)?;
        Self::read_object(object)
    }

    fn read_object(object: Object) -> Result<Self, Refused> {
        let fields = Fields::new(&object, "");
        let mut reading = Reading::default();
        let is = object
            .get("resourceType")
            .and_then(Value::as_str)
            .unwrap_or("nothing");
        if is != "Questionnaire" {
            let why = format!("must be \"Questionnaire\", and is {is:?}: choose a FHIR R4 Questionnaire");
            return Err(Problem::new("resourceType", why).into());
        }
        only(&fields, &ELEMENTS, &mut reading);
        if object.contains_key("implicitRules") {
            reading.problems.add(
                "implicitRules",
                "names rules that change how the form is read and are not understood: take it out",
            );
        }
        extensions::look(&fields, Place::Elsewhere, &mut reading);
        contained(&fields, &mut reading);
        item::all(&fields, None, &mut reading);
        if reading.items.is_empty() && reading.problems.are_none() {
            reading
                .problems
                .add("item", "there are no items: a form asks something");
        }
        let text = |name, reading: &mut Reading| fields.text(name, &mut reading.problems).map(str::to_owned);
        let mut form = Self {
            title: text("title", &mut reading),
            name: text("name", &mut reading),
            url: text("url", &mut reading),
            version: text("version", &mut reading),
            description: text("description", &mut reading),
            publisher: text("publisher", &mut reading),
            copyright: text("copyright", &mut reading),
            codes: codings(&fields, "code", &mut reading),
            items: Vec::new(),
            variables: Vec::new(),
            risks: Vec::new(),
            ignored: Vec::new(),
            notes: Vec::new(),
            places: BTreeMap::new(),
            concepts: BTreeMap::new(),
            order: Vec::new(),
            plan: crate::score::Plan::default(),
            stubs: Vec::new(),
            source: Value::Null,
        };
        // What refers to other items is read when all of them are known.
        conditions::read(&mut reading);
        form.variables = expressions::read(&fields, &mut reading);
        form.order = cross::order(&mut reading);
        form.plan = crate::score::Plan::of(
            &reading.items,
            &reading.places,
            &form.variables,
            &mut reading.problems,
        );
        let Reading {
            problems,
            items,
            places,
            concepts,
            risks,
            ignored,
            notes,
            ..
        } = reading;
        let stub = |item: &Item| json!({ "linkId": item.link_id });
        let mut form = problems.or(Self {
            stubs: items.iter().map(stub).collect(),
            items,
            places,
            concepts,
            risks,
            notes,
            ignored: ignored.into_iter().collect(),
            ..form
        })?;
        form.source = Value::Object(object);
        Ok(form)
    }
}

impl<'j> Reading<'j> {
    pub(super) fn ignore(&mut self, url: &str) {
        // A hostile file names thousands; a person reads some.
        if self.ignored.len() < 100 {
            self.ignored.insert(url.chars().take(200).collect());
        }
    }

    pub(super) fn note(&mut self, path: &str, why: String) {
        if self.notes.len() < 200 {
            self.notes.push(Problem::new(path, why));
        }
    }

    /// Takes an item, unless there are too many or its linkId is taken.
    pub(super) fn take(&mut self, item: Item, fields: Fields<'j>) -> Option<At> {
        if self.items.len() >= MOST_ITEMS {
            if self.items.len() == MOST_ITEMS && !self.is_full() {
                self.problems.add(
                    item.path,
                    format!("there are more than {MOST_ITEMS} items: split the form"),
                );
                self.places.insert(String::new(), At(MOST_ITEMS));
            }
            return None;
        }
        let at = At(self.items.len());
        if let Some(before) = self.places.get(&item.link_id) {
            let before = &self.items[before.0].path;
            self.problems.add(
                json::join(&item.path, "linkId"),
                format!(
                    "{:?} is that of {before} already: each item has its own",
                    item.link_id
                ),
            );
        } else {
            self.places.insert(item.link_id.clone(), at);
        }
        self.items.push(item);
        self.objects.push(fields);
        Some(at)
    }

    /// No linkId is empty, so an empty one marks that this was told.
    pub(super) fn is_full(&self) -> bool {
        self.places.contains_key("")
    }
}

/// Every element has to be one of FHIR R4's: a slip of the pen must not make a rule vanish.
pub(super) fn only(fields: &Fields<'_>, elements: &[&str], reading: &mut Reading) {
    for name in fields.object.keys() {
        let bare = name.strip_prefix('_').unwrap_or(name);
        if elements.contains(&bare) || bare == "fhir_comments" {
            continue;
        }
        if bare.starts_with("x-") {
            reading.ignore(bare);
            continue;
        }
        let like = elements.iter().find(|element| element.eq_ignore_ascii_case(bare));
        let advice = like.map_or_else(|| "take it out".to_owned(), |like| format!("write {like}"));
        reading.problems.add(
            fields.at(name),
            format!("is no element of FHIR R4 here: {advice}"),
        );
    }
}

pub(super) fn codings(fields: &Fields<'_>, name: &str, reading: &mut Reading) -> Vec<Coding> {
    let codings = fields.objects(name, &mut reading.problems);
    codings
        .iter()
        .map(|coding| Coding::read(coding, &mut reading.problems))
        .collect()
}

/// ValueSets to which items refer, and weights of CodeSystems.
fn contained<'j>(fields: &Fields<'j>, reading: &mut Reading<'j>) {
    for resource in fields.objects("contained", &mut reading.problems) {
        let kind = resource
            .object
            .get("resourceType")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let id = resource
            .object
            .get("id")
            .and_then(Value::as_str)
            .map(str::to_owned);
        match (kind, id) {
            ("ValueSet", Some(id)) => {
                let path = resource.path.clone();
                if reading.sets.insert(id.clone(), resource).is_some() {
                    reading.problems.add(
                        path,
                        format!("a second ValueSet has the id {id:?}: each has its own"),
                    );
                }
            }
            ("ValueSet", None) => reading.problems.add(
                resource.at("id"),
                "is missing: items refer to a ValueSet by its id",
            ),
            ("CodeSystem", _) => code_system(&resource, reading),
            ("Library", _) => reading.problems.add(
                &resource.path,
                "is a library, which is not supported: write its expressions as FHIRPath",
            ),
            _ => reading.ignore(&format!("contained {kind}")),
        }
    }
}

fn code_system(resource: &Fields<'_>, reading: &mut Reading) {
    let Some(url) = resource.text("url", &mut reading.problems) else {
        return;
    };
    let mut found = BTreeMap::new();
    // Concepts within concepts, without recursion: a file may nest them as deep as JSON is read.
    let mut waiting = resource.objects("concept", &mut reading.problems);
    while let Some(concept) = waiting.pop() {
        extensions::look(&concept, Place::Elsewhere, reading);
        let weight = weight(&concept, &mut reading.problems);
        if let (Some(code), Some(weight)) = (concept.text("code", &mut reading.problems), weight) {
            found.insert(code.to_owned(), weight);
        }
        waiting.extend(concept.objects("concept", &mut reading.problems));
    }
    reading.concepts.entry(url.to_owned()).or_default().extend(found);
}

//! `thresholds.toml` in an organisation's folder: what it, or one of its programmes, sets in place of the thresholds of a measure, each
//! number with the source that it names. Number by number, a group has what is set for it, else what is set for every group, else what
//! the measure's own sources say.

mod fields;
mod sources;

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::DeTable;

use crate::change::{Early, Points, Thresholds};
use crate::measure::{Measure, Measures};
use crate::native::{Direction, Scoring};
use crate::slip::{Sheet, Slips};
use fields::Fields;
use sources::Sources;

/// The name of the file.
pub const FILE: &str = "thresholds.toml";
const FIELDS: [&str; 6] = ["measure", "set_by", "groups", "reliable", "caseness", "early"];

/// One `[[thresholds]]`.
struct Set {
    measure: String,
    direction: Direction,
    /// Names in the addresses of groups' pages; none is every group.
    groups: Vec<String>,
    reliable: Option<Points>,
    caseness: Option<Points>,
    early: Option<Early>,
    span: Range<usize>,
}

impl Measures {
    /// The same, judged by what programmes set: the text of [`FILE`].
    pub fn set_by_programmes(mut self, text: &str) -> Result<Self, Slips> {
        let mut sheet = Sheet::new(FILE, text);
        let mut sets = read(&self, &mut sheet);
        if sheet.is_clean() {
            // What is set for some groups stands on what is set for every group.
            sets.sort_by_key(|set| !set.groups.is_empty());
            for set in sets {
                if let Some(measure) = self.get_mut(&set.measure) {
                    set.apply(measure, &mut sheet);
                }
            }
        }
        let slips = sheet.slips();
        if slips.is_empty() {
            Ok(self)
        } else {
            Err(Slips::of(slips))
        }
    }
}

fn read(measures: &Measures, sheet: &mut Sheet) -> Vec<Set> {
    let document = match DeTable::parse(sheet.text) {
        Ok(document) => document,
        Err(error) => {
            let what = format!(
                "{}; docs/formats/thresholds.md shows how it is written",
                error.message()
            );
            match error.span() {
                Some(span) => sheet.at(span, what),
                None => sheet.whole(what),
            }
            return Vec::new();
        }
    };
    let document = Fields::of(&document);
    document.only(&["thresholds", "source"], sheet);
    let mut sources = Sources::of(&document, sheet);
    let mut sets = Vec::new();
    let mut seen = BTreeSet::new();
    for fields in document.tables("thresholds", sheet) {
        if let Some(set) = Set::read(&fields, measures, &mut sources, sheet) {
            once(&set, &fields, &mut seen, sheet);
            sets.push(set);
        }
    }
    sources.idle(sheet);
    sets
}

/// Tells what is set twice.
fn once(set: &Set, fields: &Fields, seen: &mut BTreeSet<(String, Option<String>)>, sheet: &mut Sheet) {
    let fields = fields.about(&set.measure);
    if set.groups.is_empty() && !seen.insert((set.measure.clone(), None)) {
        let what = "there are numbers for every group above; put them together, or name groups";
        fields.tell(what, sheet);
    }
    for group in &set.groups {
        if !seen.insert((set.measure.clone(), Some(group.clone()))) {
            let what = format!("there are numbers for the group “{group}” above; put them together");
            fields.tell(&what, sheet);
        }
    }
}

impl Set {
    fn read<'t>(
        fields: &Fields<'t>,
        measures: &Measures,
        sources: &mut Sources<'t>,
        sheet: &mut Sheet,
    ) -> Option<Self> {
        let names: Vec<&str> = measures
            .all()
            .iter()
            .map(|measure| measure.name.as_str())
            .collect();
        let one_of = format!("write one of {}", names.join(", "));
        let name = fields.text("measure", &one_of, sheet)?;
        let Some(measure) = measures.get(name) else {
            fields.wrong("measure", &format!("there is no such form here; {one_of}"), sheet);
            return None;
        };
        let fields = fields.about(name);
        fields.only(&FIELDS, sheet);
        let Some(total) = measure
            .scoring
            .as_ref()
            .map(Scoring::scales)
            .and_then(<[_]>::first)
        else {
            let what =
                format!("the form has no total to judge; add a [[scale]] to {name}.toml, or take this out");
            fields.tell(&what, sheet);
            return None;
        };
        let what = "say who sets these numbers, for example “the trauma programme”";
        let who = fields.text("set_by", what, sheet).unwrap_or_default();
        let what = "write a list of the names in the addresses of the groups’ pages, or leave it out for every group";
        let groups = fields.texts("groups", what, sheet).unwrap_or_default();
        let mut reader = Reader {
            range: total.range,
            who,
            sources,
            sheet,
        };
        let reliable = reader.reliable(&fields);
        let caseness = reader.caseness(&fields);
        let early = reader.early(&fields);
        if !fields.has_any(&["reliable", "caseness", "early"]) {
            fields.tell("sets nothing; write reliable, caseness or early", reader.sheet);
        }
        Some(Self {
            measure: name.to_owned(),
            direction: total.direction,
            groups: groups.into_iter().map(str::to_owned).collect(),
            reliable,
            caseness,
            early,
            span: fields.span(),
        })
    }

    fn apply(&self, measure: &mut Measure, sheet: &mut Sheet) {
        let Some(made) = self.on(measure.thresholds.clone()) else {
            let what = format!(
                "{}: reliable is missing; this form has no threshold of its own, and nothing is judged without one",
                self.measure
            );
            sheet.at(self.span.clone(), what);
            return;
        };
        if self.groups.is_empty() {
            measure.thresholds = Some(made);
        } else {
            let each = self.groups.iter().map(|group| (group.clone(), made.clone()));
            measure.programmes.extend(each);
        }
    }

    /// These numbers in place of those.
    fn on(&self, before: Option<Thresholds>) -> Option<Thresholds> {
        let mut made = match (before, &self.reliable) {
            (Some(before), _) => before,
            (None, Some(reliable)) => Thresholds {
                direction: self.direction,
                reliable: reliable.clone(),
                choices: Vec::new(),
                caseness: None,
                early: None,
                reliabilities: Vec::new(),
                norms: Vec::new(),
            },
            (None, None) => return None,
        };
        if let Some(reliable) = &self.reliable {
            made.reliable = reliable.clone();
        }
        made.caseness = self.caseness.clone().or(made.caseness);
        made.early = self.early.clone().or(made.early);
        Some(made)
    }
}

/// Reads the numbers that someone sets for a total of this range.
struct Reader<'r, 't, 's> {
    range: (f64, f64),
    who: &'t str,
    sources: &'r mut Sources<'t>,
    sheet: &'r mut Sheet<'s>,
}

impl<'t> Reader<'_, 't, '_> {
    fn reliable(&mut self, fields: &Fields<'t>) -> Option<Points> {
        let table = fields.table(
            "reliable",
            "write { points = NUMBER, source = \"ID\" }",
            self.sheet,
        )?;
        table.only(&["points", "source"], self.sheet);
        let points = self.change(&table, "points");
        self.sourced(&table, points)
    }

    fn caseness(&mut self, fields: &Fields<'t>) -> Option<Points> {
        let table = fields.table("caseness", "write { from = NUMBER, source = \"ID\" }", self.sheet)?;
        table.only(&["from", "source"], self.sheet);
        let (lowest, highest) = self.range;
        let what = format!("write a score; the total goes from {lowest} to {highest}");
        let is_score = |score: f64| (lowest..=highest).contains(&score);
        let from = table.number("from", is_score, &what, self.sheet);
        self.sourced(&table, from)
    }

    fn early(&mut self, fields: &Fields<'t>) -> Option<Early> {
        let what = "write { weeks = [FIRST, LAST], adequate = NUMBER, doubtful = NUMBER, source = \"ID\" }";
        let table = fields.table("early", what, self.sheet)?;
        table.only(&["weeks", "adequate", "doubtful", "source"], self.sheet);
        let what = "write the first and the last week as whole numbers, for example [4, 6]";
        let weeks = table.pair("weeks", what, self.sheet);
        let adequate = self.change(&table, "adequate");
        let doubtful = self.change(&table, "doubtful");
        if let (Some(adequate), Some(doubtful)) = (adequate, doubtful)
            && doubtful > adequate
        {
            let what = format!("write no more than adequate, which is {adequate}");
            table.wrong("doubtful", &what, self.sheet);
        }
        let source = self.sources.get(&table, self.who, self.sheet);
        let (first, last) = weeks?;
        Some(Early {
            weeks: first..=last,
            adequate: adequate?,
            doubtful: doubtful?,
            source: source?,
        })
    }

    /// So many points better, or worse.
    fn change(&mut self, table: &Fields<'t>, name: &str) -> Option<f64> {
        let (lowest, highest) = self.range;
        let widest = highest - lowest;
        let what = format!(
            "write a number above 0 and no more than {widest}; the total goes from {lowest} to {highest}"
        );
        let is_change = |points: f64| points > 0.0 && points <= widest;
        table.number(name, is_change, &what, self.sheet)
    }

    /// Points with the source that must be named beside them.
    fn sourced(&mut self, table: &Fields<'t>, points: Option<f64>) -> Option<Points> {
        let source = self.sources.get(table, self.who, self.sheet)?;
        points.map(|points| Points { points, source })
    }
}

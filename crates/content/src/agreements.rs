//! `agreements/*.md`: what is signed before joining a therapy group, one file for each kind.

use domain::agreements::{Kind, Text};
use domain::text::{Line, Prose};
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::files::{Files, Slip};
use crate::sources::date;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: Line,
    updated: Spanned<Datetime>,
}

/// The kind whose file has this name.
pub(crate) fn kind(name: &str) -> Option<Kind> {
    Kind::named(name.strip_suffix(".md")?)
}

/// In the order of the kinds.
pub(crate) fn read(files: &Files, slips: &mut Vec<Slip>) -> Vec<Text> {
    Kind::ALL
        .into_iter()
        .filter_map(|kind| text(files, kind, slips))
        .collect()
}

fn text(files: &Files, kind: Kind, slips: &mut Vec<Slip>) -> Option<Text> {
    let path = format!("agreements/{}.md", kind.name());
    let sheet = files.sheet(&path, slips)?;
    let text = sheet.text.replace("\r\n", "\n");
    let parts = text
        .strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("\n+++\n"));
    let Some((front, words)) = parts else {
        let what = "does not begin with its facts between two lines of +++; see content/README.md";
        slips.push(sheet.slip(0..0, what.to_owned()));
        return None;
    };
    let facts = sheet.part(front, 1);
    let front: Front = facts.toml(slips)?;
    date(&front.updated, facts, slips);
    let whole = |what: String| Slip::new(&path, None, what);
    let words = Prose::parse(words)
        .map_err(|why| slips.push(whole(format!("the text {why}"))))
        .ok()?;
    Text::new(kind, front.title, words)
        .map_err(|why| slips.push(whole(why.to_string())))
        .ok()
}

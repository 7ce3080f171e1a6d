//! The forms there are: those of the program, and those of a folder.

use std::error::Error;
use std::io::ErrorKind;
use std::path::Path;

use clap::ArgMatches;
use measures::change::Thresholds;
use measures::measure::{Listed, Measure, Pair};
use measures::{Measures, Slips, programmes};
use serde::Serialize;

use super::Output;

/// Larger files are no forms for people.
pub(super) const MOST_BYTES: u64 = 4 * 1024 * 1024;

#[derive(Debug, thiserror::Error)]
pub(crate) enum FormsError {
    #[error("{file} cannot be read: {why}")]
    Read { file: String, why: std::io::Error },
    #[error("{file} is larger than {} MB; a form for people is smaller", MOST_BYTES / 1024 / 1024)]
    TooLarge { file: String },
    #[error("{0}")]
    Slips(#[from] Slips),
    #[error("there is no form “{asked}”; there are {there}")]
    NoForm { asked: String, there: String },
}

/// As JSON: `{"measures":[{"name","title","items","range":[lowest,highest]|null,"tier","licence","source","validated",
/// "thresholds":{"direction","reliable":{"points","source"},"caseness":…|null,"early":…|null}|null,"programmes":{GROUP:thresholds}}]}`;
/// `programmes` only where one sets its own.
#[derive(Serialize)]
struct List<'a> {
    measures: Vec<Listed<'a>>,
}

pub(super) fn list(arguments: &ArgMatches) -> Result<(), Box<dyn Error>> {
    let measures = read(arguments)?;
    let list = List {
        measures: measures.list(),
    };
    Output::of(arguments).print(&list, || {
        let lines: Vec<String> = list.measures.iter().map(line).collect();
        lines.join("\n")
    })
}

fn line(listed: &Listed) -> String {
    let range = listed
        .range
        .map(|(lowest, highest)| format!(", {lowest} to {highest}"))
        .unwrap_or_default();
    let validated = if listed.validated { "" } else { " Not validated." };
    let mut lines = vec![
        format!("{}: {}", listed.name, listed.title),
        format!(
            "    {} questions{range}. Tier {:?}.{validated}",
            listed.items, listed.tier
        ),
        format!("    {}", listed.licence),
        format!("    Wording: {}", listed.source),
    ];
    let rules = listed.thresholds.map(Thresholds::rules).unwrap_or_default();
    lines.extend(rules.iter().map(|rule| format!("    Judged by: {rule}")));
    for (group, thresholds) in listed.programmes {
        let rules = thresholds.rules();
        lines.extend(
            rules
                .iter()
                .map(|rule| format!("    In the group {group}: {rule}")),
        );
    }
    lines.join("\n")
}

/// One form by its name.
pub(super) fn form(arguments: &ArgMatches, name: &str) -> Result<Measure, FormsError> {
    let measures = read(arguments)?;
    let found = measures.get(name).cloned();
    found.ok_or_else(|| {
        let there: Vec<&str> = measures
            .all()
            .iter()
            .map(|measure| measure.name.as_str())
            .collect();
        FormsError::NoForm {
            asked: name.to_owned(),
            there: there.join(", "),
        }
    })
}

fn read(arguments: &ArgMatches) -> Result<Measures, FormsError> {
    of(arguments.get_one::<String>("folder").map(Path::new))
}

/// Those of the program, those of a folder, and what programmes set in its `thresholds.toml`.
pub(crate) fn of(folder: Option<&Path>) -> Result<Measures, FormsError> {
    let bundled = Measures::bundled()?;
    let Some(folder) = folder else {
        return Ok(bundled);
    };
    let files = files(folder)?;
    let pairs = files.iter().map(|(name, form, sidecar)| Pair {
        name,
        form,
        sidecar: sidecar.as_deref(),
    });
    let measures = bundled.with(pairs)?;
    match text(&folder.join(programmes::FILE)) {
        Ok(set) => Ok(measures.set_by_programmes(&set)?),
        Err(FormsError::Read { why, .. }) if why.kind() == ErrorKind::NotFound => Ok(measures),
        Err(why) => Err(why),
    }
}

/// Name, form and sidecar of each form in a folder, by name.
fn files(folder: &Path) -> Result<Vec<(String, String, Option<String>)>, FormsError> {
    let wrong = |why| FormsError::Read {
        file: folder.display().to_string(),
        why,
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).map(str::to_owned);
        let (Some(name), Some("json")) = (name, path.extension().and_then(|ending| ending.to_str())) else {
            continue;
        };
        let beside = path.with_extension("toml");
        let sidecar = beside.is_file().then(|| text(&beside)).transpose()?;
        files.push((name, text(&path)?, sidecar));
    }
    files.sort();
    Ok(files)
}

pub(super) fn text(path: &Path) -> Result<String, FormsError> {
    let file = || path.display().to_string();
    let wrong = |why| FormsError::Read { file: file(), why };
    if std::fs::metadata(path).map_err(wrong)?.len() > MOST_BYTES {
        return Err(FormsError::TooLarge { file: file() });
    }
    std::fs::read_to_string(path).map_err(wrong)
}

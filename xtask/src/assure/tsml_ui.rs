//! tsml-ui's own loader reads `/feeds/meetings.json`, and its widget shows what it holds, in a browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use testing::browser::{Browser, DESKTOP};
use testing::program::{Program, get};

use super::{Line, Ran, Stop, tools};
use crate::run::output;

const SOURCE: &str = "https://github.com/code4recovery/tsml-ui";
/// Version 1.8.
const COMMIT: &str = "fef58db87ded610e1660fa246d48e374f11b54b5";
const PACKAGES: [&str; 5] = [
    "esbuild@0.25.12",
    "@code4recovery/spec@1.1.9",
    "deepmerge@4.3.1",
    "luxon@3.7.2",
    "react@19.2.3",
];
/// Feeds of other organisations, and the zone of those that name none.
const SAMPLES: [(&str, &str); 4] = [
    ("oc-2023", "America/Los_Angeles"),
    ("al-anon-2024", "America/Los_Angeles"),
    ("edmonton-2024", "America/Edmonton"),
    ("nwta-2021", "America/Chicago"),
];

/// What the script found in one feed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    records: usize,
    withheld: usize,
    only_by_page: usize,
    unknown_types: usize,
    wrong: Vec<String>,
}

struct TsmlUi {
    checkout: PathBuf,
    packages: PathBuf,
    /// Where feeds and pages are written.
    folder: PathBuf,
}

pub(super) fn run() -> Ran {
    let tsml_ui = TsmlUi {
        checkout: tools::checkout("tsml-ui", SOURCE, COMMIT)?,
        packages: tools::node(&PACKAGES)?,
        folder: tools::folder()?,
    };
    let program = tools::sameboat()?;
    let data = tools::folder()?.join("tsml-ui-demo").display().to_string();
    let demo = Program::start(
        &program,
        &["demo", "--fresh", "--data", &data, "--listen", "127.0.0.1:0"],
    );
    let found = tsml_ui.load("the demo", &demo, "/feeds/meetings.json")?;
    let records = found.records;
    let mut lines = vec![line("the demo", &found), tsml_ui.show(&demo, records)?];
    drop(demo);
    lines.extend(imported(&tsml_ui, &program)?);
    Ok(lines)
}

fn imported(tsml_ui: &TsmlUi, program: &Path) -> Ran {
    let Some(samples) = std::env::var_os("SAMEBOAT_SAMPLES") else {
        return Ok(vec![Line {
            what: "loader: feeds of other organisations, imported and served".to_owned(),
            ..Line::none("**did not run**: SAMEBOAT_SAMPLES names no folder".to_owned())
        }]);
    };
    let data = tsml_ui.folder.join("tsml-ui-imported");
    let _ = fs::remove_dir_all(&data);
    let data = data.display().to_string();
    for (name, zone) in SAMPLES {
        let file = Path::new(&samples).join("feeds").join(format!("{name}.json"));
        let mut import = testing::program::command(program);
        import.arg("import").arg(file).args(["--data", &data]);
        output(import.args(["--programme", name, "--zone", zone]))?;
    }
    let serve = Program::start(program, &["serve", "--data", &data, "--listen", "127.0.0.1:0"]);
    let lines = SAMPLES.iter().map(|(name, _)| {
        let path = format!("/feeds/meetings.json?programme={name}");
        let what = format!("the feed {name}, imported");
        Ok(line(&what, &tsml_ui.load(name, &serve, &path)?))
    });
    lines.collect()
}

fn line(what: &str, found: &Found) -> Line {
    let notes = [
        (
            found.withheld,
            "withhold their address, which tsml-ui shows as inactive",
        ),
        (
            found.only_by_page,
            "are joined through a page, which tsml-ui shows as inactive unless its `conference_providers` has the page's host",
        ),
        (
            found.unknown_types,
            "types are outside the specification, which tsml-ui leaves out",
        ),
    ];
    let notes = notes.iter().filter(|(count, _)| *count > 0);
    let notes: Vec<_> = notes.map(|(count, note)| format!("{count} {note}")).collect();
    Line {
        what: format!("loader: {what}; day, time, zone, types, place, and active where one can attend"),
        against: against(),
        cases: format!("{} records", found.records),
        result: std::iter::once("every record is a meeting, the same in each".to_owned())
            .chain(notes)
            .collect::<Vec<_>>()
            .join("; "),
    }
}

fn against() -> String {
    format!("tsml-ui 1.8 at {}", &COMMIT[..7])
}

impl TsmlUi {
    fn load(&self, name: &str, server: &Program, path: &str) -> Result<Found, Stop> {
        let (status, feed) = get(&server.address, path);
        if status != 200 {
            return Err(Stop::Found(format!("{path} answers {status}")));
        }
        let file = self.folder.join("feed.json");
        fs::write(&file, feed).map_err(|error| error.to_string())?;
        let mut node = Command::new("node");
        node.arg("xtask/src/assure/tsml_ui.mjs")
            .args([&self.checkout, &self.packages, &file])
            .current_dir(crate::run::root());
        let found: Found = serde_json::from_str(&output(&mut node)?).map_err(|error| error.to_string())?;
        if found.wrong.is_empty() && found.records > 0 {
            return Ok(found);
        }
        let count = found.wrong.len();
        let told: Vec<_> = found.wrong.into_iter().take(20).collect();
        Err(Stop::Found(format!(
            "{name}: {count} differences in {} records\n{}",
            found.records,
            told.join("\n")
        )))
    }

    /// The widget on a page of another site, scrolled to its end.
    fn show(&self, server: &Program, records: usize) -> Result<Line, Stop> {
        if testing::browser::program().is_none() {
            return Err(Stop::CannotRun("Chromium is not installed".to_owned()));
        }
        let page = self.folder.join("widget.html");
        let html = format!(
            "<!doctype html><title>Meetings</title><div id=\"tsml-ui\" data-src=\"{}/feeds/meetings.json\"></div>\
             <script src=\"tsml-ui/public/app.js\"></script>",
            server.address
        );
        fs::write(&page, html).map_err(|error| error.to_string())?;
        let url = format!("file://{}", page.display());
        let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
        let shown = runtime.block_on(runtime.spawn(async move {
            let browser = Browser::start().await;
            let window = browser.window(DESKTOP).await;
            window.open(&url).await;
            let all = format!(
                "scrollTo(0, document.body.scrollHeight), \
                 new Set([...document.querySelectorAll('#tsml-ui tbody a')].map(a => a.href)).size == {records}"
            );
            window.until(&all).await;
            browser.stop().await;
        }));
        shown.map_err(|error| format!("the widget does not show all {records} meetings ({error})"))?;
        Ok(Line {
            what: "widget: embedded on a page of another site, in Chromium, scrolled to its end".to_owned(),
            against: format!("{}, its own build", against()),
            cases: format!("{records} records"),
            result: "each has its row".to_owned(),
        })
    }
}

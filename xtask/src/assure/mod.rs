//! `cargo xtask assure`: the long checks, against programs and rules that are not ours; writes `docs/assurance.md`.
//!
//! A check that cannot run here says why, and the command fails; `--without CHECK` leaves it out, and the page says so.

mod audit;
mod backup;
mod chooser;
mod clock;
mod composer;
mod dateutil;
mod facets;
mod faults;
mod fuzz;
mod icalendar;
mod keys;
mod load;
mod measures;
mod mutants;
mod nodes;
mod page;
mod power;
mod signin;
mod supply;
mod terms;
mod tools;
mod tsml_ui;

use std::hash::{BuildHasher, RandomState};

use clap::{Args, ValueEnum};

/// A long check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Check {
    /// tsml-ui's loader and widget read our feed
    TsmlUi,
    /// Python's icalendar reads our calendars
    Icalendar,
    /// dateutil and zoneinfo expand random schedules
    Dateutil,
    /// HL7's fhirpath.js scores forms and evaluates expressions
    Measures,
    /// Random bytes for every parser
    Fuzz,
    /// Every combination of the chooser's answers
    Chooser,
    /// A plain loop answers random questions to the finder
    Facets,
    /// OR-Tools CP-SAT composes random programmes
    Composer,
    /// Someone goes past the program and changes what was done
    Audit,
    /// Small changes of the table of who may do what
    Mutants,
    /// Backups during writes, damaged ones, and a gigabyte
    Backup,
    /// Known holes in what we depend on
    Supply,
    /// Floods of guesses, and what answers tell by how long they take
    Signin,
    /// Kills, cuts, full disks, turned bits: what was acknowledged is there
    Faults,
    /// New keys for a hundred thousand rows while it serves, killed in the middle; sealed values swapped and cut
    Keys,
    /// Clocks that jump, go back, and stand where the hour changes
    Clock,
    /// Slow clients, bodies without end, and ten minutes of all kinds of requests
    Load,
    /// Whole terms of joining, sessions and records, while what does it dies
    Terms,
}

#[derive(Args)]
pub(crate) struct Options {
    /// Only these; rows of others in docs/assurance.md stay as they are
    checks: Vec<Check>,
    /// Leave out what this machine cannot run
    #[arg(long, value_delimiter = ',')]
    without: Vec<Check>,
    /// How long `fuzz` may take
    #[arg(long, default_value_t = 10)]
    minutes: u64,
    /// Where random cases begin; if not given, a new one each time all run, and else that of the page. With another than that, the
    /// page stays as it is
    #[arg(long)]
    seed: Option<u32>,
}

/// A line of the page.
struct Line {
    what: String,
    /// Name and version.
    against: String,
    cases: String,
    result: String,
}

/// Why there is no good result.
enum Stop {
    /// This machine lacks something.
    CannotRun(String),
    /// The check found that something is wrong.
    Found(String),
}

/// Something that must be so.
fn hold(so: bool, what: impl FnOnce() -> String) -> Result<(), Stop> {
    if so { Ok(()) } else { Err(Stop::Found(what())) }
}

type Ran = Result<Vec<Line>, Stop>;

pub(crate) fn all(options: &Options) -> Result<(), String> {
    let of_page = page::seed().filter(|_| !options.checks.is_empty());
    let seed = options
        .seed
        .or(of_page)
        .unwrap_or_else(|| (RandomState::new().hash_one(0) >> 32) as u32);
    let mut lines = Vec::new();
    let mut bad = Vec::new();
    for check in Check::all() {
        if !options.checks.is_empty() && !options.checks.contains(&check) {
            continue;
        }
        let name = check.name();
        if options.without.contains(&check) {
            lines.push((check, vec![Line::none("**did not run**: left out".to_owned())]));
            continue;
        }
        println!("\n== {name}, seed {seed}");
        let ran = match check {
            Check::TsmlUi => tsml_ui::run(),
            Check::Icalendar => icalendar::run(seed),
            Check::Dateutil => dateutil::run(seed),
            Check::Measures => measures::run(seed),
            Check::Fuzz => fuzz::run(options.minutes),
            Check::Chooser => chooser::run(),
            Check::Facets => facets::run(seed),
            Check::Composer => composer::run(),
            Check::Audit => audit::run(seed),
            Check::Mutants => mutants::run(),
            Check::Backup => backup::run(seed),
            Check::Supply => supply::run(),
            Check::Signin => signin::run(seed),
            Check::Faults => faults::run(seed),
            Check::Keys => keys::run(),
            Check::Clock => clock::run(),
            Check::Load => load::run(),
            Check::Terms => terms::run(seed),
        };
        let told = match ran {
            Ok(told) => told,
            Err(stop) => {
                let (how, why) = match stop {
                    Stop::CannotRun(why) => ("did not run", why),
                    Stop::Found(why) => ("failed", why),
                };
                println!("{name} {how}: {why}");
                bad.push(format!("{name} {how}: {why}"));
                let first = why.lines().next().unwrap_or_default();
                vec![Line::none(format!("**{how}**: {first}"))]
            }
        };
        for line in &told {
            println!(
                "{} · {} · {} · {}",
                line.what, line.against, line.cases, line.result
            );
        }
        lines.push((check, told));
    }
    // A page tells one seed for all of it.
    if options.checks.is_empty() || of_page == Some(seed) {
        page::write(&lines, seed)?;
    }
    if bad.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{}\n\nWhat this machine cannot run is left out with --without CHECK.",
        bad.join("\n")
    ))
}

impl Check {
    fn all() -> impl Iterator<Item = Self> {
        Self::value_variants().iter().copied()
    }

    fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

impl Line {
    fn none(result: String) -> Self {
        Self {
            what: String::new(),
            against: String::new(),
            cases: String::new(),
            result,
        }
    }
}

/// What another program told as an error.
impl From<String> for Stop {
    fn from(why: String) -> Self {
        Self::Found(why)
    }
}

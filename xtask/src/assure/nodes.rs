//! Two nodes on one PostgreSQL: how long it takes until each shows what was changed through the other (docs/operate/several-nodes.md).

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use testing::postgres::{self, Cluster};
use testing::program::{Program, WITHOUT_LIMITS, command, get};

use super::faults::House;
use super::{Line, Stop, hold};
use crate::run::output;

const CHANGES: usize = 50;
const MOST: Duration = Duration::from_secs(1);
/// Longer than this nobody waits for it.
const IN_VAIN: Duration = Duration::from_secs(30);

pub(super) fn run(house: &House) -> Result<Line, Stop> {
    let cluster = Cluster::start().map_err(Stop::CannotRun)?;
    postgres::run(&cluster.url(), "create database nodes")?;
    let database = cluster.url().replace("/postgres", "/nodes");
    let place = house.place.join("nodes");
    let folders = [place.join("one"), place.join("other")];
    for folder in &folders {
        fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    }
    let file = place.join("feed.json");
    // The first one makes the tables.
    change(house, &folders[0], &database, &file, 0)?;
    let nodes = folders.each_ref().map(|folder| serve(house, folder, &database));
    let mut longest = Duration::ZERO;
    for number in 1..=CHANGES {
        let begun = Instant::now();
        // By the console of the one, and then of the other.
        change(house, &folders[number % 2], &database, &file, number)?;
        for node in &nodes {
            while !get(&node.address, "/api/groups").1.contains(&name(number)) {
                hold(begun.elapsed() < IN_VAIN, || {
                    format!("change {number} is not seen after {} s", IN_VAIN.as_secs())
                })?;
            }
        }
        longest = longest.max(begun.elapsed());
    }
    let result = format!(
        "seen on both nodes; the longest took {:.2} s, the command that makes the change and all (aim {} s)",
        longest.as_secs_f64(),
        MOST.as_secs()
    );
    hold(longest < MOST, || format!("changes of two nodes: {result}"))?;
    Ok(Line {
        what: "a change made through one of two nodes on one PostgreSQL, seen on the other".to_owned(),
        against: "the program (release build), by `sameboat import` and `/api/groups`".to_owned(),
        cases: format!("{CHANGES} changes"),
        result,
    })
}

/// None is the beginning of another.
fn name(number: usize) -> String {
    format!("Newcomers, evening {number:02}")
}

fn serve(house: &House, folder: &Path, database: &str) -> Program {
    let folder = folder.display().to_string();
    let mut arguments = vec!["serve", "--listen", "127.0.0.1:0"];
    arguments.extend(WITHOUT_LIMITS);
    arguments.extend(["--data", &folder, "--database", database]);
    Program::start(&house.program, &arguments)
}

/// Gives the one group another name.
fn change(house: &House, folder: &Path, database: &str, file: &Path, number: usize) -> Result<(), Stop> {
    let row = format!(
        r#"[{{"slug":"new","name":"{}","day":2,"time":"19:00","formatted_address":"3186 Pullman St, Costa Mesa, CA 92626, USA","url":"https://example.org/new"}}]"#,
        name(number)
    );
    fs::write(file, row).map_err(|error| error.to_string())?;
    let mut import = command(&house.program);
    import.arg("import").arg(file);
    import.args(["--programme", "More", "--zone", "America/Los_Angeles", "--data"]);
    import.arg(folder).args(["--database", database]);
    output(&mut import)?;
    Ok(())
}

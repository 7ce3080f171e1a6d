//! The running program: how fast feeds come in, how soon it starts, how much it holds, how many questions it answers.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use testing::program::Program;

use super::Figure;
use crate::run::{cargo, output, root, step};

const SECONDS: &str = "8s";
/// Different questions that wrk asks, one after another.
const QUESTIONS: usize = 5_000;

pub(super) fn measure() -> Result<Vec<Figure>, String> {
    for tool in ["wrk", "curl"] {
        output(Command::new("sh").args(["-c", &format!("command -v {tool}")])).map_err(|_| {
            format!("the bench needs {tool}; on Debian or Ubuntu: sudo apt-get install {tool}")
        })?;
    }
    step(
        "build the program and the reference",
        &mut cargo(&[
            "build",
            "--release",
            "--locked",
            "--package",
            "sameboat",
            "--package",
            "web",
            "--package",
            "store",
            "--package",
            "measures",
            "--bin",
            "sameboat",
            "--example",
            "bare",
            "--example",
            "sealed",
            "--example",
            "board",
            "--example",
            "term",
            "--example",
            "responses",
        ]),
    )?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let folder = target.join("bench");
    // What an earlier run left would be an import that changes nothing.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let program = target.join("release/sameboat");
    let mut figures = imports(&program, &folder)?;
    figures.extend(serving(&program, &target.join("release/examples/bare"), &folder)?);
    figures.extend(super::kept::measure(
        &program,
        &target.join("release/examples/sealed"),
        &folder.join("large"),
    )?);
    figures.extend(board(&target.join("release/examples/board"))?);
    figures.extend(term(&target.join("release/examples/term"))?);
    figures.extend(super::measures::measure(
        &target.join("release/examples/responses"),
    )?);
    Ok(figures)
}

/// 10,000 rows into `data`, and 100,000 elsewhere.
fn imports(program: &Path, folder: &Path) -> Result<Vec<Figure>, String> {
    let mut figures = Vec::new();
    for (rows, data) in [(10_000, "data"), (100_000, "large")] {
        let feed = folder.join(format!("{rows}.json"));
        fs::write(&feed, made_feed(rows)).map_err(|error| error.to_string())?;
        let data = folder.join(data);
        for again in [false, true] {
            let begun = Instant::now();
            let mut import = testing::program::command(program)
                .args([
                    "import",
                    "--as",
                    "meeting-guide",
                    "--programme",
                    "Bench",
                    "--zone",
                    "America/New_York",
                ])
                .args(["--page", "https://example.org/", "--brief", "--data"])
                .arg(&data)
                .arg(&feed)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .map_err(|error| error.to_string())?;
            let peak = peak(&mut import)?;
            let seconds = begun.elapsed().as_secs_f64();
            let what = if again {
                "the same file again, nothing changed"
            } else {
                "imported into an empty database"
            };
            figures.push(Figure {
                what: format!("{rows} rows of Meeting Guide JSON {what}"),
                shown: format!(
                    "{seconds:.1} s, {:.0} rows/s, {peak} MiB at most",
                    f64::from(rows) / seconds
                ),
                beside: if rows == 100_000 {
                    "aim: 10 s".to_owned()
                } else {
                    String::new()
                },
                ratio: if rows == 100_000 {
                    format!("{:.2} of the aim", seconds / 10.0)
                } else {
                    String::new()
                },
            });
        }
    }
    Ok(figures)
}

fn serving(program: &Path, bare: &Path, folder: &Path) -> Result<Vec<Figure>, String> {
    let data = folder.join("data").display().to_string();
    let begun = Instant::now();
    let site = Program::start(
        program,
        &[
            "serve",
            "--data",
            &data,
            "--listen",
            "127.0.0.1:0",
            "--search-rate",
            "0",
            "--page-rate",
            "0",
            "--log",
            "error",
        ],
    );
    let said = begun.elapsed();
    fetched(&format!("{}/groups?near=44113", site.address), &[])?;
    let answered = begun.elapsed();
    let script = folder.join("questions.lua");
    fs::write(&script, questions()).map_err(|error| error.to_string())?;
    let asked = wrk(&site.address, Some(&script), &[])?;
    let resident = status(site.id(), "VmRSS")?;
    let answer = folder.join("answer.json");
    let typical = fetched(
        &format!("{}/api/groups?near=44113&kind=support&day=thu", site.address),
        &["-o", &answer.display().to_string()],
    )?;
    let reference = Program::start(bare, &[&answer.display().to_string()]);
    let bare = wrk(&reference.address, Some(&script), &[])?;
    let page = fetched(
        &format!("{}/groups?near=44113", site.address),
        &["-H", "Accept-Encoding: gzip"],
    )?;
    let mut figures = vec![
        Figure {
            what: format!(
                "/api/groups, {QUESTIONS} different questions near a ZIP with two filters, 10,000 listings, uncompressed"
            ),
            shown: format!("{asked:.0} answers/s"),
            beside: format!("{bare:.0} answers/s: a bare axum route giving the same {typical} bytes"),
            ratio: format!("{:.0} % (aim: 40 %)", 100.0 * asked / bare),
        },
        Figure {
            what: "start with 10,000 listings, until the address is printed and until the first answer"
                .to_owned(),
            shown: format!("{} ms, {} ms", said.as_millis(), answered.as_millis()),
            beside: "aim: 300 ms".to_owned(),
            ratio: format!("{:.2} of the aim", answered.as_secs_f64() / 0.3),
        },
        Figure {
            what: "resident with 10,000 listings, after the load".to_owned(),
            shown: format!("{resident} MiB"),
            beside: "aim: 60 MiB".to_owned(),
            ratio: format!("{:.2} of the aim", f64::from(resident) / 60.0),
        },
        Figure {
            what: "the page /groups?near=44113, gzip".to_owned(),
            shown: format!("{:.1} KB", f64::from(page) / 1_000.0),
            beside: "aim: 30 KB".to_owned(),
            ratio: format!("{:.2} of the aim", f64::from(page) / 30_000.0),
        },
    ];
    figures.extend(feeds(&site.address)?);
    Ok(figures)
}

/// A coordinator's board with everyone on it: the example `board` of the crate `web`.
fn board(program: &Path) -> Result<[Figure; 2], String> {
    let told = output(&mut Command::new(program))?;
    let times: Vec<f64> = told
        .split_whitespace()
        .filter_map(|time| time.parse().ok())
        .collect();
    let [half, most, column] = times[..] else {
        return Err(format!("three numbers were awaited: {told}"));
    };
    let figure = |what: &str, shown: String, most: f64| Figure {
        what: format!("{what}, 5,000 applicants of 40 groups"),
        shown,
        beside: "aim: 50 ms".to_owned(),
        ratio: format!("{:.2} of the aim", most / 50_000.0),
    };
    let board = format!("{:.1} ms for half, p99 {:.1} ms", half / 1_000.0, most / 1_000.0);
    let list = format!("p99 {:.1} ms", column / 1_000.0);
    Ok([
        figure("the board of applicants, all columns", board, most),
        figure("the first 25 of its waiting list", list, column),
    ])
}

/// A leader's pages of a group that met two hundred times, and their marks: the example `term` of the crate `web`.
fn term(program: &Path) -> Result<Vec<Figure>, String> {
    let told = output(&mut Command::new(program))?;
    let mut figures = Vec::new();
    for (engine, line) in ["SQLite", "PostgreSQL"].into_iter().zip(told.lines()) {
        let numbers: Vec<f64> = line
            .split_whitespace()
            .filter_map(|number| number.parse().ok())
            .collect();
        let [chart, screen, marks, bare] = numbers[..] else {
            return Err(format!("four numbers were awaited: {line}"));
        };
        let page = |what: &str, time: f64, aim: f64| Figure {
            what: format!("{what}, {engine}"),
            shown: format!("p99 {:.1} ms", time / 1_000.0),
            beside: format!("aim: {aim:.0} ms"),
            ratio: format!("{:.2} of the aim", time / 1_000.0 / aim),
        };
        figures.push(page("a member's chart of 200 sessions", chart, 50.0));
        figures.push(page("the session screen of 8 members", screen, 20.0));
        figures.push(Figure {
            what: format!("marks of attendance, one after another, on the disk when answered, {engine}"),
            shown: format!("{marks:.0}/s"),
            beside: format!("{bare:.0}/s: bare rows that the engine keeps by itself, one after another"),
            ratio: format!("{:.0} %", 100.0 * marks / bare),
        });
    }
    if figures.is_empty() {
        return Err(format!("a line for each engine was awaited: {told}"));
    }
    Ok(figures)
}

/// The feed as it is given out, and asked for again by who has it.
fn feeds(address: &str) -> Result<Vec<Figure>, String> {
    let feed = format!("{address}/feeds/meetings.json?programme=Bench");
    let tag = output(Command::new("sh").args([
        "-c",
        &format!("curl -sI '{feed}' | tr -d '\\r' | sed -n 's/^etag: //Ip'"),
    ]))?;
    let tag = tag.trim();
    if tag.is_empty() {
        return Ok(Vec::new());
    }
    let whole = wrk(&feed, None, &[])?;
    let unchanged = wrk(&feed, None, &["-H", &format!("If-None-Match: {tag}")])?;
    Ok(vec![Figure {
        what: "/feeds/meetings.json of 10,000 listings, asked again by who has it (304)".to_owned(),
        shown: format!("{unchanged:.0} answers/s"),
        beside: format!("{whole:.1} answers/s: the whole feed"),
        ratio: format!("{:.0} times as many", unchanged / whole),
    }])
}

/// Answers a second.
fn wrk(address: &str, script: Option<&Path>, more: &[&str]) -> Result<f64, String> {
    let mut command = Command::new("wrk");
    command.args(["-t1", "-c16", "-d", SECONDS]).args(more);
    if let Some(script) = script {
        command.arg("-s").arg(script);
    }
    let said = output(command.arg(address))?;
    said.lines()
        .find_map(|line| line.trim().strip_prefix("Requests/sec:")?.trim().parse().ok())
        .ok_or_else(|| format!("wrk said nothing of its rate:\n{said}"))
}

/// Bytes of the body as they came.
fn fetched(address: &str, more: &[&str]) -> Result<u32, String> {
    let mut command = Command::new("curl");
    command.args(["-sf", "-w", "%{size_download}"]);
    if !more.contains(&"-o") {
        command.args(["-o", "/dev/null"]);
    }
    let said = output(command.args(more).arg(address))?;
    said.trim().parse().map_err(|_| format!("{address}: {said}"))
}

/// The most memory it held, in MiB, looked at until it ends.
fn peak(child: &mut Child) -> Result<u32, String> {
    let mut peak = 0;
    loop {
        if let Ok(now) = status(child.id(), "VmHWM") {
            peak = peak.max(now);
        }
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            return if status.success() {
                Ok(peak)
            } else {
                Err("the import failed".to_owned())
            };
        }
        std::thread::park_timeout(Duration::from_millis(20));
    }
}

/// A line of `/proc/PID/status` in MiB.
fn status(process: u32, line: &str) -> Result<u32, String> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).map_err(|error| error.to_string())?;
    text.lines()
        .find_map(|told| {
            told.strip_prefix(line)?
                .trim_matches(|c: char| !c.is_ascii_digit())
                .parse()
                .ok()
        })
        .map(|kib: u32| kib / 1024)
        .ok_or_else(|| format!("no {line}"))
}

/// Places all over the country, from the bundled table.
fn zips() -> Result<Vec<(String, String, String)>, String> {
    let table =
        fs::read_to_string(root().join("third_party/geo/us_zips.tsv")).map_err(|error| error.to_string())?;
    let columns = |line: &str| {
        let mut columns = line.split('\t').map(str::to_owned);
        let (zip, latitude, longitude) = (columns.next()?, columns.nth(2)?, columns.next()?);
        Some((zip, latitude, longitude))
    };
    Ok(table.lines().filter_map(columns).collect())
}

/// A feed of so many meetings, each at another place, time and day; always the same.
fn made_feed(rows: u32) -> String {
    let zips = zips().unwrap_or_default();
    let mut feed = String::from("[");
    for row in 0..rows as usize {
        let (zip, latitude, longitude) = &zips[row * 7 % zips.len()];
        let (day, hour) = (row % 7, 7 + row % 14);
        let comma = if row == 0 { "" } else { "," };
        let types = ["O", "C", "O,W", "D", "O,X", "SP", "BE", "LGBTQ"][row % 8];
        let types: Vec<String> = types.split(',').map(|code| format!("\"{code}\"")).collect();
        let _ = write!(
            feed,
            "{comma}{{\"slug\":\"g{row}\",\"name\":\"{} {} {row}\",\"day\":{day},\"time\":\"{hour:02}:30\",\"end_time\":\"{:02}:30\",\
             \"types\":[{}],\"formatted_address\":\"{} Main St, Town, OH {zip}, USA\",\"latitude\":{latitude},\"longitude\":{longitude},\
             \"updated\":\"2026-10-01 12:00:00\"}}",
            ["Morning", "Quiet", "Second", "Harbor", "Open"][row % 5],
            ["Table", "Group", "Circle", "Meeting"][row % 4],
            hour + 1,
            types.join(","),
            1 + row % 990,
        );
    }
    feed.push(']');
    feed
}

/// A script for wrk that asks another question each time.
fn questions() -> String {
    let zips = zips().unwrap_or_default();
    let mut paths = String::from("local paths = {\n");
    for n in 0..QUESTIONS {
        let zip = &zips[n * 13 % zips.len()].0;
        let day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][n % 7];
        let _ = writeln!(
            paths,
            "\"/api/groups?near={zip}&kind=support&day={day}&distance=50\","
        );
    }
    paths.push_str("}\nlocal n = 0\nrequest = function()\n  n = n % #paths + 1\n  return wrk.format(\"GET\", paths[n])\nend\n");
    paths
}

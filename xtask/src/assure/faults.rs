//! What was acknowledged is there, whatever is killed, cut, full or damaged meanwhile (SECURITY T12 to T16, T18);
//! and of two nodes each shows what the other was told.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use testing::program::{Program, WITHOUT_LIMITS, get, post};

use super::{Line, Ran, Stop, nodes, power, tools};
use crate::run::output;

/// Times as many kills, restarts and flips as the tests try otherwise.
const TIMES: u32 = 20;
/// Acts of which each waits for the one before.
const ACTS: usize = 1_000;
/// How often the disk is filled.
const FULL: usize = 20;

pub(super) fn run(seed: u32) -> Ran {
    let test =
        |file: &str, name: &str| tools::test(&["--test", "it"], &format!("{file}::{name}"), TIMES, seed);
    let mut lines = vec![
        Line {
            what: "`kill -9` of the program while eight write, each form sent until it is acknowledged".to_owned(),
            against: "what each writer was acknowledged, `doctor --deep` and `audit verify` (`crates/sameboat/tests/it/faults.rs`)".to_owned(),
            cases: test("faults", "killed_while")?,
            result: "each act is there once".to_owned(),
        },
        Line {
            what: "`kill -9` of the program while one types into a record".to_owned(),
            against: "every word that was acknowledged (`crates/sameboat/tests/it/typing_faults.rs`)".to_owned(),
            cases: test("typing_faults", "no_acknowledged_word")?,
            result: "each word is there".to_owned(),
        },
        Line {
            what: "`kill -9` of the program at each step of joining and of a membership: asking, answering, a time, the talk, each decision, yes and no, signing, being brought in, a pause, leaving, the end".to_owned(),
            against: "what was acknowledged; all of a step with its letter, or nothing of it; the letters that a mail server was given (`crates/sameboat/tests/it/joining_faults.rs`)".to_owned(),
            cases: test("joining_faults", "killed_at_every_step")?,
            result: "each step is done once, its letter is written once and comes; again, by the same number, only if it was in the hands of the killed".to_owned(),
        },
        Line {
            what: "the same while a form of many questions is sent, an answer about danger is read, a start is confirmed, offers end by time, and a sheet brings people in".to_owned(),
            against: "the same; of a sheet each row with its letter, or nothing of it (`crates/sameboat/tests/it/joining_faults/forms.rs`)".to_owned(),
            cases: test("joining_faults::forms", "killed_at_every_step")?,
            result: "each is done once; a sheet that was read in part is read to its end when it is sent again".to_owned(),
        },
        Line {
            what: "PostgreSQL crashes and starts again while eight write".to_owned(),
            against: "the same".to_owned(),
            cases: test("faults", "a_server_of_postgresql")?,
            result: "each act is there once; it goes on by itself".to_owned(),
        },
        Line {
            what: "one bit turned in an SQLite file, at random places".to_owned(),
            against: "every row and the schema as an own reader sees them (`crates/store/tests/it/sums.rs`)".to_owned(),
            cases: test("sums", "of_a_hundred_bits")?,
            result: "found by opening it or by `doctor --deep`".to_owned(),
        },
    ];
    let house = House::make(&tools::folder()?.join("faults"))?;
    lines.push(acknowledged(&house)?);
    lines.push(full(&house)?);
    lines.push(nodes::run(&house)?);
    lines.extend(power::run(&house)?);
    Ok(lines)
}

/// The program as it is released, and groups to say something of.
pub(super) struct House {
    pub(super) program: PathBuf,
    pub(super) place: PathBuf,
}

impl House {
    pub(super) fn make(place: &Path) -> Result<Self, Stop> {
        let program = tools::sameboat_as_released()?;
        let _ = fs::remove_dir_all(place);
        fs::create_dir_all(place).map_err(|error| format!("{}: {error}", place.display()))?;
        Ok(Self {
            program,
            place: place.to_owned(),
        })
    }

    /// Makes its data in a folder: the groups of the demo.
    pub(super) fn fill(&self, data: &Path) {
        let data = data.display().to_string();
        drop(Program::start(
            &self.program,
            &["demo", "--data", &data, "--listen", "127.0.0.1:0"],
        ));
    }

    pub(super) fn serve(&self, data: &Path) -> Program {
        let (folder, file) = (data.display().to_string(), data.join("demo/demo.db"));
        let database = format!("sqlite:{}", file.display());
        let key = data.join("demo/demo.key").display().to_string();
        let mut arguments = vec![
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--trusted-proxies",
            "127.0.0.1",
        ];
        arguments.extend(WITHOUT_LIMITS);
        arguments.extend(["--data", &folder, "--database", &database, "--key-file", &key]);
        Program::start(&self.program, &arguments)
    }

    /// One of its other commands, on the same data.
    pub(super) fn command(&self, data: &Path, what: &[&str]) -> Command {
        let database = format!("sqlite:{}", data.join("demo/demo.db").display());
        let mut program = Command::new(&self.program);
        program.args(what).arg("--data").arg(data);
        program.args(["--database", &database, "--key-file"]);
        program.arg(data.join("demo/demo.key"));
        program
    }

    /// Has the program look at all that is there.
    pub(super) fn look_into(&self, data: &Path) -> Result<(), Stop> {
        for look in [&["doctor", "--deep"][..], &["audit", "verify"]] {
            output(&mut self.command(data, look))?;
        }
        Ok(())
    }
}

/// The page on which something is said of a group.
pub(super) fn form_of(address: &str) -> Result<String, Stop> {
    let (_, page) = get(address, "/groups");
    let at = page.find("href=\"/groups/").map(|at| at + 6);
    let path = at.and_then(|at| page[at..].split(['"', '?']).next());
    Ok(format!(
        "{}/report",
        path.ok_or_else(|| "there is no group".to_owned())?
    ))
}

/// Another address each time: nobody is asked to wait.
pub(super) fn from(number: usize) -> String {
    format!(
        "{}.{}.{}.1",
        20 + number / 65_536,
        number / 256 % 256,
        number % 256
    )
}

/// No answer leaves before the disk has what it acknowledges.
fn acknowledged(house: &House) -> Result<Line, Stop> {
    let data = house.place.join("acknowledged");
    house.fill(&data);
    let program = house.serve(&data);
    let form = form_of(&program.address)?;
    let said = house.place.join("calls.txt");
    let mut strace = trace(program.id(), &said)?;
    for number in 0..ACTS {
        let status = post(
            &program.address,
            &form,
            &from(number),
            &format!("reason=time&once={number}"),
        );
        super::hold(matches!(status, Ok(303)), || format!("act {number}: {status:?}"))?;
    }
    output(Command::new("kill").args(["-INT", &strace.id().to_string()]))?;
    strace.wait().map_err(|error| error.to_string())?;
    let calls = fs::read_to_string(&said).map_err(|error| error.to_string())?;
    let (mut synced, mut answers, mut early) = (false, 0, 0);
    for call in calls.lines() {
        let is_end = !call.contains("<unfinished");
        if (call.contains("fsync(") || call.contains("fdatasync") || call.contains("fsync resumed")) && is_end
        {
            synced = true;
        } else if call.contains("HTTP/1.1 303") {
            answers += 1;
            early += usize::from(!synced);
            synced = false;
        }
    }
    super::hold(answers == ACTS && early == 0, || {
        format!("{answers} answers were seen, {early} before the disk had it")
    })?;
    Ok(Line {
        what: "an answer leaves after the disk has what it acknowledges".to_owned(),
        against: "the calls of the system, by strace".to_owned(),
        cases: format!("{ACTS} acts, one after another"),
        result: "no answer before its fsync".to_owned(),
    })
}

fn trace(process: u32, to: &Path) -> Result<Child, Stop> {
    use std::io::{BufRead, BufReader};
    let mut strace = Command::new("strace");
    strace.args([
        "-f",
        "-s",
        "32",
        "-e",
        "trace=fsync,fdatasync,write,writev,sendto,sendmsg",
        "-o",
    ]);
    let mut child = strace
        .arg(to)
        .args(["-p", &process.to_string()])
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| Stop::CannotRun(format!("strace is needed ({error})")))?;
    let told = child
        .stderr
        .take()
        .ok_or_else(|| "strace says nothing".to_owned())?;
    let mut lines = BufReader::new(told).lines().map_while(Result::ok);
    // It says so when it is there.
    let attached = lines.find(|line| line.contains("attached"));
    attached.ok_or_else(|| Stop::CannotRun("strace may not look at a process here".to_owned()))?;
    std::thread::spawn(move || lines.for_each(drop));
    Ok(child)
}

/// A disk that is full refuses changes in words, goes on showing pages, and goes on when there is room.
fn full(house: &House) -> Result<Line, Stop> {
    let mut acts = 0;
    for round in 0..FULL {
        let data = house.place.join("full");
        fs::create_dir_all(&data).map_err(|error| error.to_string())?;
        let place = data.display().to_string();
        output(Command::new("mount").args(["-t", "tmpfs", "-o", "size=32m", "none", &place]))
            .map_err(|why| Stop::CannotRun(format!("a small disk cannot be mounted here: {why}")))?;
        let done = fill_up(house, &data, round);
        output(Command::new("umount").arg(&place))?;
        acts += done?;
    }
    Ok(Line {
        what: "a full disk: changes are refused with a page, others go on; then there is room again"
            .to_owned(),
        against: "a disk of 32 MB in memory".to_owned(),
        cases: format!("{FULL} rounds, {acts} acts acknowledged"),
        result: "none lost; 507; goes on by itself".to_owned(),
    })
}

fn fill_up(house: &House, data: &Path, round: usize) -> Result<usize, Stop> {
    house.fill(data);
    let before = counted(data)?;
    let program = house.serve(data);
    let form = form_of(&program.address)?;
    let ballast = data.join("ballast");
    let mut acts = 0;
    let mut act = |expected: u16| {
        let number = round * 10_000 + acts;
        let words = "x".repeat(900);
        let sent = format!("reason=time&words={words}&once={number}");
        let status =
            post(&program.address, &form, &from(number), &sent).map_err(|error| error.to_string())?;
        acts += usize::from(status == 303);
        super::hold(status == expected, || format!("{status} in place of {expected}"))
    };
    for _ in 0..20 {
        act(303)?;
    }
    // Whatever there is room for, to the last byte.
    let _ = fs::write(&ballast, vec![0; 64 * 1024 * 1024]);
    let mut refused = 0;
    while refused < 3 {
        match act(507) {
            Ok(()) => refused += 1,
            // The log of the database had room yet.
            Err(Stop::Found(why)) if why.starts_with("303") => {}
            Err(why) => return Err(why),
        }
    }
    for path in ["/", "/groups", "/healthz"] {
        let (status, _) = get(&program.address, path);
        super::hold(status == 200, || {
            format!("{path}: {status} while the disk is full")
        })?;
    }
    fs::remove_file(&ballast).map_err(|error| error.to_string())?;
    for _ in 0..5 {
        act(303)?;
    }
    program.kill();
    let there = counted(data)? - before;
    super::hold(there == acts, || {
        format!("{acts} acts were acknowledged, and {there} are there")
    })?;
    Ok(acts)
}

/// How often something was said of a group, by a reader that is not ours.
pub(super) fn counted(data: &Path) -> Result<usize, Stop> {
    let count = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('select coalesce(sum(times), 0) from report').fetchone()[0])";
    let mut python = Command::new("python3");
    let there = output(python.args(["-c", count]).arg(data.join("demo/demo.db")))
        .map_err(|error| Stop::CannotRun(format!("python3 with its module sqlite3 is needed ({error})")))?;
    Ok(there.trim().parse().map_err(|_| format!("no number: {there}"))?)
}

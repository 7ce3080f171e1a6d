//! Backups made while others write, damaged ones, a full disk, and how long a large database takes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use testing::postgres::{self, Cluster};

use super::{Line, Ran, Stop, tools};
use crate::run::{cargo, output, root};

/// Times as many cycles and damaged files as the tests try otherwise.
const TIMES: u32 = 5;

/// Of about a kilobyte each.
const ROWS: u32 = 1_000_000;

/// What a gigabyte may take to restore.
const MOST_SECONDS: f64 = 60.0;

pub(super) fn run(seed: u32) -> Ran {
    let mut lines = vec![
        Line {
            what: "backups made while two others write, each restored on both engines".to_owned(),
            against: "what was acknowledged before, each table's SHA-256, and the MAC and number of every row of the audit (`crates/store/tests/it/backups.rs`)".to_owned(),
            cases: tools::test(&["--test", "it"], "backups::one_moment", TIMES, seed)?,
            result: "each is one moment of the database; no table differs".to_owned(),
        },
        Line {
            what: "one bit flipped, cut off, or made longer, at random places".to_owned(),
            against: "`sameboat restore` (`crates/sameboat/src/backups/tests.rs`)".to_owned(),
            cases: tools::test(&["--bin", "sameboat"], "damaged_backups_are_refused", TIMES, seed)?,
            result: "all refused in words; nothing was written".to_owned(),
        },
    ];
    let place = tools::folder()?.join("backup");
    // What an earlier run left is of another one.
    let _ = fs::remove_dir_all(&place);
    fs::create_dir_all(&place).map_err(|error| format!("{}: {error}", place.display()))?;
    let large = Large::make(&place)?;
    lines.extend(large.times()?);
    lines.push(large.full_disk()?);
    fs::remove_dir_all(&place).map_err(|error| error.to_string())?;
    Ok(lines)
}

/// A database of a gigabyte, and the program that was built to be quick.
struct Large {
    program: PathBuf,
    place: PathBuf,
    recipient: String,
    bytes: u64,
}

impl Large {
    fn make(place: &Path) -> Result<Self, Stop> {
        output(&mut cargo(&[
            "build",
            "--release",
            "--locked",
            "--package",
            "sameboat",
        ]))?;
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
        let mut large = Self {
            program: target.join("release/sameboat"),
            place: place.to_owned(),
            recipient: String::new(),
            bytes: 0,
        };
        let keys = output(
            large
                .sameboat(&["backup", "keygen", "--out"])
                .arg(place.join("identity.txt")),
        )?;
        keys.trim().clone_into(&mut large.recipient);
        output(large.sameboat(&["keys", "create"]).arg(place.join("server.key")))?;
        // Whatever opens it makes it.
        output(&mut large.sameboat(&["listings", "stale"]))?;
        let database = place.join("sameboat.db");
        output(
            Command::new("python3")
                .arg(root().join("xtask/src/assure/fill_rows.py"))
                .arg(&database)
                .arg(ROWS.to_string()),
        )
        .map_err(|error| Stop::CannotRun(format!("python3 with its module sqlite3 is needed ({error})")))?;
        large.bytes = fs::metadata(&database).map_err(|error| error.to_string())?.len();
        Ok(large)
    }

    fn sameboat(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).arg("--data").arg(&self.place);
        command
    }

    fn backup(&self, to: &Path) -> Command {
        let mut backup = self.sameboat(&["backup", "--json", "--recipient", &self.recipient, "--to"]);
        backup.arg(to);
        backup
    }

    /// To a backup, from it, and to the other engine and back.
    fn times(&self) -> Ran {
        let of = |file: &str| self.place.join(file);
        let sqlite = |file: &str| format!("sqlite:{}", of(file).display());
        let identity = of("identity.txt").display().to_string();
        let archive = of("large.age");
        let from = archive.display().to_string();
        let made = json(&mut self.backup(&archive))?;
        let size = made["bytes"].as_u64().unwrap_or(0);
        let restore = |more: &[&str]| {
            let mut restore = self.sameboat(&["restore", "--json", "--identity", &identity, "--from", &from]);
            json(restore.args(more))
        };
        let drilled = restore(&["--drill"])?;
        let restored = restore(&["--to", &sqlite("restored.db")])?;
        if made["manifest"]["tables"] != restored["manifest"]["tables"] {
            return Err(Stop::Found(
                "the restored database is not what was saved".to_owned(),
            ));
        }
        let took = seconds(&restored);
        if took > MOST_SECONDS {
            return Err(Stop::Found(format!(
                "restoring took {took:.0} s, more than {MOST_SECONDS} s"
            )));
        }
        let mut lines = vec![
            self.line(
                "`sameboat backup`",
                format!("{}; the file has {}", self.speed(seconds(&made)), megabytes(size)),
            ),
            self.line("`sameboat restore --drill`", self.speed(seconds(&drilled))),
            self.line("`sameboat restore` to SQLite", self.speed(took)),
        ];
        let cluster = Cluster::start().map_err(Stop::CannotRun)?;
        postgres::run(&cluster.url(), "create database large")?;
        let there = cluster.url().replace("/postgres", "/large");
        for (from, to, what) in [
            (
                sqlite("restored.db"),
                there.clone(),
                "`sameboat move` from SQLite to PostgreSQL, which does not wait for the disk",
            ),
            (
                there,
                sqlite("back.db"),
                "`sameboat move` from PostgreSQL back to SQLite",
            ),
        ] {
            let told = output(&mut self.sameboat(&["move", "--from", &from, "--to", &to]))?;
            let took = told
                .split(" in ")
                .nth(1)
                .and_then(|rest| rest.split(' ').next()?.parse().ok());
            let took: f64 = took.ok_or_else(|| Stop::Found(format!("no time is told: {told}")))?;
            lines.push(self.line(what, self.speed(took)));
        }
        let mut again = self.backup(&of("back.age"));
        let back = json(again.args(["--database", &sqlite("back.db")]))?;
        if back["manifest"]["tables"] != restored["manifest"]["tables"] {
            return Err(Stop::Found(
                "what came back from PostgreSQL is not what went there".to_owned(),
            ));
        }
        Ok(lines)
    }

    /// A disk that is smaller than the backup.
    fn full_disk(&self) -> Result<Line, Stop> {
        let line = |result: String| Ok(self.line("`sameboat backup` to a disk of 32 MB", result));
        let disk = self.place.join("disk");
        fs::create_dir_all(&disk).map_err(|error| error.to_string())?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=32m", "tmpfs"]).arg(&disk);
        if output(&mut mount).is_err() {
            return line("**did not run**: a small disk can be mounted by root only".to_owned());
        }
        let told = output(&mut self.backup(&disk)).err().unwrap_or_default();
        let left = fs::read_dir(&disk).map_or(usize::MAX, Iterator::count);
        output(Command::new("umount").arg(&disk))?;
        if told.contains("No space left") && left == 0 {
            return line("refused in words; no file is left".to_owned());
        }
        Err(Stop::Found(format!(
            "{left} files are left on a full disk; it said: {}",
            told.trim()
        )))
    }

    fn line(&self, what: &str, result: String) -> Line {
        Line {
            what: what.to_owned(),
            against: "the program, built for release".to_owned(),
            cases: format!("{ROWS} rows, {}", megabytes(self.bytes)),
            result,
        }
    }

    fn speed(&self, seconds: f64) -> String {
        #[expect(clippy::cast_precision_loss, reason = "a figure to read")]
        let speed = self.bytes as f64 / 1e6 / seconds;
        format!("{seconds:.1} s, {speed:.0} MB/s")
    }
}

fn json(command: &mut Command) -> Result<serde_json::Value, Stop> {
    serde_json::from_str(&output(command)?).map_err(|error| Stop::Found(error.to_string()))
}

fn seconds(told: &serde_json::Value) -> f64 {
    told["seconds"].as_f64().unwrap_or(f64::INFINITY)
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}

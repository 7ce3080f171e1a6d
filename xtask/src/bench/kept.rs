//! What it costs to lose nothing: acts over HTTP beside bare commits, backups, and the check of the audit.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use testing::program::{Program, get, post};

use super::Figure;
use crate::run::output;

const WRITERS: u32 = 8;
/// Of each writer.
const ACTS: u32 = 400;
const SECONDS: &str = "8";

/// One row a commit in a database of its own, as durable as ours is: how many a second, by SQLite's own Python module.
const BARE: &str = "
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute('pragma journal_mode = wal'); db.execute('pragma synchronous = full')
db.execute('create table bare (id integer primary key, said text not null)')
begun, rows = time.monotonic(), 0
while time.monotonic() - begun < float(sys.argv[2]):
    db.execute('begin immediate'); db.execute('insert into bare (said) values (?)', ('x' * 300,)); db.execute('commit'); rows += 1
print(rows / (time.monotonic() - begun))
";

/// `data` holds an imported feed.
pub(super) fn measure(program: &Path, sealing: &Path, data: &Path) -> Result<Vec<Figure>, String> {
    let bare = bare(data)?;
    let acts = acts(program, data)?;
    let mut figures = vec![Figure {
        what: format!(
            "acts over HTTP that are on the disk when they are answered, {WRITERS} at a time, each a connection of its own"
        ),
        shown: format!("{acts:.0}/s"),
        beside: format!("{bare:.0}/s: bare commits of one row, SQLite by Python, WAL and synchronous=FULL"),
        ratio: format!("{:.0} % (aim: 50 %)", 100.0 * acts / bare),
    }];
    figures.extend(sealed(sealing)?);
    figures.push(verify(program, data)?);
    figures.push(backup(program, data)?);
    Ok(figures)
}

/// Rows sealed and as they are: the example `sealed` of the crate `store`.
fn sealed(program: &Path) -> Result<[Figure; 2], String> {
    let told = output(&mut Command::new(program))?;
    let rates: Vec<f64> = told
        .split_whitespace()
        .filter_map(|rate| rate.parse().ok())
        .collect();
    let [sealed_in, plain_in, sealed_out, plain_out] = rates[..] else {
        return Err(format!("four numbers were awaited: {told}"));
    };
    let figure = |what: &str, sealed: f64, plain: f64| Figure {
        what: format!("rows of one text of 227 bytes {what}, in one transaction"),
        shown: format!("{sealed:.0}/s"),
        beside: format!("{plain:.0}/s: the same text as it is"),
        ratio: format!("{:.0} %", 100.0 * sealed / plain),
    };
    Ok([
        figure("inserted", sealed_in, plain_in),
        figure("read and opened", sealed_out, plain_out),
    ])
}

fn bare(data: &Path) -> Result<f64, String> {
    let file = data.join("bare.db");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(data.join(format!("bare.db{end}")));
    }
    let mut python = Command::new("python3");
    let told = output(python.args(["-c", BARE]).arg(&file).arg(SECONDS))?;
    told.trim().parse().map_err(|_| format!("no number: {told}"))
}

fn acts(program: &Path, data: &Path) -> Result<f64, String> {
    let folder = data.display().to_string();
    let mut arguments = vec![
        "serve",
        "--data",
        &folder,
        "--listen",
        "127.0.0.1:0",
        "--log",
        "error",
    ];
    arguments.extend([
        "--page-rate",
        "0",
        "--search-rate",
        "0",
        "--trusted-proxies",
        "127.0.0.1",
    ]);
    let site = Program::start(program, &arguments);
    let (_, page) = get(&site.address, "/groups");
    let group = page
        .split("href=\"/groups/")
        .nth(1)
        .and_then(|rest| rest.split(['"', '?']).next());
    let form = format!("/groups/{}/report", group.ok_or("there is no group")?);
    let begun = Instant::now();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (address, form) = (site.address.clone(), form.clone());
            std::thread::spawn(move || {
                (0..ACTS).try_for_each(|number| {
                    let from = format!("{}.{}.{}.1", 20 + writer, number / 256, number % 256);
                    let sent = format!("reason=time&once={writer}-{number}");
                    match post(&address, &form, &from, &sent) {
                        Ok(303) => Ok(()),
                        other => Err(format!("an act was answered {other:?}")),
                    }
                })
            })
        })
        .collect();
    for writer in writers {
        writer.join().map_err(|_| "a writer broke off".to_owned())??;
    }
    Ok(f64::from(WRITERS * ACTS) / begun.elapsed().as_secs_f64())
}

fn verify(program: &Path, data: &Path) -> Result<Figure, String> {
    let begun = Instant::now();
    let told = output(
        testing::program::command(program)
            .args(["audit", "verify", "--data"])
            .arg(data),
    )?;
    let seconds = begun.elapsed().as_secs_f64();
    let first = told
        .split_whitespace()
        .find_map(|word| word.replace([',', '.'], "").parse::<f64>().ok());
    let rows = first.ok_or_else(|| format!("it does not say how many rows: {told}"))?;
    Ok(Figure {
        what: "the audit verified by the program, its start included".to_owned(),
        shown: format!("{rows:.0} rows in {seconds:.2} s"),
        beside: String::new(),
        ratio: String::new(),
    })
}

fn backup(program: &Path, data: &Path) -> Result<Figure, String> {
    let key = data.join("identity.txt");
    let _ = std::fs::remove_file(&key);
    let mut keygen = testing::program::command(program);
    let recipient = output(keygen.args(["backup", "keygen", "--out"]).arg(&key))?;
    let bytes = std::fs::metadata(data.join("sameboat.db"))
        .map_err(|error| error.to_string())?
        .len();
    let to = data.join("saved.age");
    let _ = std::fs::remove_file(&to);
    let begun = Instant::now();
    let mut backup = testing::program::command(program);
    backup
        .args(["backup", "--json", "--recipient", recipient.trim(), "--to"])
        .arg(&to);
    output(backup.arg("--data").arg(data))?;
    let seconds = begun.elapsed().as_secs_f64();
    let megabytes = f64::from(u32::try_from(bytes / 1_000).unwrap_or(u32::MAX)) / 1_000.0;
    Ok(Figure {
        what: "a backup: read, compressed, encrypted, on the disk".to_owned(),
        shown: format!(
            "{megabytes:.0} MB in {seconds:.2} s, {:.0} MB/s",
            megabytes / seconds
        ),
        beside: String::new(),
        ratio: String::new(),
    })
}

//! New keys for what is sealed while the program serves, killed in the middle and started again; and sealed values that were moved and cut
//! (SECURITY T23).

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use testing::program::{get, post};

use super::faults::{House, form_of, from};
use super::{Line, Ran, Stop, hold, tools};
use crate::run::{cargo, output};

/// Of each a name and an address are sealed.
const PEOPLE: u32 = 100_000;
const KILLS: usize = 5;
/// Changes of the rotation between one kill and the next.
const BETWEEN: usize = 10;
/// What anybody waits at most while keys are changed.
const MOST_WAIT: Duration = Duration::from_secs(5);
/// What the load keeps between one round and the next.
const PAUSE: Duration = Duration::from_millis(20);

/// Pairs of people whose names are swapped, people whose name is put in place of their address and back, and names that are cut.
const TAMPERED: usize = 50;

pub(super) fn run() -> Ran {
    let place = tools::folder()?.join("keys");
    let house = House::make(&place)?;
    let data = place.join("data");
    std::fs::create_dir_all(&data).map_err(|error| error.to_string())?;
    house.fill(&data);
    fill(&data)?;
    Ok(vec![rotated(&house, &data)?, tampered(&house, &data)?])
}

/// Nobody but the store can seal: a program of ours that has it does.
fn fill(data: &Path) -> Result<(), Stop> {
    let mut fill = cargo(&["run", "--release", "--locked", "--package", "store"]);
    fill.args(["--example", "fill_sealed", "--"]);
    fill.arg(format!("sqlite:{}", data.join("demo/demo.db").display()));
    fill.arg(data.join("demo/demo.key")).arg(PEOPLE.to_string());
    output(&mut fill)?;
    Ok(())
}

/// What others had of the program meanwhile.
#[derive(Default)]
struct Had {
    pages: usize,
    acts: usize,
    longest: Duration,
}

fn rotated(house: &House, data: &Path) -> Result<Line, Stop> {
    let program = house.serve(data);
    let over = Arc::new(AtomicBool::new(false));
    let load = load(
        program.address.clone(),
        form_of(&program.address)?,
        Arc::clone(&over),
    );
    let begun = Instant::now();
    let done = killed_and_done(house, data);
    let took = begun.elapsed();
    over.store(true, Ordering::Release);
    let had = load
        .join()
        .map_err(|_| "the program stopped answering".to_owned())??;
    let resealed = done?;
    program.kill();
    house.look_into(data)?;
    hold(had.longest <= MOST_WAIT, || {
        format!(
            "somebody waited for {:.1} s while keys were changed",
            had.longest.as_secs_f64()
        )
    })?;
    Ok(Line {
        what: "`keys rotate` while the program serves, ended by `kill -9` in the middle and started again until all is sealed anew".to_owned(),
        against: "every page and act meanwhile; then `doctor --deep`, which opens every value, and `audit verify` (SQLite, release build)".to_owned(),
        cases: format!(
            "{PEOPLE} rows, of each two values; {KILLS} kills; {} pages and {} acts meanwhile",
            had.pages, had.acts
        ),
        result: format!(
            "every value opens, no key was taken out of use twice, the last run sealed {resealed} anew; {:.0} s in all; each page and act was answered, the slowest after {:.0} ms (aim {} ms)",
            took.as_secs_f64(),
            had.longest.as_secs_f64() * 1_000.0,
            MOST_WAIT.as_millis()
        ),
    })
}

/// Pages and acts, one after another, until it is over.
fn load(address: String, form: String, over: Arc<AtomicBool>) -> JoinHandle<Result<Had, String>> {
    std::thread::spawn(move || {
        let mut had = Had::default();
        while !over.load(Ordering::Acquire) {
            for path in ["/", "/groups?near=44113", "/help-now"] {
                let begun = Instant::now();
                let (status, _) = get(&address, path);
                if status != 200 {
                    return Err(format!("{path} answers {status} while keys are changed"));
                }
                had.pages += 1;
                had.longest = had.longest.max(begun.elapsed());
            }
            let begun = Instant::now();
            let act = format!("reason=time&once=keys-{}", had.acts);
            match post(&address, &form, &from(had.acts), &act) {
                Ok(303) => had.acts += 1,
                other => return Err(format!("an act while keys are changed: {other:?}")),
            }
            had.longest = had.longest.max(begun.elapsed());
            std::thread::park_timeout(PAUSE);
        }
        Ok(had)
    })
}

/// Begins, ends it in the middle, begins again; how many values the last run sealed anew.
fn killed_and_done(house: &House, data: &Path) -> Result<u64, Stop> {
    for kill in 0..KILLS {
        let goal = batches(data)? + BETWEEN;
        let mut rotate = house.command(data, &["keys", "rotate"]);
        let rotate = rotate
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut rotate = rotate.spawn().map_err(|error| error.to_string())?;
        let is_early = loop {
            if rotate.try_wait().map_err(|error| error.to_string())?.is_some() {
                break true;
            }
            if batches(data)? >= goal {
                break false;
            }
        };
        let _ = rotate.kill();
        let _ = rotate.wait();
        hold(!is_early, || {
            format!("it ended by itself before kill {}", kill + 1)
        })?;
    }
    let told = output(&mut house.command(data, &["keys", "rotate"]))?;
    hold(told.contains(", 0 taken out of use,"), || {
        format!("a rotation that was broken off was not taken up again: {told}")
    })?;
    let sealed = told
        .split(", ")
        .find_map(|said| said.strip_suffix(" values sealed anew"));
    let sealed = sealed.and_then(|number| number.parse().ok());
    Ok(sealed.ok_or_else(|| format!("no number is told: {told}"))?)
}

/// How many changes of rotations were committed, by a reader that is not ours.
fn batches(data: &Path) -> Result<usize, Stop> {
    let told = python(
        data,
        "print(database.execute(\"select count(*) from audit where action = 'keys.reseal'\").fetchone()[0])",
    )?;
    Ok(told.trim().parse().map_err(|_| format!("no number: {told}"))?)
}

fn tampered(house: &House, data: &Path) -> Result<Line, Stop> {
    let swapped = found(house, data, &format!("pairs({TAMPERED})"), 2 * TAMPERED)?;
    let crossed = found(house, data, &format!("columns({TAMPERED})"), 2 * TAMPERED)?;
    let cut = found(house, data, &format!("cut({TAMPERED})"), TAMPERED)?;
    house.look_into(data)?;
    Ok(Line {
        what: "sealed values put into another row, put into another column of their row, and cut off, each by the same key".to_owned(),
        against: "`doctor --deep`; the values are changed past the program, by Python's sqlite3, and put back".to_owned(),
        cases: format!("{swapped}, {crossed} and {cut} values"),
        result: "each is refused in words; once they are back, all open".to_owned(),
    })
}

/// Changes sealed values by this call, has the program look, and puts them back: it must refuse so many and no more.
fn found(house: &House, data: &Path, change: &str, wanted: usize) -> Result<usize, Stop> {
    python(data, &format!("{TAMPER}\nkeep()\n{change}\ndatabase.commit()"))?;
    let told = house
        .command(data, &["doctor", "--deep", "--json"])
        .output()
        .map_err(|error| error.to_string())?;
    python(data, &format!("{TAMPER}\nput_back()\ndatabase.commit()"))?;
    let findings: serde_json::Value =
        serde_json::from_slice(&told.stdout).map_err(|error| error.to_string())?;
    let findings = findings.as_array().map_or(&[][..], Vec::as_slice);
    let sealed = findings.iter().find(|finding| finding["what"] == "sealed");
    let said = sealed
        .and_then(|finding| finding["said"].as_str())
        .unwrap_or_default();
    let refused = said.split(' ').next().and_then(|number| number.parse().ok());
    hold(
        refused == Some(wanted) && said.contains("do not open") && !told.status.success(),
        || format!("{change}: {wanted} values should be refused; it says: {said}"),
    )?;
    Ok(wanted)
}

/// What is done past the program. The values from before are kept in a file beside, while they are changed.
const TAMPER: &str = r#"
def people(count):
    return [row[0] for row in database.execute("select id from person where mail is not null order by id limit ?", [count])]

def value(person, column):
    return database.execute(f"select {column} from person where id = ?", [person]).fetchone()[0]

def put(person, column, bytes):
    database.execute(f"update person set {column} = ? where id = ?", [bytes, person])

database.execute("attach ? as aside", [sys.argv[1] + ".aside"])

def keep():
    database.execute("drop table if exists aside.kept")
    database.execute("create table aside.kept as select id, handle, mail from person where mail is not null")
    database.commit()

def put_back():
    changed = "select k.id, k.handle, k.mail from aside.kept k join person p on p.id = k.id where p.handle <> k.handle or p.mail <> k.mail"
    for person, handle, mail in database.execute(changed).fetchall():
        put(person, "handle", handle)
        put(person, "mail", mail)

def pairs(count):
    there = people(2 * count)
    for one, other in zip(there[::2], there[1::2]):
        first, second = value(one, "handle"), value(other, "handle")
        put(one, "handle", second)
        put(other, "handle", first)

def columns(count):
    for person in people(count):
        handle, mail = value(person, "handle"), value(person, "mail")
        put(person, "handle", mail)
        put(person, "mail", handle)

def cut(count):
    for number, person in enumerate(people(count)):
        whole = value(person, "handle")
        put(person, "handle", whole[:len(whole) * number // count])
"#;

fn python(data: &Path, what: &str) -> Result<String, Stop> {
    let script = format!("import sqlite3, sys\ndatabase = sqlite3.connect(sys.argv[1], timeout=60)\n{what}");
    let mut python = Command::new("python3");
    output(python.args(["-c", &script]).arg(data.join("demo/demo.db")))
        .map_err(|error| Stop::CannotRun(format!("python3 with its module sqlite3 is needed ({error})")))
}

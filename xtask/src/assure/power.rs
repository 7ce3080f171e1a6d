//! The power is cut: what was acknowledged is on the disk (SECURITY T13).
//!
//! The database is in an ext4 file system of its own, on a loop device. While eight write, the program is stopped and what has reached
//! the device is copied, as a cut would leave it: what the system still held in memory is not in it. Whether such cuts can lose
//! anything shows a writer that waits for no disk.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use testing::program::post;

use super::faults::{House, counted, form_of, from};
use super::{Line, Stop, hold};
use crate::run::output;

const CUTS: usize = 200;
/// Of the writers that are no program of ours.
const CONTROLS: usize = 20;
const WRITERS: usize = 8;
/// Acts between one cut and the next.
const BETWEEN: usize = 25;

pub(super) fn run(house: &House) -> Result<Vec<Line>, Stop> {
    let disk = Disk::make(&house.place, "power")?;
    let cut = cuts(house, &disk)?;
    let (careful, _) = controls(&disk, "FULL")?;
    let (careless, lost) = controls(&disk, "NORMAL")?;
    hold(careful == 0, || {
        format!(
            "with synchronous=FULL {careful} of {CONTROLS} cuts lost something: this disk does not do what it is asked"
        )
    })?;
    hold(careless > 0, || {
        "with synchronous=NORMAL nothing was lost: these cuts are none".to_owned()
    })?;
    Ok(vec![
        cut,
        Line {
            what: "the same cuts of a writer that waits for no disk (`synchronous=NORMAL`), and of one that does (`FULL`)".to_owned(),
            against: "Python's sqlite3".to_owned(),
            cases: format!("{CONTROLS} cuts each"),
            result: format!("{careless} of them lose {lost} rows in all, as they should; none loses any"),
        },
    ])
}

/// A file system on a loop device.
struct Disk {
    file: PathBuf,
    mount: PathBuf,
    /// Where copies of it are looked at.
    copy: PathBuf,
    looked_at: PathBuf,
}

impl Disk {
    fn make(place: &Path, name: &str) -> Result<Self, Stop> {
        let disk = Self {
            file: place.join(format!("{name}.disk")),
            mount: place.join(name),
            copy: place.join(format!("{name}-cut.disk")),
            looked_at: place.join(format!("{name}-cut")),
        };
        for folder in [&disk.mount, &disk.looked_at] {
            fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        }
        let file = fs::File::create(&disk.file).map_err(|error| error.to_string())?;
        file.set_len(96 * 1024 * 1024)
            .map_err(|error| error.to_string())?;
        output(Command::new("mkfs.ext4").arg("-q").arg(&disk.file)).map_err(Stop::CannotRun)?;
        mount(&disk.file, &disk.mount)?;
        Ok(disk)
    }

    /// Stops the process, keeps what has reached the device, lets it go on, and gives a look at what is there.
    fn cut<T>(&self, process: u32, look: impl FnOnce(&Path) -> Result<T, Stop>) -> Result<T, Stop> {
        signal(process, "-STOP")?;
        let copied = output(
            Command::new("cp")
                .arg("--sparse=always")
                .args([&self.file, &self.copy]),
        );
        signal(process, "-CONT")?;
        copied?;
        mount(&self.copy, &self.looked_at)?;
        let seen = look(&self.looked_at);
        output(Command::new("umount").arg(&self.looked_at))?;
        seen
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.mount).output();
        let _ = fs::remove_file(&self.copy);
        let _ = fs::remove_file(&self.file);
    }
}

fn mount(file: &Path, to: &Path) -> Result<(), Stop> {
    output(Command::new("mount").args(["-o", "loop"]).args([file, to]))
        .map(drop)
        .map_err(|why| Stop::CannotRun(format!("a loop device cannot be mounted here: {why}")))
}

fn signal(process: u32, which: &str) -> Result<(), Stop> {
    output(Command::new("kill").args([which, &process.to_string()]))?;
    Ok(())
}

fn cuts(house: &House, disk: &Disk) -> Result<Line, Stop> {
    let data = disk.mount.join("data");
    fs::create_dir_all(&data).map_err(|error| error.to_string())?;
    house.fill(&data);
    let before = counted(&data)?;
    let program = house.serve(&data);
    let form = form_of(&program.address)?;
    let over = Arc::new(AtomicBool::new(false));
    let (acknowledged, sent) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let (over, acknowledged, sent) =
                (Arc::clone(&over), Arc::clone(&acknowledged), Arc::clone(&sent));
            let (address, form) = (program.address.clone(), form.clone());
            std::thread::spawn(move || {
                while !over.load(Ordering::Acquire) {
                    let number = sent.fetch_add(1, Ordering::AcqRel);
                    let act = format!("reason=time&once=cut-{number}");
                    match post(&address, &form, &from(number), &act) {
                        Ok(303) => acknowledged.fetch_add(1, Ordering::AcqRel),
                        other => return Err(format!("{other:?}")),
                    };
                }
                Ok(())
            })
        })
        .collect();
    let mut looked_into = 0;
    let mut cut = |number: usize| -> Result<(), Stop> {
        let wanted = acknowledged.load(Ordering::Acquire) + BETWEEN;
        while acknowledged.load(Ordering::Acquire) < wanted {
            if writers.iter().any(std::thread::JoinHandle::is_finished) {
                return Err(Stop::Found("a writer was refused".to_owned()));
            }
            std::thread::yield_now();
        }
        let least = acknowledged.load(Ordering::Acquire);
        disk.cut(program.id(), |there| {
            let data = there.join("data");
            if number.is_multiple_of(20) {
                house.look_into(&data)?;
                looked_into += 1;
            }
            let (most, there) = (sent.load(Ordering::Acquire), counted(&data)? - before);
            hold((least..=most).contains(&there), || {
                format!("cut {number}: {least} acts were acknowledged, {most} sent, and {there} are there")
            })
        })
    };
    let done = (0..CUTS).try_for_each(&mut cut);
    over.store(true, Ordering::Release);
    let ended: Result<Vec<()>, String> = writers
        .into_iter()
        .map(|writer| writer.join().map_err(|_| "a writer broke off".to_owned())?)
        .collect();
    done?;
    ended?;
    Ok(Line {
        what: "the power is cut while eight write".to_owned(),
        against:
            "what each cut left on an ext4 file system on a loop device, and what was acknowledged before"
                .to_owned(),
        cases: format!(
            "{CUTS} cuts, {} acts acknowledged",
            acknowledged.load(Ordering::Acquire)
        ),
        result: format!(
            "none lost, none doubled; `doctor --deep` and `audit verify` find nothing in {looked_into} of them"
        ),
    })
}

/// Cuts of a writer in Python; how many lost something, and how much.
fn controls(disk: &Disk, synchronous: &str) -> Result<(usize, usize), Stop> {
    let folder = disk.mount.join(synchronous);
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let file = folder.join("control.db");
    let mut writer = write_on(&file, synchronous)?;
    let told = writer.stdout.take().ok_or_else(|| "no output".to_owned())?;
    let written = Arc::new(AtomicUsize::new(0));
    let reader = {
        let written = Arc::clone(&written);
        std::thread::spawn(move || {
            for line in BufReader::new(told).lines().map_while(Result::ok) {
                written.store(line.parse().unwrap_or(0), Ordering::Release);
            }
        })
    };
    let (mut losing, mut lost) = (0, 0);
    let done = (0..CONTROLS).try_for_each(|_| {
        let wanted = written.load(Ordering::Acquire) + BETWEEN;
        while written.load(Ordering::Acquire) < wanted {
            if reader.is_finished() {
                return Err(Stop::CannotRun(
                    "python3 with its module sqlite3 is needed".to_owned(),
                ));
            }
            std::thread::yield_now();
        }
        let least = written.load(Ordering::Acquire);
        let there = disk.cut(writer.id(), |there| {
            rows(&there.join(synchronous).join("control.db"))
        })?;
        losing += usize::from(there < least);
        lost += least.saturating_sub(there);
        Ok(())
    });
    let _ = writer.kill();
    let _ = writer.wait();
    let _ = reader.join();
    done?;
    Ok((losing, lost))
}

/// Writes one row after another, and tells each when it is done.
fn write_on(file: &Path, synchronous: &str) -> Result<Child, Stop> {
    const WRITE: &str = "import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute('pragma journal_mode=wal')
connection.execute('pragma synchronous=' + sys.argv[2])
connection.execute('create table written (number)')
for number in range(1, 10**9):
    connection.execute('insert into written values (?)', (number,))
    print(number, flush=True)
";
    Command::new("python3")
        .args(["-c", WRITE])
        .arg(file)
        .arg(synchronous)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| Stop::CannotRun(format!("python3 is needed ({error})")))
}

/// How many rows a database has, if it has a table by then.
fn rows(file: &Path) -> Result<usize, Stop> {
    const COUNT: &str = "import sqlite3, sys
try:
    print(sqlite3.connect(sys.argv[1]).execute('select count(*) from written').fetchone()[0])
except sqlite3.OperationalError:
    print(0)
";
    let there = output(Command::new("python3").args(["-c", COUNT]).arg(file))?;
    Ok(there.trim().parse().map_err(|_| format!("no number: {there}"))?)
}

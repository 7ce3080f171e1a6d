//! Slow clients, bodies without end, and ten minutes of all kinds of requests, against the real program (SECURITY T20, T32).

use std::collections::VecDeque;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use testing::program::{Program, get, post};

use super::faults::{House, form_of, from};
use super::{Line, Ran, Stop, hold, tools};

/// How slowhttptest is slow, and what that is called.
const SLOW: [(&str, &str); 3] = [("-H", "heads"), ("-B", "bodies"), ("-X", "reading")];
const CONNECTIONS: usize = 1_000;
const SECONDS: u64 = 40;
/// What a page may take for anybody else meanwhile, and by how much memory may grow.
const MOST_P99: Duration = Duration::from_millis(100);
const MOST_GROWTH: u64 = 100 * 1024;

/// The soak: so many requests a second, for so long, by so many at a time.
const A_SECOND: u32 = 200;
const MINUTES: u32 = 10;
const AT_A_TIME: u32 = 4;
const SOAK_P99: Duration = Duration::from_millis(50);
/// KiB a minute, after the second.
const MOST_SLOPE: f64 = 1024.0;

pub(super) fn run() -> Ran {
    let place = tools::folder()?.join("load");
    let house = House::make(&place)?;
    let data = place.join("data");
    fs::create_dir_all(&data).map_err(|error| error.to_string())?;
    house.fill(&data);
    let program = house.serve(&data);
    let mut lines = Vec::new();
    for (how, what) in SLOW {
        lines.push(slow(&program, how, what)?);
    }
    lines.push(endless(&program)?);
    lines.push(soak(&program)?);
    Ok(lines)
}

/// What the system says of the program.
struct Process(PathBuf);

impl Process {
    fn of(program: &Program) -> Self {
        Self(PathBuf::from(format!("/proc/{}", program.id())))
    }

    /// Memory in use, in KiB.
    fn resident(&self) -> Result<u64, Stop> {
        let file = self.0.join("status");
        let status = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        Ok(number.ok_or_else(|| "the system does not tell how much memory it uses".to_owned())?)
    }

    fn files(&self) -> Result<usize, Stop> {
        let open = fs::read_dir(self.0.join("fd")).map_err(|error| error.to_string())?;
        Ok(open.count())
    }
}

fn timed(program: &Program, path: &str) -> Result<Duration, Stop> {
    let begun = Instant::now();
    let (status, _) = get(&program.address, path);
    hold(status == 200, || format!("{path} answers {status}"))?;
    Ok(begun.elapsed())
}

fn p99(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() * 99 / 100).copied().unwrap_or_default()
}

/// A thousand clients who take their time, and one who does not.
fn slow(program: &Program, how: &str, what: &str) -> Result<Line, Stop> {
    let process = Process::of(program);
    for _ in 0..200 {
        timed(program, "/groups")?;
    }
    let before = process.resident()?;
    let target = match how {
        // A form that is not counted by who sends it.
        "-B" => "/choose",
        _ => "/groups",
    };
    let url = program.address.replace("localhost", "127.0.0.1") + target;
    let connections = CONNECTIONS.to_string();
    let seconds = SECONDS.to_string();
    let mut tool = Command::new("slowhttptest");
    tool.args([
        how,
        "-c",
        &connections,
        "-i",
        "10",
        "-r",
        "200",
        "-l",
        &seconds,
        "-u",
        &url,
    ]);
    if how == "-B" {
        tool.args(["-t", "POST", "-s", "8192"]);
    }
    let mut tool = tool
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| Stop::CannotRun(format!("slowhttptest is needed ({error})")))?;
    let (mut times, mut most, mut open) = (Vec::new(), before, 0);
    let asked = loop {
        for path in ["/", "/groups?near=44113", "/help-now"] {
            match timed(program, path) {
                Ok(time) => times.push(time),
                Err(why) => break_off(&mut tool, why)?,
            }
        }
        most = most.max(process.resident()?);
        open = open.max(process.files()?);
        match tool.try_wait() {
            Ok(None) => {}
            Ok(Some(_)) => break times.len(),
            Err(why) => return Err(Stop::Found(why.to_string())),
        }
    };
    let (p99, growth) = (p99(&mut times), most - before);
    let result = format!(
        "p99 {:.1} ms for anybody else, memory grows by {:.0} MiB (aims: {} ms, {} MiB)",
        p99.as_secs_f64() * 1_000.0,
        float(growth) / 1024.0,
        MOST_P99.as_millis(),
        MOST_GROWTH / 1024
    );
    println!("slow {what}: {result}, {open} files at most");
    hold(open > CONNECTIONS / 2, || {
        format!("slow {what}: only {open} files were open")
    })?;
    hold(p99 <= MOST_P99 && growth <= MOST_GROWTH, || {
        format!("slow {what}: {result}")
    })?;
    Ok(Line {
        what: format!("slow {what} of {CONNECTIONS} clients"),
        against: "slowhttptest, at this machine's own address, without limits of requests".to_owned(),
        cases: format!("{asked} pages asked meanwhile, one after another"),
        result,
    })
}

fn break_off(tool: &mut std::process::Child, why: Stop) -> Result<(), Stop> {
    let _ = tool.kill();
    let _ = tool.wait();
    Err(why)
}

/// What has no end, or is too large, is cut off.
fn endless(program: &Program) -> Result<Line, Stop> {
    let process = Process::of(program);
    let before = process.resident()?;
    let form = form_of(&program.address)?;
    let chunked = format!(
        "POST {form} HTTP/1.1\r\nHost: here\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    let announced = format!("POST {form} HTTP/1.1\r\nHost: here\r\nContent-Length: 10737418240\r\n\r\n");
    let packed = format!(
        "POST {form} HTTP/1.1\r\nHost: here\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    let piece = format!("{:x}\r\n{}\r\n", 64 * 1024, "x".repeat(64 * 1024));
    let deep = format!("10000\r\n{}\r\n", "[".repeat(64 * 1024));
    let line = format!("GET /{} HTTP/1.1\r\nHost: here\r\n\r\n", "x".repeat(1024 * 1024));
    let header = "a: b\r\n".repeat(10_000);
    let most = 10 * 1024 * 1024 * 1024;
    let mut told = Vec::new();
    for (what, head, piece, wanted) in [
        ("a body in chunks of 10 GB", chunked.as_str(), piece.as_str(), 413),
        ("a body said to have 10 GB", &announced, "x", 413),
        ("10 GB said to be packed", &packed, &piece, 413),
        ("brackets within brackets", &chunked, &deep, 413),
        ("10,000 headers", "GET / HTTP/1.1\r\nHost: here\r\n", &header, 431),
        ("an address of 1 MB", &line, "", 431),
    ] {
        let (status, sent) = pour(program, head, piece, most)?;
        println!("{what}: {status} after {sent} bytes");
        hold(status == wanted, || {
            format!("{what}: {status} in place of {wanted}")
        })?;
        hold(sent < 16 * 1024 * 1024, || {
            format!("{what}: {sent} bytes were taken")
        })?;
        told.push(format!("{what}: {status}"));
    }
    timed(program, "/groups")?;
    let growth = process.resident()?.saturating_sub(before);
    hold(growth <= MOST_GROWTH, || format!("memory grew by {growth} KiB"))?;
    Ok(Line {
        what: "what has no end or is too large".to_owned(),
        against: "bytes as they come".to_owned(),
        cases: format!("{} kinds", told.len()),
        result: format!("{}; each cut off at once", told.join(", ")),
    })
}

/// Sends this and then that again and again until the server answers or ends it; its status, and how much was sent.
fn pour(program: &Program, head: &str, piece: &str, most: usize) -> Result<(u16, usize), Stop> {
    let host = program
        .address
        .trim_start_matches("http://")
        .replace("localhost", "127.0.0.1");
    let mut stream = TcpStream::connect(host).map_err(|error| error.to_string())?;
    let mut reading = stream.try_clone().map_err(|error| error.to_string())?;
    let answer = std::thread::spawn(move || {
        let mut answer = Vec::new();
        let mut piece = [0; 1024];
        // An end that comes before all was sent may be a rough one.
        while let Ok(read @ 1..) = reading.read(&mut piece) {
            answer.extend_from_slice(&piece[..read]);
        }
        String::from_utf8_lossy(&answer).into_owned()
    });
    let mut sent = 0;
    let mut pour = || -> std::io::Result<()> {
        stream.write_all(head.as_bytes())?;
        sent += head.len();
        while sent < most && !piece.is_empty() && !answer.is_finished() {
            stream.write_all(piece.as_bytes())?;
            sent += piece.len();
        }
        stream.shutdown(std::net::Shutdown::Write)
    };
    match pour() {
        Err(why)
            if !matches!(
                why.kind(),
                ErrorKind::BrokenPipe | ErrorKind::ConnectionReset | ErrorKind::NotConnected
            ) =>
        {
            return Err(Stop::Found(why.to_string()));
        }
        _ => {}
    }
    let answer = answer.join().map_err(|_| "the reader broke off".to_owned())?;
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    Ok((status.unwrap_or(0), sent))
}

/// All kinds of requests, at a steady pace.
fn soak(program: &Program) -> Result<Line, Stop> {
    let process = Process::of(program);
    let form = form_of(&program.address)?;
    let each = Duration::from_secs(1) * AT_A_TIME / A_SECOND;
    let (mut times, mut seen) = (Vec::new(), VecDeque::new());
    for minute in 0..MINUTES {
        let threads: Vec<_> = (0..AT_A_TIME)
            .map(|lane| {
                let (address, form) = (program.address.clone(), form.clone());
                std::thread::spawn(move || steady(&address, &form, each, minute * AT_A_TIME + lane))
            })
            .collect();
        for thread in threads {
            times.extend(thread.join().map_err(|_| "a client broke off".to_owned())??);
        }
        seen.push_back((process.resident()?, process.files()?));
        println!(
            "minute {}: {} KiB, {} files",
            minute + 1,
            seen[seen.len() - 1].0,
            seen[seen.len() - 1].1
        );
    }
    seen.drain(..2);
    let slope = slope(seen.iter().map(|(memory, _)| float(*memory)));
    let (fewest, most) = seen.iter().fold((usize::MAX, 0), |(few, many), (_, files)| {
        (few.min(*files), many.max(*files))
    });
    let asked = times.len();
    let p99 = p99(&mut times);
    let result = format!(
        "p99 {:.1} ms, memory {slope:+.0} KiB a minute after the second (aim: within {MOST_SLOPE:.0}), {fewest} to {most} open files, no error",
        p99.as_secs_f64() * 1_000.0
    );
    println!("{result}");
    hold(
        slope < MOST_SLOPE && p99 <= SOAK_P99 && most - fewest <= 8,
        || result.clone(),
    )?;
    Ok(Line {
        what: format!("{MINUTES} minutes of {A_SECOND} requests a second: pages, searches, feeds, forms"),
        against: "what the system says of the process".to_owned(),
        cases: format!("{asked} requests"),
        result,
    })
}

/// A minute of one client.
fn steady(address: &str, form: &str, each: Duration, lane: u32) -> Result<Vec<Duration>, String> {
    const PATHS: [&str; 9] = [
        "/",
        "/groups?near=44113",
        "/groups?near=Berlin&day=thu",
        "/groups?q=grief",
        "/for/grief",
        "/providers?near=44113",
        "/api/groups?near=44113",
        "/choose",
        "/help-now",
    ];
    let many = 60 * 1_000_000 / u32::try_from(each.as_micros()).unwrap_or(u32::MAX);
    let begun = Instant::now();
    let mut times = Vec::new();
    for number in 0..many {
        let due = begun + each * number;
        if let Some(early) = due.checked_duration_since(Instant::now()) {
            // A pace is what this is about.
            std::thread::park_timeout(early);
        }
        let at = Instant::now();
        let which = (number + lane) as usize % (PATHS.len() + 1);
        let status = match PATHS.get(which) {
            Some(path) => get(address, path).0,
            None => {
                let act = lane as usize * many as usize + number as usize;
                post(address, form, &from(act), &format!("reason=time&once=soak-{act}"))
                    .map_err(|error| error.to_string())?
            }
        };
        if !matches!(status, 200 | 303) {
            return Err(format!(
                "{} answers {status}",
                PATHS.get(which).unwrap_or(&"a form")
            ));
        }
        times.push(at.elapsed());
    }
    Ok(times)
}

/// Of a straight line through these, by how much each is above the one before.
fn slope(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let middle = (float(values.len() as u64) - 1.0) / 2.0;
    let (mut over, mut under) = (0.0, 0.0);
    for (at, value) in (0_u32..).zip(values) {
        let from_middle = f64::from(at) - middle;
        over += from_middle * value;
        under += from_middle * from_middle;
    }
    over / under
}

/// Nothing counted here is larger.
fn float(whole: u64) -> f64 {
    f64::from(u32::try_from(whole).unwrap_or(u32::MAX))
}

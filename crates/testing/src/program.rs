//! The real program, started as a person starts it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

/// For a server that is asked as often as it can answer, whatever the disk has left.
pub const WITHOUT_LIMITS: [&str; 8] = [
    "--page-rate",
    "0",
    "--search-rate",
    "0",
    "--keep-free",
    "0",
    "--log",
    "error",
];

/// The program, with the key ring of every test in its environment.
pub fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env("SAMEBOAT_KEY", crate::database::KEY);
    command
}

/// A running program; ended when dropped.
pub struct Program {
    child: Child,
    /// The address it printed.
    pub address: String,
}

impl Program {
    /// Starts it and waits for the address it prints.
    pub fn start(program: &Path, arguments: &[&str]) -> Self {
        let mut child = command(program)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let output = child.stdout.take().expect("its output");
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let address = lines
            .find(|line| line.starts_with("http://"))
            .expect("the program prints its address");
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The demo on a port of its own, in a folder of its own with what a first start makes, without limits of requests.
pub struct Demo {
    program: Program,
    _folder: tempfile::TempDir,
}

impl Demo {
    pub fn start(program: &Path) -> Self {
        Self::start_with(program, &[])
    }

    pub fn start_with(program: &Path, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy(&begun(program, folder.path()), folder.path()).expect("a copy of the demo");
        let data = folder.path().display().to_string();
        let mut arguments = vec!["demo", "--data", &data, "--listen", "127.0.0.1:0"];
        arguments.extend(["--search-rate", "0", "--page-rate", "0"]);
        arguments.extend(more);
        Self {
            program: Program::start(program, &arguments),
            _folder: folder,
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.program.address)
    }
}

/// What the first start of the demo leaves. It is made once for each build on the day that `now` is newly made on, as it takes longer than
/// most of what is tested on it.
fn begun(program: &Path, now: &Path) -> PathBuf {
    let since = made(now).duration_since(UNIX_EPOCH);
    let day = since.expect("a clock that goes").as_secs() / (24 * 60 * 60);
    let mut hash = DefaultHasher::new();
    (program, made(program), day).hash(&mut hash);
    let beside = program.parent().expect("a folder of programs");
    let begun = beside.join(format!("demo-{:016x}", hash.finish()));
    if !begun.is_dir() {
        let mine = tempfile::tempdir_in(beside).expect("a folder");
        let data = mine.path().display().to_string();
        Program::start(program, &["demo", "--data", &data, "--listen", "127.0.0.1:0"]).kill();
        // Whoever is first names it.
        if std::fs::rename(mine.path(), &begun).is_ok() {
            let _ = mine.keep();
        }
    }
    begun
}

/// When a file was made: another build of a program is another one.
pub(crate) fn made(path: &Path) -> SystemTime {
    let made = path.metadata().and_then(|of| of.modified());
    made.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            std::fs::create_dir(&to)?;
            copy(&entry.path(), &to)?;
        } else {
            std::fs::copy(entry.path(), &to)?;
        }
    }
    Ok(())
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks a server on this machine; gives the status and the body.
pub fn get(address: &str, path: &str) -> (u16, String) {
    let (head, body) = answer(address, path);
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .expect("a status");
    (status, body)
}

/// Sends a form to a server on this machine, as if a proxy brought it from `from`; gives the status. A line that broke, and an answer
/// that broke off, are errors.
pub fn post(address: &str, path: &str, from: &str, form: &str) -> std::io::Result<u16> {
    send(address, path, &format!("X-Forwarded-For: {from}"), form)
}

/// The same from a browser of this site that is signed in under a token.
pub fn post_as(address: &str, path: &str, token: &str, form: &str) -> std::io::Result<u16> {
    send(
        address,
        path,
        &format!("Cookie: s={token}\r\nOrigin: {address}"),
        form,
    )
}

/// What time it is for a server on this machine, as it says with every answer.
pub fn time(address: &str) -> String {
    let (head, _) = answer(address, "/help-now");
    let line = head
        .lines()
        .find(|line| line.to_ascii_lowercase().starts_with("date: "));
    line.expect("a date")[6..].to_owned()
}

/// The head and the body of what a server on this machine answers.
fn answer(address: &str, path: &str) -> (String, String) {
    use std::io::{Read, Write};
    let host = address
        .trim_start_matches("http://")
        .replace("localhost", "127.0.0.1");
    let mut stream = std::net::TcpStream::connect(&host).expect("the server answers");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    .expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    (head.to_owned(), body.to_owned())
}

fn send(address: &str, path: &str, headers: &str, form: &str) -> std::io::Result<u16> {
    use std::io::{Read, Write};
    let host = address
        .trim_start_matches("http://")
        .replace("localhost", "127.0.0.1");
    let mut stream = std::net::TcpStream::connect(&host)?;
    let length = form.len();
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{form}"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let head = String::from_utf8_lossy(&answer);
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    status
        .filter(|_| head.contains("\r\n\r\n"))
        .ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
}

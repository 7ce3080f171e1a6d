//! A real PostgreSQL for tests: a cluster of its own in a temporary folder, on loopback, run by an unprivileged user.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Names a running cluster, so that many test processes share one.
pub const VARIABLE: &str = "SAMEBOAT_TEST_POSTGRES";

/// A running cluster; stopped when dropped.
pub struct Cluster {
    server: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Cluster {
    /// Makes a cluster and starts it. Nothing in it is kept: it does not wait for the disk.
    pub fn start() -> Result<Self, String> {
        let bin = binaries().ok_or(
            "PostgreSQL is not installed. On Debian or Ubuntu: sudo apt-get install postgresql. \
             Or leave it out: cargo xtask test --without postgres",
        )?;
        let folder = tempfile::Builder::new()
            .prefix("sameboat-postgres")
            .tempdir()
            .map_err(|e| e.to_string())?;
        let data = folder.path().join("data");
        let user = unprivileged();
        if let Some(user) = &user {
            done(Command::new("chown").arg(user).arg(folder.path()))?;
        }
        let initdb = bin.join("initdb");
        let mut make = command_as(user.as_deref(), &initdb);
        make.args([
            "-U",
            "sameboat",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            "-D",
        ])
        .arg(&data);
        done(&mut make)?;
        let port = free_port()?;
        let server = serve(&bin, user.as_deref(), &data, port)?;
        Ok(Self { server, port, folder })
    }

    /// Ends it as a crash would, and starts it again on what it has left.
    pub fn crash(&mut self) -> Result<(), String> {
        let bin = binaries().ok_or("PostgreSQL is gone")?;
        // SIGQUIT is PostgreSQL's "immediate shutdown".
        done(Command::new("kill").args(["-QUIT", &self.server.id().to_string()]))?;
        self.server.wait().map_err(|e| e.to_string())?;
        let data = self.folder.path().join("data");
        self.server = serve(&bin, unprivileged().as_deref(), &data, self.port)?;
        Ok(())
    }

    pub fn url(&self) -> String {
        format!("postgres://sameboat@127.0.0.1:{}/postgres", self.port)
    }
}

/// Starts the server, and waits until it lets somebody in.
fn serve(bin: &Path, user: Option<&str>, data: &Path, port: u16) -> Result<Child, String> {
    let mut serve = command_as(user, &bin.join("postgres"));
    serve.arg("-D").arg(data).args(["-p", &port.to_string()]).args(
        [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
            "full_page_writes=off",
            // It would look through hundreds of databases that are soon gone.
            "autovacuum=off",
            "max_connections=400",
        ]
        .iter()
        .flat_map(|setting| ["-c", setting]),
    );
    let mut server = serve
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|e| e.to_string())?;
    let log = server.stderr.take().ok_or("PostgreSQL has no log")?;
    let mut lines = BufReader::new(log).lines().map_while(Result::ok);
    let mut seen = Vec::new();
    let ready = lines
        .by_ref()
        .inspect(|line| seen.push(line.clone()))
        .any(|l| l.contains("ready to accept connections"));
    if !ready {
        return Err(format!("PostgreSQL did not start:\n{}", seen.join("\n")));
    }
    // Someone must read on, or a long log would stop the server.
    std::thread::spawn(move || lines.for_each(drop));
    Ok(server)
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's "fast shutdown".
        let _ = Command::new("kill")
            .args(["-INT", &self.server.id().to_string()])
            .status();
        let _ = self.server.wait();
    }
}

/// Runs a statement in the cluster behind `url`.
pub fn run(url: &str, sql: &str) -> Result<(), String> {
    let psql = binaries().map_or_else(|| PathBuf::from("psql"), |bin| bin.join("psql"));
    done(Command::new(psql).args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql, url]))
}

/// Where the programs of PostgreSQL are; the newest, if there are several.
pub fn binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut installed: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    installed.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    installed
        .into_iter()
        .rev()
        .chain(std::env::split_paths(&path))
        .find(|bin| {
            ["initdb", "postgres", "psql"]
                .iter()
                .all(|program| bin.join(program).is_file())
        })
}

fn unprivileged() -> Option<String> {
    let root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    let exists = |user: &str| {
        Command::new("id")
            .arg(user)
            .output()
            .is_ok_and(|id| id.status.success())
    };
    root.then(|| {
        if exists("postgres") {
            "postgres".to_owned()
        } else {
            "nobody".to_owned()
        }
    })
}

/// `setpriv` becomes the program, so that the child we hold is the server itself.
fn command_as(user: Option<&str>, program: &Path) -> Command {
    let Some(user) = user else {
        return Command::new(program);
    };
    let group = if user == "nobody" { "nogroup" } else { user };
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid", user, "--regid", group, "--clear-groups", "--"])
        .arg(program);
    command.env("LC_ALL", "C.UTF-8").current_dir("/");
    command
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    Ok(listener.local_addr().map_err(|e| e.to_string())?.port())
}

fn done(command: &mut Command) -> Result<(), String> {
    let output = command
        .output()
        .map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "{command:?}:\n{}",
        String::from_utf8_lossy(&output.stderr)
    ))
}

//! The first start: an empty installation lets in whoever reads its console, once; and the demo says what it is on every page.
#![expect(
    clippy::unused_async,
    reason = "a test on both engines is async, whether it waits or not"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};

use testing::program::{Demo, get};
use testing::{TestDatabase, both_engines};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

/// The demo's own words, on each of its pages.
const MARK: &str = "Demo: every group and person here is invented";

/// A server whose console is read.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(database: &str) -> Self {
        let mut child = testing::program::command(Path::new(PROGRAM))
            .args(["serve", "--listen", "127.0.0.1:0", "--database", database])
            .args(["--page-rate", "0", "--search-rate", "0", "--log", "info"])
            .env_remove("SAMEBOAT_DATA")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.map(Result::unwrap).find(|line| line.starts_with("http://"));
        Self {
            child,
            address: address.unwrap(),
        }
    }

    /// Ends it, and gives all that it said at its console.
    fn end(mut self) -> String {
        // What it says of its first admin comes before its first answer.
        assert_eq!(get(&self.address, "/healthz").0, 200);
        self.child.kill().unwrap();
        let mut said = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        self.child.wait().unwrap();
        said
    }

    /// Reads the console up to the link of the first admin, and gives its path.
    fn link(&mut self) -> String {
        let lines = BufReader::new(self.child.stderr.as_mut().unwrap()).lines();
        let told = lines
            .map(Result::unwrap)
            .find(|line| line.contains("/invitation/"));
        let told = told.unwrap();
        let path = told.trim().strip_prefix(self.address.as_str());
        path.expect("the link leads to this site").to_owned()
    }

    /// What a form is answered: the status and all else.
    fn post(&self, path: &str, form: &str) -> (u16, String) {
        let host = self.address.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host.replace("localhost", "127.0.0.1")).unwrap();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.address,
            form.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        (answer[9..12].parse().unwrap(), answer)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[both_engines]
async fn an_empty_installation_prints_a_link_that_makes_one_admin(db: TestDatabase) {
    let database = db.setting();
    let mut first = Server::start(&database);
    let before = first.link();
    assert_eq!(get(&first.address, &before).0, 200, "to open it changes nothing");
    drop(first);

    // Each start without an admin gives another link; the one before works no more.
    let mut server = Server::start(&database);
    let link = server.link();
    assert_ne!(link, before);
    let form = "handle=Alex&mail=alex@people.example&password=harbor+lantern+gravel+violin";
    assert_eq!(get(&server.address, &before).0, 404);
    assert_eq!(server.post(&before, form).0, 404);
    let (status, page) = server.post(&link, "handle=Alex&mail=alex@people.example&password=short");
    assert_eq!(status, 422, "{page}");
    assert_eq!(get(&server.address, &link).0, 200, "what was refused uses it not");

    let (status, answer) = server.post(&link, form);
    assert_eq!(status, 303, "{answer}");
    assert!(answer.contains("set-cookie: s="), "{answer}");
    assert_eq!(get(&server.address, &link).0, 404, "it works once");
    let (status, answer) = server.post(&link, &form.replace("alex", "noor"));
    assert!(status == 404 && !answer.contains("set-cookie"), "{answer}");
    drop(server);

    let said = Server::start(&database).end();
    assert!(!said.contains("/invitation/"), "there is an admin: {said}");
}

#[test]
fn the_demo_says_what_it_is_and_an_installation_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("own.db").display());
    let (demo, own) = (Demo::start(Path::new(PROGRAM)), Server::start(&database));
    for path in [
        "/",
        "/groups",
        "/embed/groups",
        "/help-now",
        "/choose",
        "/sign-in",
        "/about",
        "/nothing-is-here",
    ] {
        let (_, page) = get(demo.url("").as_str(), path);
        assert!(page.contains(MARK), "{path} of the demo: {page}");
        let (_, page) = get(&own.address, path);
        assert!(page.contains("<h1") && !page.contains(MARK), "{path}: {page}");
    }
}

//! The program on a scratch copy of the demo's data, its people, and browsers that come through a proxy from any address.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use testing::mail::MailServer;
use testing::program::Program;
use tokio::net::TcpStream;

use super::INVITED;
use crate::assure::{Stop, tools};
use crate::run::output;

pub(in crate::assure) const RIGHT: &str = "quiet+harbor+lantern+seven";
pub(super) const WRONG: &str = "loud+harbor+lantern+seven";

pub(in crate::assure) struct Site {
    program: PathBuf,
    arguments: Vec<String>,
    running: Program,
    pub mail: MailServer,
}

/// A browser, with a cookie and an address of its own.
pub(in crate::assure) struct Browser<'a> {
    site: &'a Site,
    connection: Option<SendRequest<Full<Bytes>>>,
    pub cookie: Option<String>,
    /// The number of the /24 it comes from.
    pub prefix: u32,
}

pub(in crate::assure) struct Answer {
    pub status: u16,
    /// Where it leads.
    pub to: String,
    pub body: String,
    pub took: Duration,
}

impl Site {
    pub(super) fn start() -> Result<Self, Stop> {
        Self::start_in("signin", &[])
    }

    /// In a folder of this name, with these settings of the environment.
    pub(in crate::assure) fn start_in(name: &str, environment: &[String]) -> Result<Self, Stop> {
        let program = tools::sameboat_as_released()?;
        let folder = tools::folder()?.join(name);
        let _ = std::fs::remove_dir_all(&folder);
        let data = folder.display().to_string();
        // The demo makes the listings of which pages are made.
        drop(Program::start(
            &program,
            &["demo", "--data", &data, "--listen", "127.0.0.1:0"],
        ));
        let mail = MailServer::start();
        let arguments: Vec<String> = [
            ("--data", data),
            (
                "--database",
                format!("sqlite:{}", folder.join("demo/demo.db").display()),
            ),
            ("--key-file", folder.join("demo/demo.key").display().to_string()),
        ]
        .into_iter()
        .flat_map(|(name, value)| [name.to_owned(), value])
        .collect();
        let url = mail.url();
        let mut serve: Vec<&str> = vec![
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--trusted-proxies",
            "127.0.0.1",
        ];
        serve.extend(["--page-rate", "0", "--search-rate", "0", "--log", "error"]);
        serve.extend(["--smtp", &url, "--mail-from", "desk@people.example"]);
        serve.extend(arguments.iter().map(String::as_str));
        let path = program.display().to_string();
        let mut with: Vec<&str> = environment.iter().map(String::as_str).collect();
        with.push(&path);
        with.extend(serve);
        let running = Program::start(Path::new("/usr/bin/env"), &with);
        Ok(Self {
            program,
            arguments,
            running,
            mail,
        })
    }

    /// So many people with an account and a password: their addresses.
    pub(in crate::assure) async fn people(&self, many: usize) -> Result<Vec<String>, Stop> {
        let mut people = Vec::new();
        for (number, prefix) in (0..many).zip(INVITED..) {
            let mail = format!("person{number}@people.example");
            let mut invite = Command::new(&self.program);
            invite
                .args(["invite", "--role", "coordinator", &mail])
                .args(&self.arguments);
            let said = output(&mut invite)?;
            let link = said
                .find("/invitation/")
                .and_then(|at| said[at..].split_whitespace().next());
            let link = link.ok_or_else(|| format!("an invitation without a link: {said}"))?;
            let form = format!("handle=Person+{number}&password={RIGHT}");
            let answer = self.browser(prefix).post(link, &form).await?;
            answer.expect(303, "taking up an invitation")?;
            people.push(mail);
        }
        Ok(people)
    }

    /// Has the program look at the audit.
    pub(in crate::assure) fn verify(&self) -> Result<String, Stop> {
        Ok(output(
            Command::new(&self.program)
                .args(["audit", "verify"])
                .args(&self.arguments),
        )?)
    }

    pub(in crate::assure) fn browser(&self, prefix: u32) -> Browser<'_> {
        Browser {
            site: self,
            connection: None,
            cookie: None,
            prefix,
        }
    }
}

impl<'a> Browser<'a> {
    pub(in crate::assure) async fn get(&mut self, path: &str) -> Result<Answer, Stop> {
        self.ask("GET", path, "").await
    }

    pub(in crate::assure) async fn post(&mut self, path: &str, form: &str) -> Result<Answer, Stop> {
        self.ask("POST", path, form).await
    }

    /// One guess at a password, without a cookie.
    pub(super) async fn guess(&mut self, mail: &str, password: &str) -> Result<Answer, Stop> {
        self.cookie = None;
        let form = format!("mail={mail}&password={password}");
        self.post("/sign-in/password", &form).await
    }

    /// Another browser at the same place with this cookie.
    pub(in crate::assure) fn with(&self, cookie: Option<&str>) -> Browser<'a> {
        Browser {
            cookie: cookie.map(str::to_owned),
            ..self.site.browser(self.prefix)
        }
    }

    /// Whether it is signed in.
    pub(in crate::assure) async fn is_in(&mut self) -> Result<bool, Stop> {
        Ok(self.get("/me/looked").await?.status == 200)
    }

    async fn ask(&mut self, method: &str, path: &str, form: &str) -> Result<Answer, Stop> {
        let address = &self.site.running.address;
        let [_, high, middle, low] = self.prefix.to_be_bytes();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, address.trim_start_matches("http://"))
            .header(ORIGIN, address)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("x-forwarded-for", format!("{}.{middle}.{low}.7", 11 + high));
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, format!("s={cookie}"));
        }
        let request = request
            .body(Full::from(form.to_owned()))
            .map_err(|error| error.to_string())?;
        let connection = self.connected().await?;
        let begun = Instant::now();
        let answer = connection
            .send_request(request)
            .await
            .map_err(|error| error.to_string())?;
        let (head, body) = answer.into_parts();
        let body = body
            .collect()
            .await
            .map_err(|error| error.to_string())?
            .to_bytes();
        let took = begun.elapsed();
        let head = Response::from_parts(head, ());
        let told = |name| head.headers().get(name).and_then(|value| value.to_str().ok());
        if let Some(cookie) = told(SET_COOKIE).and_then(|set| set.strip_prefix("s=")) {
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        Ok(Answer {
            status: head.status().as_u16(),
            to: told(LOCATION).unwrap_or_default().to_owned(),
            body: String::from_utf8_lossy(&body).into_owned(),
            took,
        })
    }

    async fn connected(&mut self) -> Result<&mut SendRequest<Full<Bytes>>, Stop> {
        let open = self
            .connection
            .take()
            .filter(|connection| !connection.is_closed());
        let mut connection = match open {
            Some(connection) => connection,
            None => {
                let address = self.site.running.address.replace("http://localhost", "127.0.0.1");
                let stream = TcpStream::connect(address)
                    .await
                    .map_err(|error| error.to_string())?;
                stream.set_nodelay(true).map_err(|error| error.to_string())?;
                let (connection, work) = handshake(TokioIo::new(stream))
                    .await
                    .map_err(|error| error.to_string())?;
                tokio::spawn(work);
                connection
            }
        };
        connection.ready().await.map_err(|error| error.to_string())?;
        Ok(self.connection.insert(connection))
    }
}

impl Answer {
    pub(in crate::assure) fn expect(&self, status: u16, what: &str) -> Result<(), Stop> {
        super::hold(self.status == status, || {
            format!("{what} answers {} and not {status}:\n{}", self.status, self.body)
        })
    }
}

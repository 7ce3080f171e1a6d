//! A mail server on this machine that keeps what it is given: SMTP as far as one letter after another needs it.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};

/// A letter as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub from: String,
    pub to: String,
    /// Headers and body, as they were sent.
    pub text: String,
}

impl Received {
    pub fn headers(&self) -> &str {
        self.text.split("\n\n").next().unwrap_or_default()
    }

    /// What a person reads: quoted-printable of ASCII texts is undone.
    pub fn body(&self) -> String {
        let (_, body) = self.text.split_once("\n\n").unwrap_or_default();
        body.replace("=\n", "").replace("=3D", "=")
    }
}

/// Runs until the test ends.
pub struct MailServer {
    pub port: u16,
    letters: Receiver<Received>,
}

impl MailServer {
    /// One that takes every letter.
    pub fn start() -> Self {
        Self::answering("250 yes")
    }

    /// One that answers this to every address.
    pub fn answering(answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (keep, letters) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let keep = keep.clone();
                std::thread::spawn(move || talk(&stream, answer, &keep));
            }
        });
        Self { port, letters }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// The next letter; waits for it.
    pub fn next(&self) -> Received {
        self.letters.recv().expect("the server runs")
    }

    /// Whether another letter is there already.
    pub fn has_more(&self) -> bool {
        self.letters.try_recv().is_ok()
    }
}

/// Until the other side has had enough; what goes wrong with it is its own affair.
fn talk(stream: &TcpStream, answer: &str, keep: &Sender<Received>) -> Option<()> {
    let (mut out, mut lines) = (stream, BufReader::new(stream).lines().map_while(Result::ok));
    let mut say = move |line: &str| write!(out, "{line}\r\n").ok();
    let (mut from, mut to) = (String::new(), String::new());
    say("220 here")?;
    while let Some(line) = lines.next() {
        let between = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
            "MAIL" => {
                from = between();
                say("250 yes")?;
            }
            "RCPT" => {
                to = between();
                say(answer)?;
            }
            "DATA" => {
                say("354 go on")?;
                let mut text = Vec::new();
                loop {
                    // Of a letter that broke off there is none.
                    let line = lines.next()?;
                    if line == "." {
                        break;
                    }
                    text.push(line);
                }
                keep.send(Received {
                    from: from.clone(),
                    to: to.clone(),
                    text: text.join("\n"),
                })
                .ok()?;
                say("250 kept")?;
            }
            "QUIT" => {
                say("221 bye")?;
                return Some(());
            }
            _ => say("250 yes")?,
        }
    }
    Some(())
}

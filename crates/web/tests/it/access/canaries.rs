//! Canaries: names and addresses that nobody else has, so that each place where one appears is known to be meant or is a leak.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock};

use crate::access::line::Line;
use crate::access::subject::Subject;

/// Every canary begins so and has 20 characters.
pub const BEGIN: &str = "zq9x";

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Handle,
    Mail,
    /// The address of an invitation that waits.
    Invited,
    /// What was typed about a new group, and about the one that is here.
    New,
    Typed,
    /// Why a record was opened by break-glass.
    Words,
    /// What a visitor wrote beside a report of the group that is here; and beside one of danger there.
    Said,
    Danger,
    /// What someone answered before a talk, and what was noted of it.
    Answered,
    Noted,
    /// What someone is called in the support group that is here, and how one gets in there.
    Guest,
    Door,
    /// What someone wants to be told of, and the address they gave for that.
    Sought,
    Saver,
    /// What a group did in a session; the part of the member who is there; what the leader wrote for themselves.
    Recorded,
    Parted,
    Own,
}

/// Each with its kind and whose it is.
#[derive(Debug, Default)]
pub struct Canaries(BTreeMap<String, (Kind, String)>);

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Handle => "handle",
            Self::Mail => "mail",
            Self::Invited => "invited",
            Self::New => "new",
            Self::Typed => "typed",
            Self::Words => "words",
            Self::Said => "said",
            Self::Danger => "danger",
            Self::Answered => "answered",
            Self::Noted => "noted",
            Self::Guest => "guest",
            Self::Door => "door",
            Self::Sought => "sought",
            Self::Saver => "saver",
            Self::Recorded => "recorded",
            Self::Parted => "parted",
            Self::Own => "own",
        }
    }
}

impl Canaries {
    pub fn new_one(&mut self, kind: Kind, whose: &str) -> String {
        let canary = format!("{BEGIN}{:016}", 7_919 * (self.0.len() + 1_000_003));
        self.0.insert(canary.clone(), (kind, whose.to_owned()));
        canary
    }

    pub fn of(&self, kind: Kind, whose: &str) -> &str {
        let found = self.0.iter().find(|(_, (is, of))| *is == kind && of == whose);
        found.map_or_else(|| panic!("{whose} has none"), |(canary, _)| canary)
    }

    /// Those in a text that nobody has allowed this person to see there; one line each.
    pub fn leaks(&self, text: &str, line: &Line, subject: &Subject) -> Vec<String> {
        found(text)
            .filter_map(|canary| {
                let (kind, whose) = &self.0[canary];
                let allowed = allow_list().iter().any(|allowed| {
                    allowed.kind == kind.name()
                        && (allowed.path == line.path || (allowed.path == "*" && !line.is_for_anyone()))
                        && (allowed.who == ["self"] && *whose == subject.person.name()
                            || subject.person.is_among(&allowed.who))
                });
                (!allowed).then(|| {
                    format!(
                        "{} sees the {} of {whose} at {}",
                        subject.name(),
                        kind.name(),
                        line.path
                    )
                })
            })
            .collect()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// The canaries in a text.
pub fn found(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(BEGIN).map(|(at, _)| &text[at..at + 20])
}

struct Allowed {
    kind: String,
    path: String,
    who: Vec<String>,
}

/// The hand-written list of who may see which kind where.
fn allow_list() -> &'static [Allowed] {
    static LIST: OnceLock<Vec<Allowed>> = OnceLock::new();
    LIST.get_or_init(|| {
        include_str!("canaries.csv")
            .lines()
            .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
            .map(|line| {
                let cells: Vec<&str> = line.split(',').map(str::trim).collect();
                let [kind, path, who] = cells[..] else {
                    panic!("canaries.csv: {line}")
                };
                Allowed {
                    kind: kind.to_owned(),
                    path: path.to_owned(),
                    who: who.split(' ').map(str::to_owned).collect(),
                }
            })
            .collect()
    })
}

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Every log line that an installation can have, at its finest level.
pub fn log() -> &'static Mutex<Vec<u8>> {
    static BEGUN: OnceLock<()> = OnceLock::new();
    BEGUN.get_or_init(|| {
        tracing_subscriber::fmt()
            .with_env_filter(tracing_subscriber::EnvFilter::new(web::logging::filter("trace")))
            .with_ansi(false)
            .with_writer(|| Writer)
            .init();
    });
    &LOG
}

struct Writer;

impl std::io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

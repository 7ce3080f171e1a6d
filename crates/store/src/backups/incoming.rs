//! Lines as they come in, in pieces that end anywhere.

use serde::Deserialize;
use tokio::sync::mpsc::Receiver;

use super::lines::Heading;
use super::{FORMAT, Header, LoadError, Manifest};

/// A longer line is none of ours.
const LONGEST: usize = 256 * 1024 * 1024;

pub(super) struct Incoming {
    from: Receiver<Vec<u8>>,
    held: Vec<u8>,
    /// From here on it is unread.
    at: usize,
    number: u64,
}

/// What a line says.
pub(super) enum Line {
    Row(Vec<serde_json::Value>),
    Heading(Heading),
    Manifest(Box<Manifest>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    Heading(Heading),
    Manifest(Box<Manifest>),
}

impl Incoming {
    pub(super) fn new(from: Receiver<Vec<u8>>) -> Self {
        Self {
            from,
            held: Vec::new(),
            at: 0,
            number: 0,
        }
    }

    /// The first line.
    pub(super) async fn header(&mut self) -> Result<Header, LoadError> {
        #[derive(Deserialize)]
        struct Format {
            sameboat_backup: u32,
        }
        let Some(line) = self.line().await? else {
            return Err(LoadError::NotABackup);
        };
        let Format { sameboat_backup } = serde_json::from_slice(line).map_err(|_| LoadError::NotABackup)?;
        if sameboat_backup > FORMAT {
            return Err(LoadError::NewerFormat(sameboat_backup));
        }
        serde_json::from_slice(line).map_err(|_| LoadError::NotABackup)
    }

    /// The next line; the manifest is the last.
    pub(super) async fn next(&mut self) -> Result<Line, LoadError> {
        let number = self.number + 1;
        let Some(line) = self.line().await? else {
            return Err(LoadError::Broken("it ends before its manifest".to_owned()));
        };
        let read = if line.starts_with(b"[") {
            serde_json::from_slice(line).map(Line::Row)
        } else {
            serde_json::from_slice(line).map(|said| match said {
                Said::Heading(heading) => Line::Heading(heading),
                Said::Manifest(manifest) => Line::Manifest(manifest),
            })
        };
        read.map_err(|why| LoadError::Broken(format!("line {number}: {why}")))
    }

    /// Nothing may follow the manifest.
    pub(super) async fn end(&mut self) -> Result<(), LoadError> {
        match self.line().await? {
            None => Ok(()),
            Some(_) => Err(LoadError::Broken("something follows its manifest".to_owned())),
        }
    }

    async fn line(&mut self) -> Result<Option<&[u8]>, LoadError> {
        let mut searched = self.at;
        loop {
            let unsearched = self.held.get(searched..).unwrap_or_default();
            if let Some(end) = unsearched.iter().position(|byte| *byte == b'\n') {
                let line = self.at..searched + end;
                self.at = line.end + 1;
                self.number += 1;
                return Ok(self.held.get(line));
            }
            if self.held.len() - self.at > LONGEST {
                return Err(LoadError::Broken("a line of it does not end".to_owned()));
            }
            self.held.drain(..self.at);
            self.at = 0;
            searched = self.held.len();
            match self.from.recv().await {
                Some(piece) => self.held.extend_from_slice(&piece),
                None if self.held.is_empty() => return Ok(None),
                None => return Err(LoadError::Broken("it ends inside a line".to_owned())),
            }
        }
    }
}

//! The files that are given, and which format they are in.

use std::fs;
use std::io::{BufReader, Cursor, Read};
use std::path::Path;

use feeds::reading::{Bytes, FeedError, MOST_BYTES};
use feeds::{Format, looks};

use super::{Arguments, ImportError};

/// As much of a file is in memory at a time.
const CHUNK: usize = 64 * 1024;

pub(super) struct File {
    pub(super) name: String,
    pub(super) feed: Box<dyn Bytes>,
    bytes: Vec<u8>,
}

impl File {
    /// A file on disk stays there; of anything else, such as a pipe, what comes is kept, for it comes only once.
    fn open(path: &Path) -> Result<Self, ImportError> {
        let name = path.display().to_string();
        let unreadable = |why| ImportError::Read {
            file: name.clone(),
            why,
        };
        let file = fs::File::open(path).map_err(unreadable)?;
        let feed: Box<dyn Bytes> = if file.metadata().map_err(unreadable)?.is_file() {
            Box::new(BufReader::with_capacity(CHUNK, file))
        } else {
            Box::new(Cursor::new(whole(file, &name)?))
        };
        Ok(Self {
            name,
            feed,
            bytes: Vec::new(),
        })
    }

    /// A feed that was fetched.
    pub(super) fn fetched(name: String, file: fs::File) -> Self {
        Self {
            name,
            feed: Box::new(BufReader::with_capacity(CHUNK, file)),
            bytes: Vec::new(),
        }
    }

    /// All bytes, for a format that is read as a whole.
    pub(super) fn whole(&mut self) -> Result<&[u8], ImportError> {
        self.feed.rewind().map_err(|why| ImportError::Read {
            file: self.name.clone(),
            why,
        })?;
        self.bytes = whole(&mut self.feed, &self.name)?;
        Ok(&self.bytes)
    }
}

fn whole(feed: impl Read, name: &str) -> Result<Vec<u8>, ImportError> {
    let mut bytes = Vec::new();
    let read = feed.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    match read.map(|size| size as u64) {
        Ok(size) if size > MOST_BYTES => Err(ImportError::Feed {
            file: name.to_owned(),
            why: FeedError::TooLarge {
                size,
                most: MOST_BYTES,
            },
        }),
        Ok(_) => Ok(bytes),
        Err(why) => Err(ImportError::Read {
            file: name.to_owned(),
            why,
        }),
    }
}

pub(super) fn open(arguments: &Arguments) -> Result<Vec<File>, ImportError> {
    let files = arguments.files.iter();
    files.map(|path| File::open(path)).collect()
}

/// The format of all files: as it is asked for, else as it is seen in them.
pub(super) fn format(arguments: &Arguments, files: &mut [File]) -> Result<Format, ImportError> {
    let mut known = arguments.format;
    for file in files {
        let wrong = |why| ImportError::Feed {
            file: file.name.clone(),
            why,
        };
        let looks = looks(&mut file.feed).map_err(wrong)?;
        match (known, looks) {
            (Some(asked), Some(looks)) if asked != looks => {
                return Err(match arguments.format {
                    Some(asked) => wrong(FeedError::OtherFormat { asked, looks }),
                    None => ImportError::Mixed {
                        file: file.name.clone(),
                        looks,
                        others: asked,
                    },
                });
            }
            (None, None) => return Err(wrong(FeedError::Unknown)),
            (known_now, looks) => known = known_now.or(looks),
        }
    }
    known.ok_or(ImportError::NoProgramme)
}

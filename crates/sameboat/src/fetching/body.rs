//! The body of an answer into a file, as much of it as the limits allow, packed or not.

use std::fs::File;
use std::io::{self, Seek, Write};

use flate2::write::MultiGzDecoder;
use http_body_util::BodyExt;
use hyper::body::Incoming;

use super::{FetchError, Limits};

/// What is small may be packed as well as it likes: a list of the same words over and over is no bomb.
const SMALL: u64 = 4 * 1024 * 1024;

/// Keeps a body; unpacks it on the way. What is written goes to the machine's memory first, so nobody waits for the disk.
pub(super) async fn keep(mut body: Incoming, packed: bool, limits: &Limits) -> Result<File, FetchError> {
    let mut sent = 0_u64;
    let mut into = if packed {
        Keeping::Packed(Box::new(MultiGzDecoder::new(Bounded::new(limits)?)))
    } else {
        Keeping::Plain(Bounded::new(limits)?)
    };
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        sent += data.len() as u64;
        if sent > limits.sent_bytes {
            return Err(FetchError::TooLarge(limits.sent_bytes));
        }
        into.bounded().sent = sent;
        let written = into.write_all(&data);
        if into.bounded().is_full {
            return Err(FetchError::Bomb);
        }
        written.map_err(|why| into.broken(why))?;
    }
    let mut file = into.finish()?;
    file.rewind().map_err(FetchError::Machine)?;
    Ok(file)
}

enum Keeping {
    Plain(Bounded),
    Packed(Box<MultiGzDecoder<Bounded>>),
}

impl Keeping {
    fn bounded(&mut self) -> &mut Bounded {
        match self {
            Self::Plain(bounded) => bounded,
            Self::Packed(decoder) => decoder.get_mut(),
        }
    }

    fn write_all(&mut self, data: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(bounded) => bounded.write_all(data),
            Self::Packed(decoder) => decoder.write_all(data),
        }
    }

    fn broken(&self, why: io::Error) -> FetchError {
        match self {
            Self::Plain(_) => FetchError::Machine(why),
            Self::Packed(_) => FetchError::Packed,
        }
    }

    fn finish(self) -> Result<File, FetchError> {
        match self {
            Self::Plain(bounded) => Ok(bounded.file),
            Self::Packed(mut decoder) => {
                // Dropping what is left is no error to it, so that it is asked first.
                let ended = decoder.try_finish();
                if decoder.get_ref().is_full {
                    return Err(FetchError::Bomb);
                }
                ended.map_err(|_| FetchError::Packed)?;
                Ok(decoder.finish().map_err(|_| FetchError::Packed)?.file)
            }
        }
    }
}

/// A file that takes no more than the limits allow.
struct Bounded {
    file: File,
    kept: u64,
    sent: u64,
    most: u64,
    ratio: u64,
    is_full: bool,
}

impl Bounded {
    fn new(limits: &Limits) -> Result<Self, FetchError> {
        Ok(Self {
            file: tempfile::tempfile().map_err(FetchError::Machine)?,
            kept: 0,
            sent: 0,
            most: limits.bytes,
            ratio: limits.ratio,
            is_full: false,
        })
    }
}

impl Write for Bounded {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let would = self.kept + data.len() as u64;
        if would > self.most || would > (self.sent * self.ratio).max(SMALL) {
            self.is_full = true;
            return Err(io::Error::other("more than is allowed"));
        }
        let written = self.file.write(data)?;
        self.kept += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

//! The bytes of a feed: that they are text, and where it begins and ends.

use std::io::{BufRead, Cursor, Read, Seek, SeekFrom, Take};
use std::ops::ControlFlow;

use crate::reading::{FeedError, MOST_BYTES};

/// A feed that can be gone through more than once: whether it is whole is seen before its first row is read.
pub trait Bytes: BufRead + Seek + Send {}

impl<T: BufRead + Seek + Send> Bytes for T {}

/// As much is looked at at a time.
const CHUNK: usize = 64 * 1024;
const UTF8_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];
const UTF16_MARKS: [[u8; 2]; 2] = [[0xff, 0xfe], [0xfe, 0xff]];

/// A feed that is text throughout, and where in its bytes the text stands, without the white space around it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text {
    from: u64,
    to: u64,
}

impl Text {
    /// Goes through the whole feed once. More than `most` bytes are refused.
    pub(crate) fn of(feed: &mut impl Bytes, most: u64) -> Result<Self, FeedError> {
        let size = feed.seek(SeekFrom::End(0)).map_err(FeedError::read)?;
        if size > most {
            return Err(FeedError::TooLarge { size, most });
        }
        let from = begins(feed)?;
        let mut to = from;
        chunks(feed, from, |at, text| {
            let kept = text.trim_end().len() as u64;
            if kept > 0 {
                to = at + kept;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(Self { from, to })
    }

    /// The text of a feed from its first byte to its last.
    pub(crate) fn reader<R: Bytes>(self, mut feed: R) -> Result<Take<R>, FeedError> {
        feed.seek(SeekFrom::Start(self.from)).map_err(FeedError::read)?;
        Ok(feed.take(self.to - self.from))
    }
}

/// The byte at which the text begins, with only as much read as that needs.
pub(crate) fn begins(feed: &mut impl Bytes) -> Result<u64, FeedError> {
    feed.rewind().map_err(FeedError::read)?;
    let mut head = Vec::new();
    feed.take(3).read_to_end(&mut head).map_err(FeedError::read)?;
    if UTF16_MARKS.iter().any(|mark| head.starts_with(mark)) {
        return Err(FeedError::Utf16);
    }
    let start = if head == UTF8_MARK { 3 } else { 0 };
    let mut begins = None;
    chunks(feed, start, |at, text| {
        let Some(first) = text.find(|c: char| !c.is_whitespace()) else {
            return Ok(ControlFlow::Continue(()));
        };
        begins = Some(at + first as u64);
        if text[first..].starts_with('<') {
            return Err(FeedError::WebPage);
        }
        Ok(ControlFlow::Break(()))
    })?;
    begins.ok_or(FeedError::Empty)
}

/// As much of the text as is looked at to see what it is.
pub(crate) fn head(feed: &mut impl Bytes) -> Result<String, FeedError> {
    let from = begins(feed)?;
    let mut head = String::new();
    chunks(feed, from, |_, text| {
        head.push_str(text);
        Ok(if head.len() < CHUNK {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        })
    })?;
    Ok(head)
}

/// The text of a feed that is in memory as a whole.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, FeedError> {
    let text = Text::of(&mut Cursor::new(bytes), MOST_BYTES)?;
    let place = |at: u64| usize::try_from(at).unwrap_or(bytes.len());
    let bytes = bytes.get(place(text.from)..place(text.to)).unwrap_or_default();
    std::str::from_utf8(bytes).map_err(|error| FeedError::NotUtf8(error.valid_up_to() as u64 + 1))
}

/// Gives the text from byte `from` on as it comes, each time with the byte it begins at, until `each` has enough.
fn chunks(
    feed: &mut impl Bytes,
    from: u64,
    mut each: impl FnMut(u64, &str) -> Result<ControlFlow<()>, FeedError>,
) -> Result<(), FeedError> {
    let mut at = feed.seek(SeekFrom::Start(from)).map_err(FeedError::read)?;
    // Ends in the part of a letter that has come so far.
    let mut bytes = Vec::new();
    loop {
        let more = feed.fill_buf().map_err(FeedError::read)?;
        let count = more.len().min(CHUNK);
        bytes.extend_from_slice(&more[..count]);
        feed.consume(count);
        let (text, wrong) = match std::str::from_utf8(&bytes) {
            Ok(text) => (text, false),
            Err(error) => {
                let text = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
                (text, error.error_len().is_some() || count == 0)
            }
        };
        let read = text.len();
        // What is before a wrong byte may already say what the file is.
        if each(at, text)?.is_break() {
            return Ok(());
        }
        bytes.drain(..read);
        at += read as u64;
        if wrong {
            return Err(FeedError::NotUtf8(at + 1));
        }
        if count == 0 {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn the_text_is_found_however_little_comes_at_a_time() {
        let bytes = "\u{feff} \n\u{a0}Café 日本 \n\u{a0} ".as_bytes();
        for size in 1..bytes.len() {
            let mut feed = BufReader::with_capacity(size, Cursor::new(bytes));
            let text = Text::of(&mut feed, 99).unwrap();
            let mut found = String::new();
            text.reader(feed).unwrap().read_to_string(&mut found).unwrap();
            assert_eq!(found, "Café 日本", "{size} bytes at a time");
        }
    }

    #[test]
    fn a_wrong_byte_is_told_by_its_place_in_the_file() {
        for (bytes, place) in [(&b"\xef\xbb\xbfab\xe9c"[..], 6), (b"ab\xe9", 3), (b"ab\xc3", 3)] {
            for size in 1..4 {
                let mut feed = BufReader::with_capacity(size, Cursor::new(bytes));
                let error = Text::of(&mut feed, 99).unwrap_err();
                assert_eq!(error, FeedError::NotUtf8(place), "{size} bytes at a time");
            }
        }
    }

    #[test]
    fn a_page_is_a_page_whatever_its_encoding() {
        let page = b"\n<html>Caf\xe9";
        for size in 1..page.len() {
            let mut feed = BufReader::with_capacity(size, Cursor::new(page));
            assert_eq!(Text::of(&mut feed, 99).unwrap_err(), FeedError::WebPage);
        }
    }
}

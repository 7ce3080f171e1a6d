//! Where each value of a file begins and ends; `serde_json` says whether it is JSON. Both together refuse what is not.

use std::io::BufRead;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::reading::{FeedError, MOST_ROW_BYTES, why};

/// What comes next in a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A list begins: the file itself, or the field of this name.
    List(Option<String>),
    /// An element of the list: what was said.
    Row,
    /// What is no list, and was said: the file itself, or the field of this name.
    Value(Option<String>),
}

/// Goes through a file; of an object only its own fields, and of these the elements of lists.
pub(crate) struct Walk<R> {
    feed: R,
    at: Place,
    within: Within,
    said: Vec<u8>,
    /// Where that began, and the byte that ended it.
    began: Place,
    end: Option<u8>,
}

/// Where the next byte stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Counted from 1.
    line: usize,
    /// Bytes before it in its line.
    column: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Nothing,
    /// The list that the file is, or one of its object.
    List {
        of: Whose,
        begun: Begun,
    },
    Object(Begun),
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    File,
    Object,
}

/// Whether there was an element already, after which a comma comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begun {
    No,
    Yes,
}

/// What ends a value, beside the end of what it stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    AtComma,
    AtColon,
    /// It is the whole file.
    Never,
}

impl<R: BufRead> Walk<R> {
    pub(crate) fn new(feed: R) -> Self {
        let at = Place { line: 1, column: 0 };
        Self {
            feed,
            at,
            within: Within::Nothing,
            said: Vec::new(),
            began: at,
            end: None,
        }
    }

    pub(crate) fn next(&mut self) -> Result<Option<Step>, FeedError> {
        loop {
            match self.within {
                Within::Nothing => match self.peek()? {
                    Some(b'[') => {
                        self.skip();
                        self.within = Within::List {
                            of: Whose::File,
                            begun: Begun::No,
                        };
                        return Ok(Some(Step::List(None)));
                    }
                    Some(b'{') => {
                        self.skip();
                        self.within = Within::Object(Begun::No);
                    }
                    _ => {
                        self.value(Ends::Never)?;
                        self.within = Within::End;
                        return Ok(Some(Step::Value(None)));
                    }
                },
                Within::List { of, begun } => {
                    if self.more(begun, b']', "EOF while parsing a list", "expected `,` or `]`")? {
                        self.value(Ends::AtComma)?;
                        self.within = Within::List {
                            of,
                            begun: Begun::Yes,
                        };
                        return Ok(Some(Step::Row));
                    }
                    self.within = match of {
                        Whose::File => Within::End,
                        Whose::Object => Within::Object(Begun::Yes),
                    };
                }
                Within::Object(begun) => {
                    if self.more(begun, b'}', "EOF while parsing an object", "expected `,` or `}`")? {
                        return self.field().map(Some);
                    }
                    self.within = Within::End;
                }
                Within::End => {
                    return match self.peek()? {
                        Some(_) => Err(self.broken_here("trailing characters")),
                        None => Ok(None),
                    };
                }
            }
        }
    }

    /// What was said last; broken where it is not JSON.
    pub(crate) fn check(&self) -> Result<(), FeedError> {
        let json = |bytes: &[u8]| serde_json::from_slice::<IgnoredAny>(bytes).err();
        let Some(mut error) = json(&self.said) else {
            return Ok(());
        };
        // The value ends too early, and not the file: what comes instead is what is wrong.
        if error.is_eof()
            && let Some(end) = self.end
        {
            error = json(&[self.said.as_slice(), &[end]].concat()).unwrap_or(error);
        }
        Err(self.broken(&error))
    }

    pub(crate) fn parse<'w, T: Deserialize<'w>>(&'w self) -> serde_json::Result<T> {
        serde_json::from_slice(&self.said)
    }

    /// The bytes of what was said last.
    pub(crate) fn said(&self) -> &[u8] {
        self.said.trim_ascii_end()
    }

    fn field(&mut self) -> Result<Step, FeedError> {
        if self.peek()? != Some(b'"') {
            return Err(self.broken_here("key must be a string"));
        }
        self.value(Ends::AtColon)?;
        let name: String = self.parse().map_err(|error| self.broken(&error))?;
        match self.peek()? {
            Some(b':') => self.skip(),
            Some(_) => return Err(self.broken_here("expected `:`")),
            None => return Err(self.broken_here("EOF while parsing an object")),
        }
        if self.peek()? == Some(b'[') {
            self.skip();
            self.within = Within::List {
                of: Whose::Object,
                begun: Begun::No,
            };
            return Ok(Step::List(Some(name)));
        }
        self.value(Ends::AtComma)?;
        self.within = Within::Object(Begun::Yes);
        Ok(Step::Value(Some(name)))
    }

    /// Whether another element comes before the end, and goes to where it begins.
    fn more(&mut self, begun: Begun, end: u8, cut: &str, expected: &str) -> Result<bool, FeedError> {
        match (self.peek()?, begun) {
            (None, _) => return Err(self.broken_here(cut)),
            (Some(byte), _) if byte == end => {
                self.skip();
                return Ok(false);
            }
            (Some(_), Begun::No) => return Ok(true),
            (Some(b','), Begun::Yes) => self.skip(),
            (Some(_), Begun::Yes) => return Err(self.broken_here(expected)),
        }
        match self.peek()? {
            None => Err(self.broken_here("EOF while parsing a value")),
            Some(byte) if byte == end => Err(self.broken_here("trailing comma")),
            Some(_) => Ok(true),
        }
    }

    /// Reads what stands here, up to what ends it.
    fn value(&mut self, ends: Ends) -> Result<(), FeedError> {
        self.began = self.at;
        self.end = None;
        self.said.clear();
        let mut bounds = Bounds::default();
        loop {
            let bytes = self.feed.fill_buf().map_err(FeedError::read)?;
            let (part, ended) = match bytes.iter().position(|byte| bounds.end(*byte, ends)) {
                Some(end) => {
                    self.end = bytes.get(end).copied();
                    (&bytes[..end], true)
                }
                None => (bytes, bytes.is_empty()),
            };
            self.at.pass(part);
            self.said.extend_from_slice(part);
            let count = part.len();
            self.feed.consume(count);
            if ended {
                break;
            }
            if self.said.len() > MOST_ROW_BYTES {
                return Err(self.too_long());
            }
        }
        if self.said.is_empty() {
            let why = if self.peek()?.is_some() {
                "expected value"
            } else {
                "EOF while parsing a value"
            };
            return Err(self.broken_here(why));
        }
        Ok(())
    }

    /// Something that does not end is mostly broken before.
    fn too_long(&self) -> FeedError {
        match serde_json::from_slice::<IgnoredAny>(&self.said) {
            Err(error) if !error.is_eof() => self.broken(&error),
            _ => FeedError::RowTooLarge(self.began.line as u64),
        }
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Result<Option<u8>, FeedError> {
        loop {
            let bytes = self.feed.fill_buf().map_err(FeedError::read)?;
            if bytes.is_empty() {
                return Ok(None);
            }
            let space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
            let count = bytes.iter().position(|byte| !space(byte)).unwrap_or(bytes.len());
            let found = bytes.get(count).copied();
            self.at.pass(&bytes[..count]);
            self.feed.consume(count);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// Goes past the byte that was peeked at.
    fn skip(&mut self) {
        self.feed.consume(1);
        self.at.column += 1;
    }

    fn broken(&self, error: &serde_json::Error) -> FeedError {
        let before = if error.line() <= 1 { self.began.column } else { 0 };
        FeedError::Json {
            line: self.began.line + error.line().saturating_sub(1),
            column: before + error.column(),
            why: why(error),
        }
    }

    fn broken_here(&self, why: &str) -> FeedError {
        let after = usize::from(!why.starts_with("EOF"));
        FeedError::Json {
            line: self.at.line,
            column: self.at.column + after,
            why: why.to_owned(),
        }
    }
}

impl Place {
    fn pass(&mut self, bytes: &[u8]) {
        for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            if index > 0 {
                self.line += 1;
                self.column = 0;
            }
            self.column += line.len();
        }
    }
}

/// How deep a value is, and whether within text.
#[derive(Default)]
struct Bounds {
    depth: usize,
    text: bool,
    escaped: bool,
}

impl Bounds {
    /// Whether the value ends before this byte.
    fn end(&mut self, byte: u8, ends: Ends) -> bool {
        if self.text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.text = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.text = true,
            b'[' | b'{' => self.depth += 1,
            b']' | b'}' if self.depth > 0 => self.depth -= 1,
            b']' | b'}' | b',' if self.depth == 0 => return ends != Ends::Never,
            b':' if self.depth == 0 => return ends == Ends::AtColon,
            _ => {}
        }
        false
    }
}

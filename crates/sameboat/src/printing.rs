//! What commands say on their standard output. A reader that has read enough and closed (`| head`) is no error, and breaks nothing off
//! that is still to be done.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write, stdout};

/// A line, as `println!` takes it.
macro_rules! say {
    ($($said:tt)*) => {
        $crate::printing::line(format_args!($($said)*))
    };
}
pub(crate) use say;

pub(crate) fn line(said: Arguments<'_>) -> io::Result<()> {
    all(format!("{said}\n").as_bytes())
}

/// What has its own last line feed, or needs none.
pub(crate) fn all(bytes: &[u8]) -> io::Result<()> {
    taken(stdout().lock().write_all(bytes))
}

fn taken(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(why) if why.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_closed_is_no_error_and_a_full_disk_is() {
        for (kind, is_fine) in [(ErrorKind::BrokenPipe, true), (ErrorKind::StorageFull, false)] {
            assert_eq!(taken(Err(kind.into())).is_ok(), is_fine, "{kind}");
        }
    }
}

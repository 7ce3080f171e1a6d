//! Backups: encrypted files of everything, made by hand or on a schedule, and databases made of them again.

mod archive;
mod making;
mod moving;
mod place;
mod restoring;
pub(crate) mod tombstones;

#[cfg(test)]
mod tests;

pub(crate) use making::{Arguments, before_upgrade, keygen, run, scheduled};
pub(crate) use moving::move_to;
pub(crate) use restoring::{Restore, restore};

use std::path::PathBuf;

use age::x25519::Recipient;
use chrono::TimeDelta;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How backups are made by themselves.
#[derive(Clone)]
pub(crate) struct Plan {
    pub folder: PathBuf,
    pub recipients: Vec<Recipient>,
    pub every: TimeDelta,
}

/// How a command tells what it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    Words,
    Json,
}

/// Public keys of age, separated by commas; an empty text is none.
pub(crate) fn recipients(text: &str) -> Result<Vec<Recipient>, String> {
    let keys = text.split(',').map(str::trim).filter(|key| !key.is_empty());
    keys.map(|key| {
        key.parse().map_err(|_| {
            if key.to_ascii_uppercase().starts_with("AGE-SECRET-KEY-") {
                "this is the identity, which must not be on this machine; give the public key that goes with it (age1…)".to_owned()
            } else {
                format!("“{key}” is no public key of age; write age1… as `sameboat backup keygen` prints it")
            }
        })
    })
    .collect()
}

/// Bytes that pass by, on a terminal; of so many, where that is known.
fn progress(bytes: Option<u64>) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::stderr());
    let shape = if bytes.is_some() {
        "{bar:40} {bytes} of {total_bytes}, {eta} left"
    } else {
        "{spinner} {bytes} written, {elapsed}"
    };
    if let Ok(style) = ProgressStyle::with_template(shape) {
        bar.set_style(style);
    }
    bar
}

/// "1.2 MB".
fn size(bytes: u64) -> String {
    indicatif::DecimalBytes(bytes).to_string()
}

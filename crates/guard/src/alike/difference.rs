//! What two texts have apart, word by word.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A piece of the difference, with the spaces after its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Same(String),
    /// In the other text only.
    Gone(String),
    /// In this text only.
    New(String),
}

/// How this text comes of the other: `Same` and `New` together are this one, `Same` and `Gone` the other but for white space.
pub fn difference(other: &str, this: &str) -> Vec<Piece> {
    let (old, new) = (words(other), words(this));
    let bare = |words: &[&str]| {
        words
            .iter()
            .map(|word| word.trim_end().to_owned())
            .collect::<Vec<_>>()
    };
    let ops = capture_diff_slices(Algorithm::Myers, &bare(&old), &bare(&new));
    let mut pieces = Vec::new();
    for op in ops {
        let (before, after) = (old[op.old_range()].concat(), new[op.new_range()].concat());
        match op {
            DiffOp::Equal { .. } => pieces.push(Piece::Same(after)),
            DiffOp::Delete { .. } => pieces.push(Piece::Gone(before)),
            DiffOp::Insert { .. } => pieces.push(Piece::New(after)),
            DiffOp::Replace { .. } => pieces.extend([Piece::Gone(before), Piece::New(after)]),
        }
    }
    pieces
}

/// A text in words, each with the white space after it.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut from = 0;
    let mut spaced = false;
    for (at, c) in text.char_indices() {
        if spaced && !c.is_whitespace() {
            words.push(&text[from..at]);
            from = at;
        }
        spaced = c.is_whitespace();
    }
    if from < text.len() {
        words.push(&text[from..]);
    }
    words
}

//! The name guard: who a note speaks of besides its own person; and parts of notes that are nearly the same.
//!
//! A session record names nobody, and someone's part nobody else (DOMAIN D17). A [`Guard`] knows who is on the roster and
//! [`marks`](Guard::marks) where a text tells another member: by name, nickname, initials, a slip of the pen, handle, phone, mail or
//! a fact the leader marked. It is a net below people who pay attention: what nobody would see as a name, it does not see either.
//!
//! Pure: no IO, no clock, no randomness.
#![forbid(unsafe_code)]

mod alike;
mod contact;
mod context;
mod facts;
mod forms;
mod initials;
mod learning;
mod letters;
mod lexicon;
mod marking;
mod names;
mod nearly;
mod public;
mod roster;
mod words;

pub use alike::{Alike, Piece, difference};
pub use marking::{Confidence, Guard, Mark, Seen, Why};
pub use roster::{Part, Person, Place};

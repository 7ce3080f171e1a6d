//! BMLT's semantic API: a client's questions are answered as BMLT answers them.

mod clients;
mod oracle;
mod questions;
mod sample;

//! Signing in and out: who is asking, and how a browser shows it.

mod asking;
mod cookie;
pub(crate) mod demo;
pub(crate) mod invitation;
pub(crate) mod leaving;
pub(crate) mod origin;
pub(crate) mod second;
mod sign_in;
mod wanted;

pub(crate) use asking::{Maybe, Person, required};
pub(crate) use cookie::set;
pub(crate) use sign_in::{code, password, show};
pub(crate) use wanted::Wanted;

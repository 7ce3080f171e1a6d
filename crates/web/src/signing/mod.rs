//! Signing in and out: who is asking, and how a browser shows it.

mod asking;
mod cookie;
pub(crate) mod demo;
pub(crate) mod invitation;
pub(crate) mod leaving;
pub(crate) mod link;
pub mod openid;
pub(crate) mod origin;
pub(crate) mod passkey;
pub(crate) mod second;
mod sign_in;
mod wanted;

pub(crate) use asking::{Before, Maybe, Person, required};
pub(crate) use cookie::{clear, set};
pub(crate) use leaving::forget;
pub(crate) use sign_in::{code, password, show, sign_in as sign_in_as};
pub(crate) use wanted::{Wanted, Way};

//! Who offers groups and therapy: organisations, their sites, and therapists (DOMAIN D2, D14).
//!
//! A [`ProviderDraft`] is what someone typed or a file said; a [`Provider`] exists only when it keeps the rules of its
//! kind. Only public ways to reach someone have a field: nobody's own number, no address that is withheld.

mod draft;
mod provider;

pub use draft::{ProviderDraft, ProviderKind, Reach, Taking};
pub use provider::{Provider, ProviderRefusal, ProviderRefused};

//! `/shortlist?of=slug,slug`: groups that someone was told about, on one sheet of paper. All of it stands in the address:
//! no cookie, nothing stored.

mod chosen;
pub(crate) mod show;
mod told;

pub use chosen::Chosen;

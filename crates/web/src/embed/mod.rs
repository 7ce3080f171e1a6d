//! The finder on other sites: `/embed/groups` inside their frame, `/embed` says how.

pub(crate) mod groups;
pub(crate) mod snippet;

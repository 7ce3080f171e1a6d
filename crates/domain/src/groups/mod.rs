//! Groups and their listings: the public face of a group in the finder (DOMAIN D1–D12, D14).
//!
//! A [`Draft`] is what someone typed or a feed said; a [`Listing`] exists only when it keeps the rules of its
//! kind. Join links and withheld addresses have no field here at all: what is not in a listing cannot leak
//! from one.

mod come;
mod cost;
mod facts;
mod freshness;
mod listing;
mod people;
mod place;
mod seats;
mod slug;
mod upcoming;

pub use come::{ContactError, HowToCome, Mail, Phone, Source, WebPage};
pub use cost::{Cost, Currency, Fee, Money};
pub use facts::{
    Activity, Alongside, Format, Kind, Leading, Membership, Problem, Size, Span, THERAPY_LEAST, THERAPY_MOST,
};
pub use freshness::{FADES_AFTER, Freshness, freshness};
pub use listing::{Draft, FirstVisit, Listing, Refusal, Refused, When};
pub use people::{Access, Ages, Audience, Language, Leader, LeaderRole};
pub use place::{Address, Online, Place, Point, PointError, Site};
pub use seats::Seats;
pub use slug::{Slug, SlugError};

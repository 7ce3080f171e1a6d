//! What is given away is written down, so no permit of a look gives it.
use domain::consents::Basis;
use domain::text::Line;
use store::acts::SeeConsents;
use store::{Permit, Reading, disclosures};

async fn give(permit: &mut Permit<'_, SeeConsents, Reading>, to: &Line) {
    let _ = disclosures::make(permit, to, Basis::Danger, b"all of it").await;
}

fn main() {}

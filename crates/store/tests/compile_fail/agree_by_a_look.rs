//! A look at what one agreed to agrees to nothing.
use store::acts::SeeConsents;
use store::consents::{self, Asked};
use store::{Permit, Reading};

async fn agree(permit: &mut Permit<'_, SeeConsents, Reading>, asked: Asked) {
    let _ = consents::sign(permit, asked, "I agree").await;
}

fn main() {}

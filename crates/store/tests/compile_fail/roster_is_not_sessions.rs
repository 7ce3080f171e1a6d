//! Who changes a roster ends nobody's sessions.
use store::acts::ChangeRoster;
use store::sessions::SessionId;
use store::{Permit, sessions};

async fn end(permit: &mut Permit<'_, ChangeRoster>, id: SessionId) {
    let _ = sessions::end(permit, id).await;
}

fn main() {}

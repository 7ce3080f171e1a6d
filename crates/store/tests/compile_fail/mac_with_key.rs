//! Nobody signs with the server's key but the store.
fn sign(key: &store::KeyRing) {
    let _ = key.mac(store::key::Purpose::Audit, &[b"anything"]);
}

fn main() {}

//! A device that makes passkeys, as far as keeping one asks for it: it proves nothing, its key is a point of the curve that
//! everybody knows.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The point from which P-256 begins.
const POINT: [&str; 2] = [
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
];

/// What it answers to these options, as the script of the page would send it; each number is another passkey.
pub fn make(options: &Value, site: &str, number: u32) -> Value {
    let asked = &options["publicKey"];
    let said = json!({
        "type": "webauthn.create", "challenge": asked["challenge"], "origin": site, "crossOrigin": false,
    });
    let id = [number.to_be_bytes(); 4].concat();
    let host = asked["rp"]["id"].as_str().unwrap();
    // Someone was there and showed who they are, and what was made comes with it.
    let mut data = [
        &Sha256::digest(host)[..],
        &[0x45],
        &[0; 4],
        &[0; 16],
        &[0, 16],
        &id,
    ]
    .concat();
    // A map of five: an elliptic curve key, ES256, P-256, and its two numbers.
    data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]);
    for (name, number) in [0x21, 0x22].into_iter().zip(POINT) {
        data.extend([name, 0x58, 32]);
        data.extend(bytes(number));
    }
    // A map of three: no format, nothing stated, and the data.
    let length = u8::try_from(data.len()).unwrap();
    let made = [
        &[0xa3, 0x63][..],
        b"fmt",
        &[0x64],
        b"none",
        &[0x67],
        b"attStmt",
        &[0xa0, 0x68],
        b"authData",
        &[0x58, length],
        &data,
    ]
    .concat();
    json!({
        "id": text(&id), "rawId": text(&id), "type": "public-key",
        "response": { "clientDataJSON": text(said.to_string().as_bytes()), "attestationObject": text(&made) },
    })
}

fn bytes(hex: &str) -> Vec<u8> {
    let pairs = (0..hex.len()).step_by(2).map(|at| &hex[at..at + 2]);
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

/// Base 64 as addresses have it, without padding.
fn text(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let mut bits = 0;
        for at in 0..3 {
            bits = bits << 8 | u32::from(three.get(at).copied().unwrap_or_default());
        }
        for at in 0..=three.len() {
            let letter = bits >> (18 - 6 * at) & 63;
            text.push(char::from(LETTERS[usize::try_from(letter).unwrap()]));
        }
    }
    text
}

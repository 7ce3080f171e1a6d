//! Any query string of `/groups` and `/api/groups`: a link that asks the same again, or the parameters that are wrong.
//!
//! `cargo +nightly fuzz run finder_query -- -max_len=1024`
#![no_main]

use libfuzzer_sys::fuzz_target;
use web::fuzzing::finder_query;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(link) = finder_query(&String::from_utf8_lossy(bytes)) {
        let query = link.trim_start_matches("/groups").trim_start_matches('?');
        assert_eq!(finder_query(query), Ok(link.clone()));
    }
});

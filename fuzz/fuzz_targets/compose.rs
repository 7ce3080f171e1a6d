//! Any bytes as the JSON of a problem: refused in words, or read and written the same; and a small one gets a plan that keeps
//! every condition.
//!
//! `cargo +nightly fuzz run compose -- -max_len=16384`
#![no_main]

use composer::{How, Patient, Problem, Status, check, compose};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let problem = match Problem::read(&text) {
        Ok(problem) => problem,
        Err(refused) => {
            assert!(refused.0.iter().all(|slip| !slip.what.is_empty()) && !refused.0.is_empty());
            return;
        }
    };
    let again = serde_json::to_string(&problem).expect("a problem is JSON");
    assert_eq!(Problem::read(&again).as_ref(), Ok(&problem));
    if problem.people().len() > 8 || problem.groups().len() > 5 {
        return;
    }
    let how = How {
        effort: 1,
        ..How::default()
    };
    let plan = compose(&problem, how, &Patient).expect("nobody stops it");
    match plan.status {
        Status::Infeasible => assert!(!plan.clash.is_empty()),
        Status::Optimal | Status::Feasible => {
            let levels = check(&problem, &plan).expect("the plan keeps every condition");
            assert!(levels.iter().zip(&plan.levels).all(|(own, told)| own.value == told.value));
            assert_eq!(plan.status, Status::Optimal);
        }
    }
});

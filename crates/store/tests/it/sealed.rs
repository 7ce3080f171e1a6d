//! What does not compile: permits, people and secrets are made by the store alone (SECURITY 1.2).

#[test]
fn nothing_outside_of_the_store_makes_keeps_or_turns_what_it_seals() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}

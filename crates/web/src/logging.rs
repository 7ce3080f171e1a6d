//! What may be in the log.

/// The filter of an installation's log: our own lines, which name nobody, at this level; of libraries only what goes wrong.
///
/// Libraries of mail and passkeys tell at their finer levels whom they deal with, so they are told to be silent.
pub fn filter(level: &str) -> String {
    let ours = ["sameboat", "web", "store", "feeds", "finder", "content", "domain"];
    let ours: Vec<String> = ours.iter().map(|target| format!("{target}={level}")).collect();
    format!(
        "warn,webauthn_rs=off,webauthn_rs_core=off,lettre=off,{}",
        ours.join(",")
    )
}

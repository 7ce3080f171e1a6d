//! What commands say at the console, and to whom.

use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

/// The program as it is where no key ring is given by the environment.
fn sameboat(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .env_remove("SAMEBOAT_KEY")
        .env_remove("SAMEBOAT_DATA");
    command
}

fn done(arguments: &[&str]) -> Output {
    let output = sameboat(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
    output
}

#[test]
fn a_reader_that_has_closed_breaks_no_command_off() {
    let folder = tempfile::tempdir().unwrap();
    let of = |name: &str| folder.path().join(name).display().to_string();
    let (data, key) = (of("data"), of("server.key"));
    done(&["keys", "create", &key]);
    for arguments in [
        &["settings", "--markdown"][..],
        &["man"],
        &["completions", "bash"],
        &["choose", "--questions"],
        &["measure", "list"],
        &["doctor", "--json", "--data", &data, "--key-file", &key],
        &["audit", "verify", "--data", &data, "--key-file", &key],
        &["listings", "stale", "--data", &data, "--key-file", &key],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = sameboat(arguments).stdout(writer).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        // A doctor that finds something ends with 1, whoever reads it.
        let is_fine =
            output.status.success() || (arguments[0] == "doctor" && output.status.code() == Some(1));
        assert!(is_fine && !said.contains("went wrong"), "{arguments:?}: {said}");
    }
}

#[test]
fn a_drill_without_the_key_ring_asks_for_that_of_the_installation() {
    let folder = tempfile::tempdir().unwrap();
    let of = |name: &str| folder.path().join(name).display().to_string();
    let (data, key, identity, archive) = (of("data"), of("server.key"), of("identity.txt"), of("all.age"));
    done(&["keys", "create", &key]);
    let recipient = done(&["backup", "keygen", "--out", &identity]).stdout;
    let recipient = String::from_utf8(recipient).unwrap();
    // Whatever opens it makes it.
    done(&["listings", "stale", "--data", &data, "--key-file", &key]);
    let recipient = recipient.trim();
    let with = ["--data", &data, "--key-file", &key];
    let backup = ["backup", "--recipient", recipient, "--to", &archive];
    done(&[&backup[..], &with].concat());
    let elsewhere = of("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    let drill = [
        "restore",
        "--drill",
        "--from",
        &archive,
        "--identity",
        &identity,
        "--data",
        &elsewhere,
    ];
    let said = String::from_utf8(done(&drill).stdout).unwrap();
    assert!(said.contains("there is no key file"), "{said}");
    assert!(
        said.contains("the key ring of the installation that it is of, with "),
        "{said}"
    );
    assert!(!said.contains("..") && !said.contains("keys create"), "{said}");
}

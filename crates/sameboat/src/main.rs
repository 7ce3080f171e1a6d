//! `sameboat`: the program. Command line, settings, demo, import, serve, doctor.
#![forbid(unsafe_code)]

mod audit;
mod backups;
mod choose;
mod cli;
mod clock;
mod compose;
mod content;
mod demo;
mod doctor;
mod export;
mod fetching;
mod import;
mod invite;
mod jobs;
mod keys;
mod listening;
mod mail;
mod measure;
mod openid;
mod paper;
mod printing;
mod serve;
mod settings;
mod stale;

use std::panic::PanicHookInfo;
use std::process::ExitCode;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(went_wrong));
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    match runtime.block_on(cli::run()) {
        Ok(code) => code,
        Err(error) => failed(error.as_ref()),
    }
}

/// Tells the place, never the payload: it may hold what somebody typed.
fn went_wrong(panic: &PanicHookInfo<'_>) {
    let place = panic
        .location()
        .map_or_else(|| "unknown".to_owned(), ToString::to_string);
    tracing::error!(place, "the program went wrong at this place");
}

fn failed(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("sameboat: {error}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    const CHILD: &str = "SAMEBOAT_TEST_PANICS";
    const TYPED: &str = "what somebody typed";

    #[test]
    fn where_it_went_wrong_is_told_and_nothing_of_what_was_typed() {
        if std::env::var_os(CHILD).is_some() {
            tracing_subscriber::fmt()
                .with_writer(std::io::stderr)
                .with_ansi(false)
                .init();
            std::panic::set_hook(Box::new(super::went_wrong));
            panic!("{TYPED}");
        }
        // In a process of its own: the hook is the whole process's.
        let output = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "--nocapture"])
            .arg("tests::where_it_went_wrong_is_told_and_nothing_of_what_was_typed")
            .env(CHILD, "1")
            .output()
            .expect("a child");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(!output.status.success(), "{said}");
        assert!(said.contains("the program went wrong at this place"), "{said}");
        assert!(said.contains("main.rs:"), "{said}");
        assert!(!said.contains(TYPED), "{said}");
    }
}

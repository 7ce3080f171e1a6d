//! `sameboat`: the program. Command line, settings, demo, import, serve, doctor.
#![forbid(unsafe_code)]

mod audit;
mod backups;
mod choose;
mod cli;
mod clock;
mod content;
mod demo;
mod doctor;
mod export;
mod fetching;
mod import;
mod invite;
mod jobs;
mod keys;
mod mail;
mod openid;
mod paper;
mod serve;
mod settings;
mod stale;

use std::process::ExitCode;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        // The place, never the payload: it may hold what somebody typed.
        let place = panic
            .location()
            .map_or_else(|| "unknown".to_owned(), ToString::to_string);
        tracing::error!(place, "the program went wrong at this place");
    }));
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    match runtime.block_on(cli::run()) {
        Ok(code) => code,
        Err(error) => failed(error.as_ref()),
    }
}

fn failed(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("sameboat: {error}");
    ExitCode::FAILURE
}

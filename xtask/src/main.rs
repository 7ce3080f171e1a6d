//! Every developer task: `cargo xtask test`, `assure`, `bench`, `dist`, `docs`, `screenshots`.
#![forbid(unsafe_code)]

mod assure;
mod bench;
mod dist;
mod docs;
mod machine;
mod run;
mod screenshots;
mod tests;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Every developer task")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Formats, lints and runs every test, on a real PostgreSQL and with a real browser
    Test {
        /// Leave out what this machine does not have; what did not run is told
        #[arg(long, value_delimiter = ',')]
        without: Vec<tests::Without>,
        /// Only tests whose name contains one of these
        filter: Vec<String>,
    },
    /// Runs the long checks against outside oracles and writes docs/assurance.md
    Assure(assure::Options),
    /// Runs the benches and writes docs/performance.md
    Bench,
    /// Makes what is given to people: an archive, a Debian package, the list of what the program is made of, sums (target/dist-files)
    Dist(dist::Options),
    /// Makes the generated pages of docs/ anew
    Docs,
    /// Takes docs/screenshots/ from the demo
    Screenshots,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Test { without, filter } => tests::all(&without, &filter),
        Task::Assure(options) => assure::all(&options),
        Task::Bench => bench::all(),
        Task::Dist(options) => dist::all(&options),
        Task::Docs => docs::all(),
        Task::Screenshots => screenshots::all(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("\nxtask: {why}");
            ExitCode::FAILURE
        }
    }
}

//! `cargo xtask bench`: measures the finder, the running program and scores, and writes `docs/performance.md`.
//!
//! A figure holds for the machine it was taken on. What can be compared is the ratio to a reference of the same run.

mod finder;
mod kept;
mod measures;
mod server;

use std::fmt::Write;
use std::process::Command;

use crate::run::{output, root};

/// A line of the page.
pub(super) struct Figure {
    pub what: String,
    pub shown: String,
    /// What it is compared with, measured in the same run; or what we aim at.
    pub beside: String,
    pub ratio: String,
}

pub(crate) fn all() -> Result<(), String> {
    let mut figures = finder::measure()?;
    figures.extend(server::measure()?);
    let page = page(&figures);
    std::fs::write(root().join("docs/performance.md"), &page).map_err(|error| error.to_string())?;
    println!("\n{page}");
    Ok(())
}

fn page(figures: &[Figure]) -> String {
    let mut page = String::from(
        "# Performance\n\nMade by `cargo xtask bench`. A figure holds for the machine it was taken on; the ratio to the reference of the same\n\
         run is what to compare. Load comes from the same machine (wrk, 16 connections), so it takes a part of its cores.\n\n",
    );
    let _ = writeln!(page, "Machine: {}.\n", machine());
    page.push_str("| what | figure | reference in the same run, or aim | ratio |\n|---|---|---|---|\n");
    for Figure {
        what,
        shown,
        beside,
        ratio,
    } in figures
    {
        let _ = writeln!(page, "| {what} | {shown} | {beside} | {ratio} |");
    }
    page
}

fn machine() -> String {
    let asked =
        "grep -m1 'model name' /proc/cpuinfo | cut -d: -f2; nproc; grep MemTotal /proc/meminfo | tr -dc 0-9";
    let told = output(Command::new("sh").args(["-c", asked])).unwrap_or_default();
    let told: Vec<&str> = told.lines().map(str::trim).collect();
    match told.as_slice() {
        [processor, cores, memory] => {
            let gib = memory.parse::<u64>().unwrap_or(0) / 1_048_576;
            format!("{processor}, {cores} cores, {gib} GiB, SQLite on its disk")
        }
        _ => "unknown".to_owned(),
    }
}

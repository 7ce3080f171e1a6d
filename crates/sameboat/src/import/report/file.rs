//! The report as a file: whole or not there at all.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::super::ImportError;
use super::{Counts, ReportRow};

/// Its rows are written as they come into a file beside it, which takes its name in the end.
pub(super) struct ReportFile {
    path: PathBuf,
    part: PathBuf,
    file: BufWriter<File>,
    begun: bool,
    done: bool,
}

impl ReportFile {
    pub(super) fn open(path: &Path) -> Result<Self, ImportError> {
        let part = path.with_extension("part");
        let cannot = |why| cannot(path, why);
        if path.is_dir() {
            return Err(cannot(io::ErrorKind::IsADirectory.into()));
        }
        let mut file = BufWriter::new(File::create(&part).map_err(cannot)?);
        file.write_all(b"{\"rows\":[").map_err(cannot)?;
        Ok(Self {
            path: path.to_owned(),
            part,
            file,
            begun: false,
            done: false,
        })
    }

    /// Rows of the groups, or of the providers once these have begun.
    pub(super) fn rows(&mut self, rows: &[ReportRow]) -> Result<(), ImportError> {
        let written = rows.iter().try_for_each(|row| {
            let comma = if self.begun { ",\n" } else { "\n" };
            self.begun = true;
            self.file.write_all(comma.as_bytes())?;
            serde_json::to_writer(&mut self.file, row).map_err(io::Error::from)
        });
        written.map_err(|why| cannot(&self.path, why))
    }

    /// Ends the groups.
    pub(super) fn providers(&mut self, groups: &Counts) -> Result<(), ImportError> {
        self.begun = false;
        self.counts(groups)
            .and_then(|()| self.file.write_all(b",\n\"providers\":{\"rows\":["))
            .map_err(|why| cannot(&self.path, why))
    }

    /// Ends the list that was written last, and gives the file its name.
    pub(super) fn finish(mut self, counts: &Counts, end: &str) -> Result<(), Box<dyn Error>> {
        self.counts(counts)?;
        writeln!(self.file, "{end}")?;
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        fs::rename(&self.part, &self.path)?;
        self.done = true;
        Ok(())
    }

    fn counts(&mut self, counts: &Counts) -> io::Result<()> {
        self.file.write_all(b"\n]")?;
        counts
            .named()
            .into_iter()
            .chain([("corrected", counts.corrected)])
            .try_for_each(|(name, count)| write!(self.file, ",\"{name}\":{count}"))
    }
}

impl Drop for ReportFile {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_file(&self.part);
        }
    }
}

fn cannot(path: &Path, why: io::Error) -> ImportError {
    ImportError::Report {
        file: path.display().to_string(),
        why,
    }
}

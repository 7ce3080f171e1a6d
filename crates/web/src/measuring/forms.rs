//! The forms of this installation, read once.

use measures::{Form, Measure, Measures, Refused, Slips};

/// A measure with its form.
#[derive(Debug)]
pub struct Ready {
    pub measure: Measure,
    pub form: Form,
}

/// All of them.
#[derive(Debug, Default)]
pub struct Forms(Vec<Ready>);

/// Why they cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FormsError {
    #[error("{0}")]
    Slips(#[from] Slips),
    #[error(
        "the form {name} cannot be used:\n{why}\nMend it, or take it out of the folder; `sameboat measure check` says the same of one file."
    )]
    Refused { name: String, why: Refused },
}

impl Forms {
    /// Those that are part of the program.
    pub fn bundled() -> Result<Self, FormsError> {
        Self::of(Measures::bundled()?)
    }

    pub fn of(measures: Measures) -> Result<Self, FormsError> {
        let ready = |measure: &Measure| match Form::read(measure.form.as_bytes()) {
            Ok(form) => Ok(Ready {
                measure: measure.clone(),
                form,
            }),
            Err(why) => Err(FormsError::Refused {
                name: measure.name.clone(),
                why,
            }),
        };
        measures
            .all()
            .iter()
            .map(ready)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    pub fn all(&self) -> &[Ready] {
        &self.0
    }

    pub fn get(&self, name: &str) -> Option<&Ready> {
        self.0.iter().find(|ready| ready.measure.name == name)
    }
}

//! Sessions: the dated meetings of a schedule, what is planned for each, and what happens when one cannot be.

mod curriculum;
mod dated;
mod plan;

#[cfg(test)]
mod tests;

pub use curriculum::{Curriculum, CurriculumError, Laid, Retold};
pub use dated::{Change, ChangeRefused, Session, sessions};
pub use plan::{Plan, PlanError, Presentation, Running, Step};

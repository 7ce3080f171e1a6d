//! The number of the request that is answered, by which lines of the log and rows of the audit are told to belong together. It
//! says nothing of who asked.

use crate::key::{hex, random};

tokio::task_local! {
    static NUMBER: String;
}

/// A number for a request.
pub fn number() -> String {
    hex(&random::<8>())
}

/// Answers a request; the acts that are done meanwhile are written down with its number.
pub async fn during<F: Future>(number: String, answer: F) -> F::Output {
    NUMBER.scope(number, answer).await
}

/// The number of the request that this task answers.
pub fn present() -> Option<String> {
    NUMBER.try_with(Clone::clone).ok()
}

//! A certificate of attendance: how often someone came, for whoever asks them to prove it. It names no group, and no topic.

use chrono::NaiveDate;

use super::Attended;
use crate::text::Line;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// As the person wants it written.
    pub name: Line,
    pub organisation: Line,
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// Sessions that were held in that time.
    pub held: u32,
    pub attended: u32,
    /// Of the sessions attended, as they were planned.
    pub minutes: u32,
    pub issued_on: NaiveDate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateRefused {
    #[error("No session was attended in this time. Choose another one.")]
    NeverThere,
    #[error("The time ends before it begins. Correct one of the two days.")]
    EndsBeforeItBegins,
    #[error("The time is not over yet. Choose an end that is not after {issued_on}.")]
    NotOver { issued_on: NaiveDate },
}

impl Certificate {
    pub fn issue(
        name: Line,
        organisation: Line,
        from: NaiveDate,
        until: NaiveDate,
        sessions: &[Attended],
        issued_on: NaiveDate,
    ) -> Result<Self, CertificateRefused> {
        if until < from {
            return Err(CertificateRefused::EndsBeforeItBegins);
        }
        if issued_on < until {
            return Err(CertificateRefused::NotOver { issued_on });
        }
        let mut certificate = Self {
            name,
            organisation,
            from,
            until,
            held: 0,
            attended: 0,
            minutes: 0,
            issued_on,
        };
        for session in sessions
            .iter()
            .filter(|session| (from..=until).contains(&session.on))
        {
            certificate.held += 1;
            if session.presence.was_there() {
                certificate.attended += 1;
                certificate.minutes += u32::from(session.length.get());
            }
        }
        if certificate.attended == 0 {
            return Err(CertificateRefused::NeverThere);
        }
        Ok(certificate)
    }
}

//! FHIR Questionnaires read, answered and scored; change judged by published rules.

//! Pages that stand by themselves.

pub(crate) mod about;
pub(crate) mod demo_mail;
pub(crate) mod health;
pub(crate) mod home;
pub(crate) mod kinds;
pub(crate) mod leave;
pub(crate) mod openapi;
pub(crate) mod parts;
pub(crate) mod plain;

//! Who may go where, in one hand-written table; and what nobody else sees, sends or sets on the way (SECURITY T1, T2, T5, T6,
//! T8). See `access.csv` for how a new route is added.

pub mod asking;
pub mod canaries;
mod coming;
mod cookies;
mod demo;
mod forced;
mod house;
mod joining;
mod leading;
mod line;
mod origin;
mod past;
mod records;
mod searches;
mod subject;
mod table;
mod waiting;
mod watch;

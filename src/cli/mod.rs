//! The subcommands: one file each, thin. They read their arguments and print what store and figures say.

pub mod check;
pub mod import;
pub mod sample;

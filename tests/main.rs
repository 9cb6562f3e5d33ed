//! Every capability's tests, one file each, in one binary (so that the program is linked once).

mod board;
mod book_file;
mod cash;
mod facts;
mod figures_laws;
mod hostile;
mod import;
mod kit;
mod ledger;
mod page;
mod panel_cash;
mod place;
mod report;
mod sample;
mod saving;
mod today;

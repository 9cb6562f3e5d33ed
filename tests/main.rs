//! Every capability's tests, one file each, in one binary (so that the program is linked once).
mod import;

mod board;
mod book_file;
mod cash;
mod facts;
mod figures_laws;
mod hostile;
mod ledger;
mod page;
mod report;
mod today;

mod kit;
mod ledger;
mod place;
mod sample;
mod saving;
mod today;

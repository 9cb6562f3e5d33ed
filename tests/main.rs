//! Every capability's tests, one file each, in one binary (so that the program is linked once).

mod board;
mod cash;
mod facts;
mod figures_laws;
mod ledger;
mod page;
mod report;
mod today;
mod book_file;
mod format;
mod hostile;
mod sample;

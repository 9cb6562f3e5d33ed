//! Every capability's tests, one file each, in one binary (so that the program is linked once).

mod book_file;
mod hostile;
mod kit;
mod ledger;
mod place;
mod sample;
mod saving;
mod today;

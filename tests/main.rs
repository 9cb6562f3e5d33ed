//! Every capability's tests, one file each, in one binary (so that the program is linked once).

mod ledger;
mod today;
mod kit;
mod place;
mod saving;
mod sample;

//! Every capability's tests, one file each, in one binary (so that the program is linked once).

mod architecture;
mod board;
mod book_file;
mod cash;
mod commands;
mod desk;
mod editing;
mod facts;
mod figures_laws;
mod hostile;
mod import;
mod kit;
mod ledger;
mod page;
mod panel_board;
mod place;
mod report;
mod sample;
mod saving;
mod today;

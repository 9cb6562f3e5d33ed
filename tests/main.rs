//! Every capability's tests, one file each, in one binary (so that the program is linked once).

mod book_file;
mod hostile;
mod import;
mod import_command;
mod place;
mod saving;

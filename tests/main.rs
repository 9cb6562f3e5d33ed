//! Every capability's tests, one file each, in one binary (so that the program is linked once).

mod book_file;
mod format;
mod hostile;
mod sample;

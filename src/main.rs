//! Arguments, then a window or one subcommand.

fn main() {}

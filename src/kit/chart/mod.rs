//! Charts, painted by hand.

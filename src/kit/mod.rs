//! Theme, type, icons, widgets, charts and the rasteriser.
//!
//! **This folder must not know** what a client is or what money means: it draws what it is given.

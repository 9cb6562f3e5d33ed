//! Rasteriser.

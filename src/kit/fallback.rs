//! System faces.

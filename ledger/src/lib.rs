//! Decides everything about credits.

//! The credits service.

//! The whole desk as JSON Lines, out and in: an import of an export is the same desk.

mod base64;
mod export;
mod import;

pub use export::Manifest;

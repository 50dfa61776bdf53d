//! One module a verb.

pub mod analyze;
pub mod cluster;
pub mod compare;
pub mod desk;
pub mod extract;
pub mod generate;
pub mod verify;

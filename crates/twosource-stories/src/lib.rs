//! Articles and Analyses to Story: copies folded into origins, events found in stream order.

pub mod actions;
pub mod background;
pub mod copies;
pub mod days;
mod decisions;
mod desk;
mod group;
mod index;
mod ledger;
pub mod link;
pub mod pair;
pub mod places;
pub mod profile;
mod reading;
mod repair;
mod slug;
mod state;
pub mod strays;
mod stream;
mod twins;
mod why;
pub mod words;

pub use decisions::{Decision, Verdict};
pub use desk::together;
pub use group::{Item, days_of, group};
pub use ledger::Split;
pub use reading::Reading;
pub use state::StateError;
pub use stream::{Assignment, Neighbour, Settings, Stream};

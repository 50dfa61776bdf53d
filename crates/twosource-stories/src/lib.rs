//! Articles and Analyses to Story: copies folded into origins, events found in stream order.

mod group;

pub use group::{Item, Settings, group};

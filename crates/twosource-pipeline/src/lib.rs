//! The only place that knows the order of the steps.
//!
//! Work goes by document on all threads of the current rayon pool; results keep the order of the input, so that the
//! number of threads never shows in the output.

mod batch;
mod compare;
pub mod desk;
mod read;
mod threads;

pub use compare::{Comparison, compare, group};
pub use read::{Reading, SetAside, Settings, analyze_all, extract_all, extract_one, learn_outlets, read_all};

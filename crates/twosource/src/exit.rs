//! Exit codes. They are part of the interface: `twosource --help` lists them.

use std::process::ExitCode;

/// How a run ended. Wrong arguments end with 2, which clap sees to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: everything was read and done.
    Done,
    /// 1: `verify` or `check` found something that does not hold.
    NotVerified,
    /// 3: done, but some input was set aside.
    SomeSetAside,
    /// 4: nothing could be done: no input was usable, or the output could not be written.
    Nothing,
}

impl Exit {
    /// For a run that made `made` things and set `aside` inputs aside.
    pub fn of_counts(made: usize, aside: usize) -> Self {
        match (made, aside) {
            (0, _) => Self::Nothing,
            (_, 0) => Self::Done,
            _ => Self::SomeSetAside,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::NotVerified => 1,
            Exit::SomeSetAside => 3,
            Exit::Nothing => 4,
        })
    }
}

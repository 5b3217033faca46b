//! What has to be undone when a program doesn't end by itself.

/// What is done around the run of a program.
pub trait Attendance {
    /// It runs now, as this process. If this program ends before the attendance does, it is stopped.
    fn started(&mut self, process: u32);

    /// It did not end by itself, and so may not have restored the terminal.
    fn stopped(&self);
}

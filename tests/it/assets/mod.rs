//! What is made from the command line's definition and committed: completions and manual pages. The program itself
//! carries none of it.

mod completions;
mod man;

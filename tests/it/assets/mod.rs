//! What is made from the command line's definition and committed, for those who package xcred: completions and manual
//! pages.

mod completions;
mod man;

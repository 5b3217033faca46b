//! The operating system's part of `store`. Another system gets another folder with the same types and functions.

mod attributes;
mod birth;
mod denial;
mod file;
mod folder;
mod gift;
mod holder;
mod immutable;
mod mount;
mod private;
mod rights;
mod signals;
mod stat;

pub use denial::Denial;
pub use file::{
    check_size, create_new, give_name, is_loop, is_unavailable, make_private, name_from_bytes, nameless,
    open_at_once, open_lock, open_record, open_to_overwrite, read_from_start, reserve, tighten,
    write_at_start,
};
pub use folder::{entries, give_one, is_closed, make_one, sync};
pub use holder::holder;
pub use mount::is_mount;
pub use private::Private;
pub use rights::{
    Changeable, Exposure, Planted, can_give, changeable, check_changeable, check_writable, close, exposure,
    is_closable, is_kept_by_others, is_own, keep_access, make_new, planted,
};
pub use signals::Calm;
pub use stat::{Inode, NO_BIRTH, Stat, User};

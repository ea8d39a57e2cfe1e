//! The preview: a catalogue, built in memory and served to browsers on this machine.
//!
//! In come looks at the disk, out go pages over HTTP and, to pages that are open, the news that they have changed.
//! Nothing is written, the output folder is never touched, and a request never leads to the disk.

mod target;
mod ranges;
mod sent;
mod generation;
mod guard;
mod tools;
mod news;
mod answer;
mod told;
mod survey;
mod preview;
mod server;
mod interrupt;

pub use answer::answer;
pub use generation::{Fault, File, Generation};
pub use guard::Names;
pub use interrupt::on_interrupt;
pub use preview::{Finished, Look, Preview, Terms, Update};
pub use server::{Publisher, Server};
pub use survey::Difference;
pub use tools::Run;

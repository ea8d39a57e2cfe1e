//! The two streams of the process.
//!
//! In comes text that is ready to be read, out it goes in one piece to the stream it belongs to.
//! A closed pipe never becomes an error: the command finishes its work and keeps its own exit status.

use std::fmt;
use std::io::{self, IsTerminal as _, Write};

use crate::report::human::Paint;

/// Where a command writes, and how much.
pub(super) struct Console {
    out: Stream<io::StdoutLock<'static>>,
    /// Not locked: other threads show progress on it.
    err: Stream<io::Stderr>,
    is_quiet: bool,
    is_verbose: bool,
}

impl Console {
    pub(super) fn of_process((is_quiet, is_verbose): (bool, bool)) -> Self {
        let colours = has_colours();
        let out_paint = paint(colours && io::stdout().is_terminal());
        let err_paint = paint(colours && io::stderr().is_terminal());
        let out = Stream { to: io::stdout().lock(), paint: out_paint };
        let err = Stream { to: io::stderr(), paint: err_paint };
        Self { out, err, is_quiet, is_verbose }
    }

    /// Whether only errors are wanted.
    pub(super) fn is_quiet(&self) -> bool {
        self.is_quiet
    }

    /// Whether stages are named as they begin.
    pub(super) fn is_verbose(&self) -> bool {
        self.is_verbose
    }

    /// How text for [`Console::result`] may look.
    pub(super) fn result_paint(&self) -> Paint {
        self.out.paint
    }

    /// How text for [`Console::say`] may look.
    pub(super) fn say_paint(&self) -> Paint {
        self.err.paint
    }

    /// Writes what was asked for.
    pub(super) fn result(&mut self, text: impl fmt::Display) -> io::Result<()> {
        self.out.write(text)
    }

    /// Writes something about the result.
    pub(super) fn say(&mut self, text: impl fmt::Display) -> io::Result<()> {
        self.err.write(text)
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        unless_closed(self.out.to.flush())?;
        unless_closed(self.err.to.flush())
    }
}

struct Stream<W> {
    to: W,
    paint: Paint,
}

impl<W: Write> Stream<W> {
    fn write(&mut self, text: impl fmt::Display) -> io::Result<()> {
        unless_closed(self.to.write_all(text.to_string().as_bytes()))
    }
}

fn unless_closed(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn paint(is_coloured: bool) -> Paint {
    if is_coloured { Paint::Colour } else { Paint::Plain }
}

/// Whether the reader's terminal wants colours: no-color.org asks for a variable that is not empty.
#[expect(clippy::disallowed_methods, reason = "the streams belong to the process, and so do its variables")]
fn has_colours() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|terminal| terminal != "dumb")
}

//! The end of the preview, as a person or the system asks for it.
//!
//! In come signals of the system (Ctrl-C, a request to terminate), out goes one call.
//! The process is never ended here: whoever is called sees to that.

use std::io;

use tokio::signal::unix::{SignalKind, signal};

/// Calls `act` once, on a thread of its own, when the process is asked to end.
pub fn on_interrupt(act: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let (mut interrupt, mut terminate) = {
        // signals are caught from here on, not from when the thread has started
        let _within = runtime.enter();
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?)
    };
    let thread = std::thread::Builder::new().name("interrupt".to_owned());
    thread.spawn(move || {
        runtime.block_on(async {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        });
        act();
        // later signals change nothing: the end has begun
        runtime.block_on(std::future::pending::<()>());
    })?;
    Ok(())
}

// Preloaded into child processes (`node --import`): when the parent is gone, killed included, the pipe to it
// breaks, and the child stops as it would on SIGTERM.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Otherwise the listener would keep a finished child alive.
process.channel?.unref();

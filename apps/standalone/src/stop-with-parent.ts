// Preloaded into child processes (`node --import`): when the parent is gone, killed included, the pipe to it
// breaks, and the child stops as it would on SIGTERM.
import cluster from 'node:cluster';

process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Otherwise the listener would keep a finished child alive.
process.channel?.unref();
// One that shares its port with others would exit at once, whatever it was doing, unless it takes the end for agreed.
if (cluster.worker) cluster.worker.exitedAfterDisconnect = true;

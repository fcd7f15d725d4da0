// Loaded into the program that scripts/run.mjs starts: when the starter is gone, however it went, the program
// is asked to end as by SIGTERM. The channel between them keeps nothing alive and carries no messages.
// What that program forks inherits this file too, and keeps its own channel to it.
if (process.channel && process.env.DOORSTEP_STARTER === String(process.ppid)) {
  process.once('disconnect', () => {
    if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(143)
  })
  process.channel.unref()
  process.send = undefined
}

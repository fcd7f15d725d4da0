// Loaded into the program that scripts/run.mjs starts: when the starter is gone, however it went, the program
// is asked to end as by SIGTERM. The channel between them keeps nothing alive and carries no messages.
if (process.channel) {
  process.once('disconnect', () => {
    if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(143)
  })
  process.channel.unref()
  process.send = undefined
}

import { type Logger as Pino, pino } from 'pino'

/** What every room logs with: `log.info({ orderId }, 'order placed')`. A room gets a child with its name. */
export type Log = Pino

const SECRETS = ['password', 'token', 'authorization', 'cookie', 'passwordHash', 'tokenHash', 'secret']

/** How the log is written. */
export interface LogOptions {
  level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  /** Where lines go; standard output unless said. */
  destination?: { write(line: string): void }
}

/** JSON lines with ISO times; passwords, tokens and cookies are blanked wherever they stand within three levels. */
export function createLog(options: LogOptions): Log {
  const paths = SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths, censor: '[secret]' },
  }
  return options.destination ? pino(settings, options.destination) : pino(settings)
}

/** Says nothing; for tests. */
export const silentLog = (): Log => createLog({ level: 'silent' })

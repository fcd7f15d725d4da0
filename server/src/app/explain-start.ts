import { CityPackError, ExtractError } from '../city/index.ts'

/** A start that failed for a reason people can mend, in their words; null for a bug. */
export function explainStartError(error: unknown): string | null {
  if (error instanceof CityPackError || error instanceof ExtractError) return error.message
  const { code, port } = error as { code?: string; port?: number }
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken, perhaps by a Doorstep that runs already. Choose another: npm start -- --port 8081`
  if (code === 'ECONNREFUSED') return 'The database at DATABASE_URL cannot be reached.'
  return null
}

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** The process's one registry and how rooms add to it. Asking twice for a name answers the same metric. */
export interface Metrics {
  counter<Label extends string = never>(name: string, help: string, labels?: readonly Label[]): Counter<Label>
  gauge<Label extends string = never>(name: string, help: string, labels?: readonly Label[]): Gauge<Label>
  /** Buckets in the unit of the name; seconds from 1 ms to 10 s unless said. */
  histogram<Label extends string = never>(
    name: string,
    help: string,
    labels?: readonly Label[],
    buckets?: readonly number[],
  ): Histogram<Label>
  /** The text Prometheus reads, and its content type. */
  exposition(): Promise<{ body: string; contentType: string }>
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Makes the registry; names start with `doorstep_`. Those of the process itself are collected when `processMetrics` is on. */
export function createMetrics(options: { processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry()
  if (options.processMetrics) collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const once = <Metric>(name: string, make: () => Metric) => (registry.getSingleMetric(name) as Metric | undefined) ?? make()
  return {
    counter: (name, help, labels = []) => once(name, () => new Counter({ name, help, labelNames: [...labels], registers })),
    gauge: (name, help, labels = []) => once(name, () => new Gauge({ name, help, labelNames: [...labels], registers })),
    histogram: (name, help, labels = [], buckets = SECONDS) =>
      once(name, () => new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers })),
    exposition: async () => ({ body: await registry.metrics(), contentType: registry.contentType }),
  }
}

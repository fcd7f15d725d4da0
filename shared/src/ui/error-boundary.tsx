import { Component, type ReactNode } from 'react'

interface Props {
  children: ReactNode
  /** What stands in place of what broke; `retry` tries it again. */
  fallback: (retry: () => void) => ReactNode
  /** Told once for each failure. */
  onError?: (error: unknown) => void
}

/** Keeps a failure to the part of the page it happened in, with a way on. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidCatch(error: unknown) {
    this.props.onError?.(error)
  }

  override render() {
    return this.state.failed ? this.props.fallback(() => this.setState({ failed: false })) : this.props.children
  }
}

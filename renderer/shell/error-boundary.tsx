import { Component, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/region.tsx'

interface Props {
  /** A new value clears the error: going somewhere else is a way out. */
  readonly resetKey: string
  readonly children: ReactNode
}

/** One a screen: a bug in a screen takes that screen down and nothing else. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | null; readonly resetKey: string }> {
  override state = { error: null as Error | null, resetKey: this.props.resetKey }

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  static getDerivedStateFromProps({ resetKey }: Props, state: { readonly resetKey: string }) {
    return resetKey === state.resetKey ? null : { error: null, resetKey }
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <div style={{ padding: 16 }}>
        <Notice
          what="This screen failed."
          why={`${error.message} Nothing is lost: the lab goes on. Try again, or open another screen.`}
          copy={error.stack ?? error.message}
          actions={
            <Button size="small" onClick={() => this.setState({ error: null })}>
              Try again
            </Button>
          }
        />
      </div>
    )
  }
}

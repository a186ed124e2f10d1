/** Keeps the rest of the page standing when a part of it fails, and offers to try that part again. */
import { Component, type ReactNode } from "react";

import { Problem } from "../ui/Problem";

interface State {
  error: unknown;
}

export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render() {
    // A module that could not be fetched stays failed for the life of the page: only loading it anew helps.
    return this.state.error === null ? (
      this.props.children
    ) : (
      <Problem error={this.state.error} onRetry={() => location.reload()} />
    );
  }
}

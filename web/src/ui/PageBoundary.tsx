import { Component, type ReactNode } from 'react';

interface PageBoundaryProps {
  children: ReactNode;
}

/** What remains of the page after a fault in it: words, and a way back. The browser's console has the fault. */
export class PageBoundary extends Component<PageBoundaryProps, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? (
      <main className="splash" role="alert" data-testid="page-broken">
        <div className="empty">
          <h1>Something went wrong in this page</h1>
          <p>Load it again to go on. If you are in a call, you can go back into it.</p>
          <button type="button" className="button button-primary" onClick={() => window.location.reload()}>
            Load again
          </button>
        </div>
      </main>
    ) : (
      this.props.children
    );
  }
}

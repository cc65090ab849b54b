/** Catches what a view throws while drawing, so that one broken view takes nothing else with it. */
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { queryClient } from '../host/ask.ts';
import { CrashScreen } from './CrashScreen.tsx';
import { type Typed, typedSoFar } from './typed.ts';

type State = {
  readonly error: unknown;
  readonly broken: boolean;
  readonly where: string;
  readonly typed: readonly Typed[];
};

const whole: State = { error: null, broken: false, where: '', typed: [] };

export class CrashBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = whole;

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { broken: true, error, typed: typedSoFar() };
  }

  override componentDidCatch(_error: unknown, info: ErrorInfo): void {
    this.setState({ where: info.componentStack ?? '' });
  }

  override render(): ReactNode {
    const { broken, error, where, typed } = this.state;
    if (!broken) return this.props.children;
    return <CrashScreen error={error} where={where} typed={typed} onAgain={() => this.again()} />;
  }

  /** The answer that broke the view may still be kept: whatever nobody shows is forgotten first, and read anew. */
  private again(): void {
    queryClient.removeQueries({ type: 'inactive' });
    this.setState(whole);
  }
}

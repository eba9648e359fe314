import { type FormEvent, useState } from 'react';
import { signIn, type SignedIn } from '../api/signIn';
import { failureSentence, RefusedError } from '../api/refusals';

interface SignInProps {
  /** Why one has to sign in again; null at first. */
  problem: string | null;
  onSignedIn: (signedIn: SignedIn) => void;
}

export function SignIn({ problem, onSignedIn }: SignInProps) {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const shown = refusal ?? problem;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      onSignedIn(await signIn(username.trim(), password));
    } catch (failure) {
      setBusy(false);
      setRefusal(signInSentence(failure));
    }
  }

  return (
    <main className="sign-in">
      <form className="sign-in-card" data-testid="sign-in" onSubmit={(event) => void submit(event)}>
        <img src="/favicon.svg" alt="" width="44" height="44" />
        <h1>Sign in to Calls</h1>
        <div role="alert">
          {shown !== null && (
            <p className="error" data-testid="sign-in-problem">
              {shown}
            </p>
          )}
        </div>
        <div className="field">
          <label htmlFor="username">User name</label>
          <input
            id="username"
            name="username"
            className="input"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            autoFocus
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="password">Password</label>
          <input
            id="password"
            name="password"
            type="password"
            className="input"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        <button type="submit" className="button button-primary" disabled={isBusy} data-testid="sign-in-submit">
          {isBusy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}

function signInSentence(failure: unknown): string {
  if (failure instanceof RefusedError && (failure.code === 'unauthenticated' || failure.code === 'invalid')) {
    return 'User name or password is wrong.';
  }

  return failureSentence(failure);
}

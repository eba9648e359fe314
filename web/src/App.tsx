import { Notices } from './ui/Notices';
import { NotifyContext } from './ui/notify';
import { useNotices } from './ui/useNotices';
import { useTheme } from './ui/useTheme';
import { SignIn } from './workspace/SignIn';
import { useSignIn } from './workspace/useSignIn';
import { Workspace } from './workspace/Workspace';

export function App() {
  const { notices, notify, dismiss } = useNotices();
  const [theme, setTheme] = useTheme();
  const { session, problem, accept, forget } = useSignIn();

  return (
    <NotifyContext value={notify}>
      {session.kind === 'in' && (
        <Workspace
          key={session.token}
          me={session.me}
          token={session.token}
          theme={theme}
          onTheme={setTheme}
          onSignedOut={forget}
        />
      )}
      {session.kind === 'out' && <SignIn problem={problem} onSignedIn={accept} />}
      {session.kind === 'asking' && (
        <main className="splash" aria-busy="true">
          {problem ?? 'Opening…'}
        </main>
      )}
      <Notices notices={notices} onDismiss={dismiss} />
    </NotifyContext>
  );
}

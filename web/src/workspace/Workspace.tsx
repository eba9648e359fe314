import { useCallback, useEffect, useReducer, useState } from 'react';
import { signOut } from '../api/signIn';
import { CallWidget } from '../call/CallWidget';
import { CallWindow } from '../call/CallWindow';
import { useJoin } from '../call/useJoin';
import { useExpanded } from '../expanded/useExpanded';
import { useLeave } from '../host/useLeave';
import type { User } from '../protocol/workspace';
import { useSharedDevices } from '../settings/useSharedDevices';
import { ShortcutsDialog } from '../shortcuts/ShortcutsDialog';
import { useShortcut } from '../shortcuts/useShortcut';
import { useShortcutKeys } from '../shortcuts/useShortcutKeys';
import { useNotify } from '../ui/notify';
import { PageBoundary } from '../ui/PageBoundary';
import type { ThemeChoice } from '../ui/theme';
import { useRoute } from '../useRoute';
import { BareHeader } from './BareHeader';
import { ChannelPage } from './ChannelPage';
import { ConnectionBanner } from './ConnectionBanner';
import { NotFound } from './NotFound';
import { ProfileCard } from './ProfileCard';
import { keptSeenThreads } from './seenThreads';
import { Sidebar } from './Sidebar';
import { useConnection } from './useConnection';
import { useHomeChannel } from './useHomeChannel';
import { CoveredContext } from './useIsSeen';
import { usePageTitle } from './usePageTitle';
import { useWorkspaceData } from './useWorkspaceData';
import { WorkspaceContext } from './workspaceContext';
import { workspaceReducer } from './workspaceReducer';
import { startWorkspace } from './workspaceState';

interface WorkspaceProps {
  me: User;
  token: string;
  theme: ThemeChoice;
  onTheme: (choice: ThemeChoice) => void;
  onSignedOut: (why: string | null) => void;
}

/** Everything that is there once somebody is signed in. The call's widget stays whatever page is shown (S9). */
export function Workspace({ me, token, theme, onTheme, onSignedOut }: WorkspaceProps) {
  const [state, dispatch] = useReducer(workspaceReducer, me, (user) => startWorkspace(user, keptSeenThreads()));
  const [route, navigate] = useRoute();
  const [isSidebarOpen, setSidebarOpen] = useState(false);
  const [areShortcutsOpen, setShortcutsOpen] = useState(false);
  const showShortcuts = useCallback(() => setShortcutsOpen(true), []);
  const [profile, showProfile] = useState<User | null>(null);
  const connection = useConnection({ token, state, dispatch, notify: useNotify(), onSignedOut });
  const engine = connection?.engine ?? null;
  const joining = useJoin(engine, state);
  const leaving = useLeave(engine, state);
  const { isExpanded, expand, collapse } = useExpanded(engine);
  useWorkspaceData(engine, state, dispatch);
  useSharedDevices(engine);
  usePageTitle(route, state);
  useHomeChannel(route, state, navigate);
  useShortcutKeys();
  useShortcut('help', showShortcuts);
  // Whoever goes to another page wants to see it.
  useEffect(() => {
    setSidebarOpen(false);
    collapse();
  }, [route, collapse]);

  if (connection === null || engine === null) {
    return null;
  }

  async function leaveWorkspace() {
    await engine?.leave();
    await signOut().catch(() => undefined); // The token is forgotten here in any case.
    onSignedOut(null);
  }

  return (
    <WorkspaceContext value={{ state, dispatch, navigate, engine, statistics: connection.statistics, join: joining.join, leave: leaving.leave, showProfile, showShortcuts }}>
      {/* A fault in what is shown leaves the connection, and the session for the page that is loaded after this one. */}
      <PageBoundary>
        <CoveredContext value={isExpanded}>
          <div className="workspace" inert={isExpanded}>
            <ConnectionBanner />
            <Sidebar
              isOpen={isSidebarOpen}
              onClose={() => setSidebarOpen(false)}
              openChannelId={route.page === 'channel' ? route.channelId : null}
              theme={theme}
              onTheme={onTheme}
              onSignOut={() => void leaveWorkspace()}
            />
            <CallWidget isExpanded={isExpanded} onExpand={expand} />
            {route.page === 'channel' && (
              <ChannelPage key={route.channelId} route={route} onMenu={() => setSidebarOpen(true)} />
            )}
            {route.page === 'unknown' && <NotFound onMenu={() => setSidebarOpen(true)} />}
            {route.page === 'home' && (
              <main className="channel" aria-busy={state.channels === null}>
                <BareHeader onMenu={() => setSidebarOpen(true)} />
                {state.channels?.length === 0 && <p className="empty">You are in no channel yet. Ask somebody to add you to one.</p>}
              </main>
            )}
          </div>
        </CoveredContext>
        <CallWindow isExpanded={isExpanded} onCollapse={collapse} joining={joining} leaving={leaving} />
        {areShortcutsOpen && <ShortcutsDialog isInCall={engine.view.state !== null} onClose={() => setShortcutsOpen(false)} />}
        {profile !== null && <ProfileCard user={profile} onClose={() => showProfile(null)} />}
      </PageBoundary>
    </WorkspaceContext>
  );
}

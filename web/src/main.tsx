import { lazy, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { captureConsole } from './diagnostics/captureConsole';
import { clientLog } from './diagnostics/clientLog';
import { keepLogOverReloads } from './diagnostics/logMemory';
import { isHelpPath } from './help/helpPath';
import { keepPageOnDrop } from './ui/keepPageOnDrop';
import { PageBoundary } from './ui/PageBoundary';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/workspace.css';
import './styles/posts.css';
import './styles/commands.css';
import './styles/call-entry.css';
import './styles/call.css';
import './styles/call-controls.css';
import './styles/participants.css';
import './styles/host.css';
import './styles/reactions.css';
import './styles/devices.css';
import './styles/shortcuts.css';
import './styles/chat.css';
import './styles/widget.css';
import './styles/expanded.css';
import './styles/help.css';
import './styles/browse.css';

// Loaded by those who need it.
const HelpPage = lazy(async () => ({ default: (await import('./help/HelpPage')).HelpPage }));

keepLogOverReloads(clientLog);
captureConsole(clientLog);
keepPageOnDrop(window);
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <PageBoundary>{isHelpPath(window.location.pathname) ? <Suspense><HelpPage /></Suspense> : <App />}</PageBoundary>,
  );
}

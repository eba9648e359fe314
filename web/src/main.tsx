import { createRoot } from 'react-dom/client';
import { App } from './App';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/workspace.css';
import './styles/posts.css';
import './styles/call.css';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(<App />);
}

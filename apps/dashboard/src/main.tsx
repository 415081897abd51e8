import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/link-token.ts';
import { App } from './app/app.tsx';
import { reloadWhenUpgraded } from './app/reload-when-upgraded.ts';
import './styles.css';

reloadWhenUpgraded();
createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { Refused } from './desk.js';
import { Speaking } from './language/speaking.js';
import { PersonAtDesk } from './person.js';
import { takeToken } from './session.js';
import './workbench.scss';

takeToken();

/** What the desk has refused it would refuse again; where it does not answer at all, it is asked once more. */
const isWorthAnotherTry = (count: number, error: Error): boolean => count < 1 && !(error instanceof Refused && error.status >= 400 && error.status < 500);

const client = new QueryClient({ defaultOptions: { queries: { retry: isWorthAnotherTry, networkMode: 'always' }, mutations: { networkMode: 'always' } } });

const root = document.getElementById('workbench');
if (root !== null)
  createRoot(root).render(
    <QueryClientProvider client={client}>
      <Speaking>
        <PersonAtDesk>
          <App />
        </PersonAtDesk>
      </Speaking>
    </QueryClientProvider>,
  );

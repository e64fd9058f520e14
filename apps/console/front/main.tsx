import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { Refused } from './desk.js';
import { Speaking } from './language/speaking.js';
import { Door, SESSION } from './people/door.js';
import { PersonAtDesk } from './person.js';
import { takeSignInTrouble, takeToken } from './session.js';
import './workbench.scss';

takeToken();
takeSignInTrouble();

/** What the desk has refused it would refuse again; where it does not answer at all, it is asked once more. */
const isWorthAnotherTry = (count: number, error: Error): boolean => count < 1 && !(error instanceof Refused && error.status >= 400 && error.status < 500);

/** A session that has ended is found out about by whatever is asked next; what is at the door says so. */
const onError = (error: Error): void => {
  if (error instanceof Refused && error.status === 401) void client.invalidateQueries({ queryKey: SESSION });
};

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: { queries: { retry: isWorthAnotherTry, networkMode: 'always' }, mutations: { networkMode: 'always' } },
});

const root = document.getElementById('workbench');
if (root !== null)
  createRoot(root).render(
    <QueryClientProvider client={client}>
      <Speaking>
        <Door>
          <PersonAtDesk>
            <App />
          </PersonAtDesk>
        </Door>
      </Speaking>
    </QueryClientProvider>,
  );

/** What opens the desk, and who is at it: whoever is signed in, or has the console's own token, which lives as long as the tab; the name that they say then is remembered. */
const TOKEN = 'sync-hub-token';
const NAME = 'sync-hub-name';

/** Takes the token out of the address, so that it stands in no history of the browser. */
export function takeToken(): void {
  const told = /[#&]token=([\w-]+)/.exec(location.hash)?.[1];
  if (told === undefined) return;
  sessionStorage.setItem(TOKEN, told);
  history.replaceState(history.state, '', `${location.pathname}${location.search}`);
}

export const token = (): string => sessionStorage.getItem(TOKEN) ?? '';

/** Of whoever is signed in: what a page elsewhere cannot send along. */
let pageToken = '';

export const keepPageToken = (told: string): void => {
  pageToken = told;
};

/** What goes with whatever is asked; the cookie goes by itself. */
export const credentials = (): Readonly<Record<string, string>> => (token() === '' ? { 'x-page-token': pageToken } : { authorization: `Bearer ${token()}` });

export const rememberedName = (): string => localStorage.getItem(NAME) ?? '';

export const rememberName = (name: string): void => localStorage.setItem(NAME, name);

const PLACE = 'sync-hub-place';

/** Where somebody goes on who comes back from elsewhere signed in. */
export const rememberPlace = (): void => sessionStorage.setItem(PLACE, `${location.pathname}${location.search}`);

/** Takes it, once: `null` where nobody went. */
export function takePlace(): string | null {
  const place = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  return place;
}

let cameBackWith: string | null = null;

/** Takes out of the address why somebody who came back from a provider is not signed in. */
export function takeSignInTrouble(): void {
  cameBackWith = /^#sign-in=([a-z-]{1,20})$/.exec(location.hash)?.[1] ?? null;
  if (cameBackWith !== null) history.replaceState(history.state, '', `${location.pathname}${location.search}`);
}

export const signInTrouble = (): string | null => cameBackWith;

/** What opens the desk, and who is at it. The token lives as long as the tab; the name is remembered. */
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

export const rememberedName = (): string => localStorage.getItem(NAME) ?? '';

export const rememberName = (name: string): void => localStorage.setItem(NAME, name);
